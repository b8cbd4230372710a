package skills;

/** Knows nothing of skills, but someone's {@code aop.xml} may. */
public final class PlainProgram {

  public static void main(String[] args) {
    System.out.println(work());
  }

  static String work() {
    return "worked";
  }
}
