package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.OpenCollector;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results that are asked whether they have come. */
class WatchedResultsTest {

  @TempDir Path directory;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private TelemetryCollector telemetry;
  private EndedUses uses;

  @BeforeEach
  void open() {
    telemetry = OpenCollector.on(directory.resolve("telemetry.db"));
    uses = new EndedUses(telemetry);
  }

  @AfterEach
  void close() {
    release.countDown();
    telemetry.close();
  }

  /** A stage runs the dependents that come last first. */
  @Test
  void aDependentThatTheCallerAddsDoesNotHoldUpTheEndOfTheUse() throws Exception {
    CompletableFuture<Outcome> stage = new CompletableFuture<>();
    returned(EndedUses.skill(), stage);
    CompletableFuture<Void> dependent = stage.thenRun(this::block);
    Thread completing = new Thread(() -> stage.complete(Outcome.PARTIAL));
    completing.start();
    entered.await();

    assertEquals(Outcome.PARTIAL, uses.newest().outcome());

    release.countDown();
    completing.join();
    dependent.join();
    assertEquals(1, uses.events().size());
    assertEquals(0, telemetry.stats().faults());
  }

  /** Whoever sees it first, the stage or the watch. */
  @Test
  void aStageFailsAlikeWhoeverSeesIt() throws Exception {
    SkillDefinition skill =
        EndedUses.skill(List.of(ExecutionException.class), List.of(CompletionException.class));
    Throwable wrapped = new CompletionException(new IOException());
    CompletableFuture<String> stage = new CompletableFuture<>();
    returned(skill, stage);
    stage.whenComplete((value, thrown) -> block());
    Thread completing = new Thread(() -> stage.completeExceptionally(wrapped));
    completing.start();
    entered.await();

    assertEquals(Outcome.PARTIAL, uses.newest().outcome());

    release.countDown();
    completing.join();
  }

  /** Some stages refuse to say whether they are done. */
  @Test
  void aStageThatCannotBeAskedStillTells() {
    CompletableFuture<String> source = new CompletableFuture<>();
    returned(EndedUses.skill(), source.minimalCompletionStage());
    CompletableFuture<String> failing =
        new CompletableFuture<>() {
          @Override
          public boolean isDone() {
            throw new IllegalStateException();
          }
        };
    returned(EndedUses.skill(), failing);
    assertEquals(List.of(), uses.events());
    assertEquals(1, telemetry.stats().faults());

    source.complete("done");
    assertEquals(Outcome.SUCCESS, uses.newest().outcome());
    failing.completeExceptionally(new IOException());
    assertEquals(Outcome.FAILURE, uses.newest().outcome());
  }

  /** What a future does that does not answer. */
  enum Silent {
    IS_DONE,
    GET
  }

  @ParameterizedTest
  @EnumSource
  void aFutureThatDoesNotAnswerHoldsUpNobody(Silent silent) throws InterruptedException {
    FutureTask<String> blocking =
        new FutureTask<>(() -> "") {
          @Override
          public boolean isDone() {
            if (silent == Silent.IS_DONE) {
              block();
            }
            return true;
          }

          @Override
          public String get(long timeout, TimeUnit unit) {
            block();
            return "";
          }
        };
    returned(EndedUses.skill(), blocking);
    entered.await();

    FutureTask<String> done = new FutureTask<>(() -> "");
    done.run();
    returned(EndedUses.skill(OutcomeOrderTest.ByText.class), "partial");
    returned(EndedUses.skill(), done);

    List<Outcome> outcomes = uses.events().stream().map(event -> event.outcome()).sorted().toList();
    assertEquals(List.of(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.PARTIAL), outcomes);
    assertEquals(1, telemetry.stats().faults());
    release.countDown();
    assertEquals(3, uses.events().size());
    assertEquals(0, telemetry.stats().dropped());
  }

  @Test
  void aStageThatIsReturnedOverAndOverGathersNoMoreThanThereIsRoomFor() {
    CountingRecorder recorder = new CountingRecorder();
    UseEndings endings = new UseEndings(2, recorder.recorder(), recorder.faults());
    CompletableFuture<String> shared = new CompletableFuture<>();

    for (int i = 0; i < 5; i++) {
      endings.returned(null, EndedUses.skill(), null, shared, null, 0, 1);
    }
    assertEquals(3, recorder.dropped());
    assertEquals(2, shared.getNumberOfDependents());

    shared.complete("done");
    // It may be the thread that looks at futures which saw it first.
    assertTrue(endings.settle(EndedUses.PATIENCE));
    assertEquals(2, recorder.recorded());
    CompletableFuture<String> next = new CompletableFuture<>();
    endings.returned(null, EndedUses.skill(), null, next, null, 0, 1);
    next.complete("done");
    assertTrue(endings.settle(EndedUses.PATIENCE));
    assertEquals(3, recorder.recorded());
    assertEquals(3, recorder.dropped());
    assertEquals(0, recorder.faults().count());
    endings.close(EndedUses.PATIENCE);
  }

  @Test
  void aPlainFutureThatIsPendingAtTheEndCountsAsDropped() {
    FutureTask<String> pending = new FutureTask<>(() -> "");
    returned(EndedUses.skill(), pending);

    telemetry.close();
    pending.run();

    assertEquals(1, telemetry.stats().dropped());
  }

  private void returned(SkillDefinition skill, Object result) {
    telemetry.endings().returned(null, skill, null, result, null, 0, System.nanoTime());
  }

  private void block() {
    entered.countDown();
    try {
      assertTrue(release.await(EndedUses.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
