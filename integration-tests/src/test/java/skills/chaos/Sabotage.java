package skills.chaos;

import java.util.Set;
import java.util.TreeSet;

/** Says which part of the library fails now, and how: on the thread that uses the skills. */
public final class Sabotage {

  /** What a part can throw. */
  enum Kind {
    CHECKED,
    UNCHECKED,
    STACK_OVERFLOW,
    LINKAGE,
    OUT_OF_MEMORY;

    Throwable thrown() {
      return switch (this) {
        case CHECKED -> new Exception("sabotage");
        case UNCHECKED -> new IllegalArgumentException("sabotage");
        case STACK_OVERFLOW -> new StackOverflowError("sabotage");
        case LINKAGE -> new NoClassDefFoundError("sabotage");
        case OUT_OF_MEMORY -> new OutOfMemoryError("sabotage");
      };
    }
  }

  private static final Set<String> SEEN = new TreeSet<>();

  private static volatile Thread caller;
  private static boolean watches;
  private static String target;
  private static Kind kind;
  private static long strikes;

  private Sabotage() {}

  /** The parts that had a part in something. */
  static Set<String> partsOf(Runnable something) {
    caller = Thread.currentThread();
    watches = true;
    something.run();
    watches = false;
    return SEEN;
  }

  /**
   * Lets a part fail whenever it is used meanwhile.
   *
   * @return how often it failed
   */
  static long during(String part, Kind how, Runnable something) {
    strikes = 0;
    kind = how;
    target = part;
    something.run();
    target = null;
    return strikes;
  }

  /** Called by each part of the library before it does its work. */
  public static void strike(String part) {
    if (Thread.currentThread() != caller) {
      return;
    }
    if (watches) {
      SEEN.add(part);
    }
    if (part.equals(target)) {
      strikes++;
      throw Sabotage.<RuntimeException>unchecked(kind.thrown());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
