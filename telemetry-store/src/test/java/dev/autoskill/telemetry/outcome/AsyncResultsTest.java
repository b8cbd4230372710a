package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.OpenCollector;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are yet to come. */
class AsyncResultsTest {

  @TempDir Path directory;

  private TelemetryCollector telemetry;
  private EndedUses uses;

  @BeforeEach
  void open() {
    telemetry = OpenCollector.on(directory.resolve("telemetry.db"));
    uses = new EndedUses(telemetry);
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void aStageEndsTheUseWhenItCompletes() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    returned(stage);
    assertEquals(List.of(), uses.events());

    stage.complete("done");

    assertEquals(Outcome.SUCCESS, uses.newest().outcome());
  }

  @Test
  void aStageThatTellsItsOutcomeIsWaitedForAllTheSame() {
    class TellingStage extends CompletableFuture<String> implements OutcomeSource {
      @Override
      public Outcome outcome() {
        return Outcome.FAILURE;
      }
    }
    TellingStage stage = new TellingStage();
    returned(stage);
    assertEquals(List.of(), uses.events());

    stage.complete("done");

    assertEquals(Outcome.SUCCESS, uses.newest().outcome());
  }

  @Test
  void theDurationIsThatOfTheCompletion() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    long startNanos = System.nanoTime() - TimeUnit.HOURS.toNanos(2);
    telemetry
        .endings()
        .ended(EndedUses.skill(), null, stage, null, null, startNanos, startNanos + 1);

    stage.complete("done");

    long durationMs = uses.newest().durationMs();
    assertTrue(durationMs >= Duration.ofHours(2).toMillis(), () -> durationMs + " ms");
  }

  @Test
  void aCompletedStageEndsItAtOnce() {
    assertEquals(Outcome.SUCCESS, outcomeOf(CompletableFuture.completedFuture("done")));
    assertEquals(Outcome.SUCCESS, outcomeOf(CompletableFuture.completedStage(null)));
    assertEquals(Outcome.FAILURE, outcomeOf(CompletableFuture.failedStage(new IOException())));
  }

  @Test
  void whatAStageComesToMaySayTheOutcome() {
    assertEquals(Outcome.PARTIAL, outcomeOf(CompletableFuture.completedFuture(Outcome.PARTIAL)));
    SkillDefinition mapped = EndedUses.skill(OutcomeOrderTest.ByText.class);
    telemetry
        .endings()
        .ended(
            mapped,
            null,
            CompletableFuture.completedFuture("failure"),
            null,
            null,
            0,
            System.nanoTime());
    assertEquals(Outcome.FAILURE, uses.newest().outcome());
  }

  @Test
  void aFailedOrCancelledOrTimedOutStageSaysSo() {
    SkillDefinition skill = EndedUses.skill(List.of(), List.of(IOException.class));
    CompletableFuture<String> failed = new CompletableFuture<>();
    telemetry
        .endings()
        .ended(skill, null, failed.thenApply(String::trim), null, null, 0, System.nanoTime());
    failed.completeExceptionally(new IOException());
    assertEquals(Outcome.PARTIAL, uses.newest().outcome());

    CompletableFuture<String> cancelled = new CompletableFuture<>();
    returned(cancelled);
    cancelled.cancel(true);
    assertEquals(Outcome.SKIPPED, uses.newest().outcome());

    CompletableFuture<String> late = new CompletableFuture<>();
    returned(late);
    late.completeExceptionally(new TimeoutException());
    assertEquals(Outcome.FAILURE, uses.newest().outcome());
  }

  @Test
  void theMarkOfTheCallHoldsForItsCompletion() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    telemetry
        .endings()
        .ended(EndedUses.skill(), null, stage, null, Outcome.SKIPPED, 0, System.nanoTime());

    stage.complete("done");

    assertEquals(Outcome.SKIPPED, uses.newest().outcome());
  }

  @Test
  void sessionAndAgentAreThoseAtTheCall() {
    SkillContext atCall = SkillContext.ofSession("s-1").withAgent("cursor");
    CompletableFuture<String> stage = new CompletableFuture<>();
    SkillContext.Scope other = SkillContext.ofSession("s-2").withAgent("gemini").open();
    try {
      telemetry.endings().ended(EndedUses.skill(), atCall, stage, null, null, 0, 1);
      stage.complete("done");
      assertIsOf(atCall, uses.newest());

      telemetry.endings().ended(EndedUses.skill(), atCall, "at once", null, null, 0, 1);
      assertIsOf(atCall, uses.newest());

      telemetry.endings().ended(EndedUses.skill(), atCall, null, new IOException(), null, 0, 1);
      assertIsOf(atCall, uses.newest());
    } finally {
      other.close();
    }
  }

  private static void assertIsOf(SkillContext context, TelemetryEvent event) {
    assertEquals(context, new SkillContext(event.sessionId(), event.agentId()));
  }

  @Test
  void aStageThatCannotBeObservedCountsAsReturned() {
    CompletionStage<String> hostile =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<String> whenComplete(
              BiConsumer<? super String, ? super Throwable> action) {
            throw new UnsupportedOperationException();
          }
        };

    assertEquals(Outcome.SUCCESS, outcomeOf(hostile));
    assertEquals(1, telemetry.stats().faults());
  }

  @Test
  void aPlainFutureEndsTheUseWhenItIsReturned() {
    FutureTask<String> pending = new FutureTask<>(() -> "later");
    FutureTask<String> cancelled = new FutureTask<>(() -> "never");
    cancelled.cancel(false);

    assertSame(pending, answered(null, pending));
    assertEquals(Outcome.SUCCESS, uses.newest().outcome());
    assertEquals(Outcome.SUCCESS, outcomeOf(cancelled));
    pending.run();
    assertEquals(2, uses.events().size());
  }

  @Test
  void aResultThatNeverComesIsKeptByNobody() {
    WeakReference<CompletableFuture<String>> stage = neverDone(new CompletableFuture<>());
    for (int i = 0; i < 100 && stage.get() != null; i++) {
      System.gc();
      assertEquals(List.of(), uses.events());
    }
    assertNull(stage.get());
    assertEquals(0, telemetry.stats().recorded());
  }

  /** Its dependents would be kept for as long as it is pending. */
  @Test
  void aStageThatIsReturnedOverAndOverKeepsABoundedNumberOfUses() {
    CompletableFuture<String> shared = new CompletableFuture<>();
    int returned = 1500;
    for (int i = 0; i < returned; i++) {
      returned(shared);
    }
    assertTrue(shared.getNumberOfDependents() < returned);
    assertTrue(telemetry.stats().dropped() > 0);

    shared.complete("done");

    assertTrue(telemetry.flush(EndedUses.PATIENCE));
    assertEquals(returned, telemetry.stats().stored() + telemetry.stats().dropped());
    returned(shared);
    assertTrue(telemetry.flush(EndedUses.PATIENCE));
    assertEquals(returned + 1, telemetry.stats().stored() + telemetry.stats().dropped());
  }

  /** A minimal stage refuses to say whether it is done. */
  @Test
  void aStageThatCannotBeAskedStillTells() {
    CompletableFuture<String> source = new CompletableFuture<>();
    returned(source.minimalCompletionStage());
    assertEquals(List.of(), uses.events());

    source.complete("done");

    assertEquals(Outcome.SUCCESS, uses.newest().outcome());
    assertEquals(0, telemetry.stats().faults());
  }

  @Test
  void aPublisherEndsTheUseWithItsFirstSubscription() throws Exception {
    SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 8);
    Flow.Publisher<?> observed = returnedPublisher(source);
    assertNotSame(source, observed);
    Collector first = new Collector();
    Collector second = new Collector();
    observed.subscribe(first);
    observed.subscribe(second);
    source.submit("a");
    source.submit("b");
    assertEquals(List.of(), uses.events());

    complete(source);

    assertEquals(Outcome.SUCCESS, uses.newest().outcome());
    assertEquals(List.of("a", "b", "complete"), first.seen);
    assertEquals(first.seen, second.seen);
  }

  @Test
  void aPublisherThatFailsOrIsCancelledSaysSo() {
    SubmissionPublisher<String> failing = new SubmissionPublisher<>(Runnable::run, 8);
    Flow.Publisher<?> observed = returnedPublisher(failing);
    observed.subscribe(new Collector());
    failing.closeExceptionally(new IOException());
    assertEquals(Outcome.FAILURE, uses.newest().outcome());

    try (SubmissionPublisher<String> endless = new SubmissionPublisher<>(Runnable::run, 8)) {
      Collector collector = new Collector();
      returnedPublisher(endless).subscribe(collector);
      collector.subscription.cancel();
      assertEquals(Outcome.SKIPPED, uses.newest().outcome());
    }
  }

  @Test
  void aPublisherOfATypeOfItsOwnCountsAsReturned() {
    try (SubmissionPublisher<String> source = new SubmissionPublisher<>()) {
      Object answered = answered(SubmissionPublisher.class, source);

      assertSame(source, answered);
      assertEquals(Outcome.SUCCESS, uses.newest().outcome());
      assertFalse(source.hasSubscribers());
    }
  }

  @Test
  void withoutADeclaredTypeThePublisherItselfIsAnsweredAndCountsAsReturned() {
    try (SubmissionPublisher<String> source = new SubmissionPublisher<>()) {
      assertSame(source, answered(null, source));
      assertEquals(Outcome.SUCCESS, uses.newest().outcome());
      assertFalse(source.hasSubscribers());
    }
  }

  @Test
  void noPublisherAtAllCountsAsReturned() {
    assertNull(answered(Flow.Publisher.class, null));
    assertEquals(Outcome.SUCCESS, uses.newest().outcome());
  }

  private Object answered(Class<?> declared, Object result) {
    SkillDefinition skill = EndedUses.skillThatReturns(declared);
    return telemetry.endings().ended(skill, null, result, null, null, 0, System.nanoTime());
  }

  private void returned(Object result) {
    telemetry.endings().ended(EndedUses.skill(), null, result, null, null, 0, System.nanoTime());
  }

  private Outcome outcomeOf(Object result) {
    return uses.returned(EndedUses.skill(), result);
  }

  private WeakReference<CompletableFuture<String>> neverDone(CompletableFuture<String> stage) {
    returned(stage);
    return new WeakReference<>(stage);
  }

  @SuppressWarnings("unchecked")
  private Flow.Publisher<Object> returnedPublisher(Flow.Publisher<String> source) {
    return (Flow.Publisher<Object>) answered(Flow.Publisher.class, source);
  }

  private static void complete(SubmissionPublisher<String> source) {
    try (source) {
      assertTrue(source.hasSubscribers());
    }
  }

  /** Notes what it is told. */
  private static final class Collector implements Flow.Subscriber<Object> {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object item) {
      seen.add(item.toString());
    }

    @Override
    public void onError(Throwable thrown) {
      seen.add("error");
    }

    @Override
    public void onComplete() {
      seen.add("complete");
    }
  }
}
