package skills.chaos;

import dev.autoskill.telemetry.TelemetryCollector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Says which part of the library fails now, and how. A part is what one method does on one of the
 * threads: on those that use the skills it fails always, on the library's own a few times.
 */
public final class Sabotage {

  /** The kinds of things that a part can throw. */
  enum Kind {
    CHECKED,
    UNCHECKED,
    STACK_OVERFLOW,
    LINKAGE,
    OUT_OF_MEMORY,
    /** One of the others, each time the next. */
    NEXT;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    Throwable thrown() {
      return switch (this) {
        case CHECKED -> new Exception("sabotage");
        case UNCHECKED -> new IllegalArgumentException("sabotage");
        case STACK_OVERFLOW -> new StackOverflowError("sabotage");
        case LINKAGE -> new NoClassDefFoundError("sabotage");
        case OUT_OF_MEMORY -> new OutOfMemoryError("sabotage");
        case NEXT -> values()[NUMBER.getAndIncrement() % NEXT.ordinal()].thrown();
      };
    }
  }

  static final String COMPLETER = "completer";

  private static final Set<String> USERS = Set.of("main", COMPLETER);
  private static final String OUTCOMES = "autoskill-telemetry-outcomes";
  private static final String WRITER = "autoskill-telemetry-writer";

  private static final String OPENING =
      "main: private static synchronized dev.autoskill.telemetry.TelemetryCollector"
          + " dev.autoskill.telemetry.Telemetry.openCollector()";

  /** The rest of the writer writes files, which fail in tests of their own. */
  private static final Pattern QUEUE_AND_CLOCK =
      Pattern.compile("recording\\.(UseQueue|EventFactory|TimeSource|BackgroundThread)\\b");

  /** So many times, and no more, or nobody could wait for what becomes of the uses. */
  private static final int STRIKES = 2;

  private static final int ROUNDS = 20;

  private static final Duration LONG = Duration.ofSeconds(5);

  private static final Set<String> SEEN = new ConcurrentSkipListSet<>();
  private static final AtomicLong STRUCK = new AtomicLong();

  private static volatile boolean watches;
  private static volatile boolean isSettling;
  private static volatile String target;
  private static volatile Kind kind;

  private Sabotage() {}

  /**
   * The parts that have a part in a round and in what becomes of it. Several rounds tell, since who
   * sees first that a result has come, whoever completes it or whoever looks for it, does the rest.
   */
  static Set<String> partsOfRounds(TelemetryCollector collector) {
    watches = true;
    for (int i = 0; i < ROUNDS; i++) {
      Round round = new Round();
      round.run();
      settle(collector);
    }
    watches = false;
    return Set.copyOf(SEEN);
  }

  /**
   * Lets a part fail whenever it is used in a round, and some times in what becomes of it.
   *
   * @return how often it failed
   */
  static long during(String part, Kind how, Round round, TelemetryCollector collector) {
    STRUCK.set(0);
    kind = how;
    target = part;
    round.run();
    long startNanos = System.nanoTime();
    settle(collector);
    target = null;
    if (System.nanoTime() - startNanos >= LONG.toNanos()) {
      System.out.println("WAITED IN VAIN AS " + part + " FAILED BY " + how);
    }
    return STRUCK.get();
  }

  /**
   * Runs a round while no collector can be opened.
   *
   * @return how often that failed
   */
  static long whileNoCollectorOpens(Kind how, Round round) {
    STRUCK.set(0);
    kind = how;
    target = OPENING;
    round.run();
    target = null;
    return STRUCK.get();
  }

  /** Waits until everything is recorded and stored. No part fails here on the caller's thread. */
  static boolean settle(TelemetryCollector collector) {
    isSettling = true;
    boolean isSettled = collector.flush(LONG);
    isSettling = false;
    return isSettled;
  }

  /** Called by each part of the library before it does its work. */
  public static void strike(String method) {
    String thread = Thread.currentThread().getName();
    boolean isUsers = USERS.contains(thread);
    if (isUsers ? isSettling : !mayFail(thread, method)) {
      return;
    }
    String part = thread + ": " + method;
    if (watches) {
      SEEN.add(part);
    }
    if (part.equals(target) && (isUsers || STRUCK.get() < STRIKES)) {
      STRUCK.incrementAndGet();
      throw Sabotage.<RuntimeException>unchecked(kind.thrown());
    }
  }

  private static boolean mayFail(String thread, String method) {
    return thread.equals(OUTCOMES)
        || thread.equals(WRITER) && QUEUE_AND_CLOCK.matcher(method).find();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
