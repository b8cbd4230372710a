package skills.setups;

/**
 * Uses each of a few skills and prints what a caller can observe, which must depend neither on how
 * it is woven nor on how it is started.
 */
public final class SetUpProgram {

  public static void main(String[] args) {
    SetUpSkills skills = new SetUpSkills();
    System.out.println("returns the same: " + (skills.returns() == SetUpSkills.RESULT));
    System.out.println("returns the same: " + (skills.future() == SetUpSkills.FUTURE));
    System.out.println(skills.review("it") + ", " + skills.review(""));
    try {
      System.out.println(SetUpSkills.throwsFromBelow(new int[0]));
    } catch (ArrayIndexOutOfBoundsException thrown) {
      // Weavers add frames, and below are the launcher's, if there is one.
      System.out.println(thrown + " at line " + thrown.getStackTrace()[0].getLineNumber());
    }
  }
}
