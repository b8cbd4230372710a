package skills.loaders;

/** Runs the main class of its second argument, from the class path that is its first. */
public final class ChildFirstHost {

  public static void main(String[] args) throws Exception {
    // Left open: the library, if it is within, still loads classes while it spools, and at the end.
    ChildFirst loader = new ChildFirst(args[0]);
    Class<?> program = loader.loadClass(args[1]);
    program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
  }
}
