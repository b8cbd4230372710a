package skills;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;

/** Uses skills of a class that a class loader of its own defines, which asks itself first. */
public final class ChildFirstProgram {

  private static final class ChildFirst extends URLClassLoader {

    ChildFirst(URL classes) {
      super(new URL[] {classes}, ChildFirstProgram.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        return name.startsWith("skills.") ? findClass(name) : super.loadClass(name, resolve);
      }
    }
  }

  /** Asked of the class loader. */
  public static final class Caller implements Callable<Object> {

    @Override
    public Object call() {
      return new Reviewer().isFinal() == Reviewer.RESULT;
    }
  }

  public static void main(String[] args) throws Exception {
    URL classes = ChildFirstProgram.class.getProtectionDomain().getCodeSource().getLocation();
    try (ChildFirst loader = new ChildFirst(classes)) {
      Class<?> caller = loader.loadClass(Caller.class.getName());
      Callable<?> call = (Callable<?>) caller.getConstructor().newInstance();
      System.out.println(caller == Caller.class ? "NOT CHILD FIRST" : call.call());
    } catch (IOException e) {
      System.out.println("UNEXPECTED " + e);
    }
  }
}
