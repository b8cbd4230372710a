package skills.matrix;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Uses each skill in each way, every time in a session of its own, and prints a line for it: the
 * session, whether the call was as it should be, and between which two durations (in nanoseconds)
 * the recorded one has to be.
 */
public final class MatrixProgram {

  private static final Duration LONG = Duration.ofMinutes(1);

  /** So long that one can tell an end at the return from one at the completion. */
  private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  /** Whether nothing is being judged or watched that would be taken for what comes next. */
  private static boolean isQuiet;

  private MatrixProgram() {}

  public static void main(String[] args) {
    for (Placement placement : Placement.values()) {
      for (Ending ending : Ending.values()) {
        if (placement.allows(ending)) {
          System.out.println(new Cell(placement, ending).run());
        }
      }
    }
    if (!Telemetry.collector().flush(LONG)) {
      System.out.println("NOT STORED");
    }
  }

  private static final class Cell {

    private final Placement placement;
    private final Ending ending;
    private final Use use;
    private final Thread thread = Thread.currentThread();
    private String complaint = "";
    private long entered;
    private long ended;
    private boolean wasInterrupted;

    Cell(Placement placement, Ending ending) {
      this.placement = placement;
      this.ending = ending;
      this.use = placement.use(ending);
    }

    String run() {
      if (use.isLater() && !isQuiet) {
        Telemetry.collector().flush(LONG);
      }
      isQuiet = use.isLater();
      long keptBefore = kept();
      String session = placement + "." + ending;
      long before;
      long after;
      Object returned = null;
      Throwable thrown = null;
      SkillContext.Scope scope = SkillContext.ofSession(session).open();
      before = System.nanoTime();
      try {
        returned = placement.call(this::body);
      } catch (Throwable t) {
        thrown = t;
      }
      after = System.nanoTime();
      scope.close();
      if (Thread.interrupted() != wasInterrupted) {
        complaint += "lost-its-interrupt";
      }
      complaint += use.complaint(returned, thrown);
      if (use.isLater()) {
        work();
        ended = System.nanoTime();
        after = awaitCompletion(returned, keptBefore);
      }
      return String.join(
          " ",
          session,
          complaint.isEmpty() ? "untouched" : complaint.replace(' ', '-'),
          Long.toString(ended - entered),
          Long.toString(after - before));
    }

    private Object body() throws Throwable {
      entered = System.nanoTime();
      if (Thread.currentThread() != thread) {
        complaint += "on-another-thread";
      }
      try {
        return use.end();
      } finally {
        wasInterrupted = Thread.currentThread().isInterrupted();
        ended = System.nanoTime();
      }
    }

    /** A result may come a moment before those who wait for it are told. */
    private long awaitCompletion(Object returned, long keptBefore) {
      try {
        use.later(returned);
      } catch (Exception e) {
        complaint += e;
      }
      if (placement.skillName() != null) {
        long start = System.nanoTime();
        while (kept() == keptBefore && System.nanoTime() - start < LONG.toNanos()) {
          Thread.onSpinWait();
        }
      }
      return System.nanoTime();
    }

    private static long kept() {
      TelemetryStats stats = Telemetry.collector().stats();
      return stats.recorded() - stats.dropped();
    }

    private static void work() {
      long start = System.nanoTime();
      while (System.nanoTime() - start < WORK_NANOS) {
        Thread.onSpinWait();
      }
    }
  }
}
