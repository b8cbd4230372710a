package dev.autoskill.telemetry.junit;

import static org.junit.jupiter.api.Assertions.fail;

import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.opentest4j.TestAbortedException;

/**
 * The uses of skills that one test has made so far. {@link SkillTelemetryExtension} passes it to
 * the methods of the test, and says which uses these are.
 *
 * <p>Safe for use by any number of threads, until the test ends.
 */
public final class SkillUses {

  /** How far the clock may be set back during a test. */
  private static final Duration CLOCK_SHIFT = Duration.ofMinutes(1);

  private final TestScope test;

  SkillUses(TestScope test) {
    this.test = test;
  }

  /**
   * {@return the events of the uses that have ended before this call, those first that ended first;
   * unmodifiable} Waits until they are recorded, and needs no other wait. A use whose result is a
   * {@link java.util.concurrent.CompletionStage} has ended when the stage is done.
   *
   * @throws TestAbortedException if the user switched telemetry off
   * @throws AssertionError if the events cannot be read
   * @throws IllegalStateException if the test is over
   */
  public List<TelemetryEvent> events() {
    if (test.whyOff() != null) {
      throw new TestAbortedException("telemetry is off, since " + test.whyOff());
    }
    TelemetryCollector collector = test.collector();
    if (collector == null) {
      throw new IllegalStateException("the test is over");
    }
    test.awaitStages();
    Reports reports = collector.reports();
    List<TelemetryEvent> events = new ArrayList<>();
    reports.forEachEvent(
        ReportQuery.ALL.since(test.start().minus(CLOCK_SHIFT)),
        event -> {
          if (test.isOwn(event)) {
            events.add(event);
          }
        });
    if (!reports.isComplete()) {
      fail("the uses of this test cannot be read: " + reports.whyIncomplete());
    }
    return List.copyOf(events);
  }

  /**
   * {@return a task that runs the given one on any thread as a part of this test}
   *
   * @param task the task
   */
  public Runnable carry(Runnable task) {
    Objects.requireNonNull(task, "task must not be null");
    return () ->
        test.call(
            () -> {
              task.run();
              return true;
            });
  }

  /**
   * {@return a task that runs the given one on any thread as a part of this test}
   *
   * @param <T> the type of the task's result
   * @param task the task
   */
  public <T> Callable<T> carry(Callable<T> task) {
    Objects.requireNonNull(task, "task must not be null");
    return () -> test.call(task::call);
  }

  TestScope test() {
    return test;
  }
}
