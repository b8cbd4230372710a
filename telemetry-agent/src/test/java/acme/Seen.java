package acme;

/** Classes of a program, which the agent does not take for the library's own. */
public final class Seen {

  private Seen() {}

  public @interface Marker {}

  public @interface OnMethod {}

  public @interface OnSuperclass {}

  @OnSuperclass
  public static class Root {}

  public static class Base extends Root {}

  public static class Handled {}

  @Marker
  public static final class Woven extends Base {

    @OnMethod
    Object handles() {
      return new Handled();
    }
  }
}
