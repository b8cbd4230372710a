package dev.autoskill.telemetry.junit;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.lang.StackWalker.StackFrame;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One test while it runs: the collector of its uses, and the threads that work for it. Safe for use
 * by any number of threads.
 */
final class TestScope {

  /** Work that may throw anything, as tests may. */
  interface Work<T, E extends Throwable> {
    T run() throws E;
  }

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final InheritableThreadLocal<@Nullable TestScope> OF_THREAD =
      new InheritableThreadLocal<>() {
        @Override
        protected @Nullable TestScope childValue(@Nullable TestScope ofParent) {
          return ofParent == null || mayServeOthers() ? null : ofParent;
        }
      };

  private final TestRun run;
  private final boolean runsAlone;
  private final String session;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final ConcurrentLinkedQueue<AwaitedStage> stages = new ConcurrentLinkedQueue<>();

  // Guarded by this.
  private @Nullable TelemetryCollector collector;
  private boolean hasEnded;

  /** The id of an event after which those of this test come. Guarded by this. */
  private String mark = "";

  TestScope(TestRun run, String session, boolean runsAlone) {
    this.run = run;
    this.session = session;
    this.runsAlone = runsAlone;
  }

  /** The one that the current thread works for; null if none is known. It may have ended. */
  static @Nullable TestScope ofThread() {
    return OF_THREAD.get();
  }

  /**
   * Whether the thread that is being made may work for other tests, too: an executor, or a class
   * that is being initialised, makes it at this test's expense and for all.
   */
  private static boolean mayServeOthers() {
    return STACK.walk(
        frames ->
            frames
                .dropWhile(frame -> frame.getDeclaringClass() == TestScope.class)
                .takeWhile(frame -> frame.getDeclaringClass() != TestScope.class)
                .anyMatch(TestScope::isShared));
  }

  private static boolean isShared(StackFrame frame) {
    Class<?> type = frame.getDeclaringClass();
    // The executor of virtual threads makes one for each task.
    return frame.getMethodName().equals("<clinit>")
        || (Executor.class.isAssignableFrom(type)
            && !type.getName().equals("java.util.concurrent.ThreadPerTaskExecutor"));
  }

  /** The session of uses for which the program names none. */
  String session() {
    return session;
  }

  boolean runsAlone() {
    return runsAlone;
  }

  /** Does something for this test on the current thread. */
  <T, E extends Throwable> T call(Work<T, E> work) throws E {
    TestScope before = OF_THREAD.get();
    String current = SkillContext.current().sessionId();
    // A session of the program's own stays, but not that of a test further down on the stack.
    boolean isOwn = current != null && !run.isOfAnyTest(current);
    SkillContext context = isOwn ? SkillContext.current() : SkillContext.ofSession(session);
    OF_THREAD.set(this);
    SkillContext.Scope scope = context.open();
    try {
      return work.run();
    } finally {
      scope.close();
      if (before == null) {
        OF_THREAD.remove();
      } else {
        OF_THREAD.set(before);
      }
    }
  }

  /** The collector of this test's uses; null if telemetry is off, or the test has ended. */
  synchronized @Nullable TelemetryCollector collector() {
    if (collector == null && !hasEnded) {
      collector = run.lend();
      mark = collector == null ? "" : collector.recordEvent(SkillUse.of("test")).id();
    }
    return hasEnded ? null : collector;
  }

  /** Whether an event of its collector is this test's, and not that of a test before. */
  synchronized boolean isOwn(TelemetryEvent event) {
    String of = event.sessionId();
    return event.id().compareTo(mark) > 0 && (of.equals(session) || !run.isOfAnyTest(of));
  }

  Instant start() {
    return start;
  }

  /** A use of this test ends with a stage. */
  void await(AwaitedStage stage) {
    stages.add(stage);
  }

  /** Waits for the uses whose stages are done; returns how many others are under way. */
  int awaitStages() {
    int pending = 0;
    for (AwaitedStage stage : stages) {
      if (!stage.awaitIfDone()) {
        pending++;
      }
    }
    return pending;
  }

  /** Why nothing is recorded; null if it is. */
  @Nullable String whyOff() {
    return run.whyOff();
  }

  /** How many uses belong to no test, of those recorded since this one began. */
  int strays(ReportQuery query) {
    TelemetryCollector rest = run.rest();
    return rest == null ? 0 : rest.reports().events(query.since(start)).size();
  }

  /** The test is over: uses from here on belong to no test. */
  void end() {
    run.ended(this);
    TelemetryCollector own;
    synchronized (this) {
      hasEnded = true;
      own = collector;
      collector = null;
    }
    if (own != null && awaitStages() == 0) {
      run.giveBack(own);
    }
    stages.clear();
  }
}
