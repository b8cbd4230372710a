package programs;

/** Loads classes, and does nothing with them. */
public final class LoadClasses {

  private LoadClasses() {}

  /**
   * Loads classes whose names are a prefix and a number of four digits.
   *
   * @param arguments the prefix, and how many
   * @throws ClassNotFoundException if one is not there
   */
  public static void main(String[] arguments) throws ClassNotFoundException {
    int count = Integer.parseInt(arguments[1]);
    for (int i = 0; i < count; i++) {
      Class.forName(arguments[0].concat(Integer.toString(10_000 + i).substring(1)));
    }
  }
}
