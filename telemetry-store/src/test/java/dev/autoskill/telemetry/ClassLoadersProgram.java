package dev.autoskill.telemetry;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Loads the library several times, by class loaders that know nothing of each other, and lets each
 * copy do the same work at once. Run in a process of its own, which an error may crash.
 *
 * <p>Arguments: the database; how many class loaders.
 */
public final class ClassLoadersProgram {

  private ClassLoadersProgram() {}

  public static void main(String[] arguments) throws Exception {
    int loaders = Integer.parseInt(arguments[1]);
    ExecutorService threads = Executors.newFixedThreadPool(loaders);
    List<Callable<Object>> work = new ArrayList<>();
    for (int i = 0; i < loaders; i++) {
      Class<?> worker = loader().loadClass(ClassLoaderWork.class.getName());
      String name = "loader" + i;
      work.add(
          () ->
              worker.getMethod("run", String.class, String.class).invoke(null, arguments[0], name));
    }
    List<Future<Object>> all = threads.invokeAll(work);
    threads.shutdown();
    for (Future<Object> done : all) {
      System.out.println(done.get());
    }
  }

  /** One that shares nothing with others but the JDK. */
  public static ClassLoader loader() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
