package skills.loaders;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Loads a program, uses it on two threads that live on, and drops it. Prints whether its class
 * loader could be collected then.
 *
 * <p>Arguments: the program's class path; the name of its class; what to ask the program for, one
 * after the other; last, {@code hold} to hold the loader nevertheless, or {@code drop}.
 */
public final class DiscardingHost {

  private record Other(Object component) {}

  private static final int ATTEMPTS = 20;

  /** Enough for a loader that nobody holds, as a rule. */
  private static final int ATTEMPTS_IF_HELD = 5;

  private static final long WAIT_MILLIS = 100;

  private static final ReferenceQueue<ClassLoader> COLLECTED = new ReferenceQueue<>();
  private static ClassLoader held;

  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    // So that its thread is not made where the program is on the stack.
    pool.submit(() -> {}).get();
    List<String> asked = List.of(args).subList(2, args.length - 1);
    Reference<ClassLoader> loader = use(pool, args[0], args[1], asked);
    if (args[args.length - 1].equals("drop")) {
      held = null;
    }
    displaceLastRecord();
    System.out.println(isCollected() ? "collected" : "still there");
    pool.shutdown();
    Reference.reachabilityFence(loader);
  }

  private static Reference<ClassLoader> use(
      ExecutorService pool, String classPath, String name, List<String> asked) throws Exception {
    ChildFirst loader = new ChildFirst(classPath);
    held = loader;
    UnaryOperator<String> program = program(loader, name);
    for (String what : asked) {
      System.out.println(program.apply(what));
      System.out.println(pool.submit(() -> program.apply(what)).get());
    }
    loader.close();
    return new WeakReference<>(loader, COLLECTED);
  }

  @SuppressWarnings("unchecked") // Of all classes that there are, only one is ever named.
  private static UnaryOperator<String> program(ClassLoader loader, String name) throws Exception {
    Class<?> type = loader.loadClass(name);
    if (type.getClassLoader() != loader) {
      throw new IllegalStateException("not the loader's own: " + type);
    }
    return (UnaryOperator<String>) type.getConstructor().newInstance();
  }

  /** JDK 17 holds the class of the last record of which it has made up an {@code equals}. */
  private static void displaceLastRecord() {
    if (!new Other("same").equals(new Other("same"))) {
      throw new IllegalStateException("records differ");
    }
  }

  private static boolean isCollected() throws InterruptedException {
    int attempts = held == null ? ATTEMPTS : ATTEMPTS_IF_HELD;
    for (int attempt = 0; attempt < attempts; attempt++) {
      System.gc();
      if (COLLECTED.remove(WAIT_MILLIS) != null) {
        return true;
      }
    }
    return false;
  }
}
