package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.autoskill.telemetry.OpenCollector;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library of async results that this one has never heard of, and the observer for it. */
class RegisteredObserversTest {

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
  void aPromiseEndsTheUseWhenItIsKeptOrBroken() {
    Promise kept = new Promise();
    Promise broken = new Promise();
    assertSame(kept, returned(kept));
    assertSame(broken, returned(broken));
    assertEquals(List.of(), uses.events());

    kept.onEnd.accept(Outcome.PARTIAL);
    assertEquals(Outcome.PARTIAL, uses.newest().outcome());
    broken.onEnd.accept(new IOException());
    assertEquals(Outcome.FAILURE, uses.newest().outcome());
  }

  @Test
  void aPromiseThatCannotBeObservedCountsAsReturned() {
    Promise hostile = new Promise();
    hostile.isHostile = true;

    assertSame(hostile, returned(hostile));

    assertEquals(Outcome.SUCCESS, uses.newest().outcome());
    assertEquals(1, telemetry.stats().faults());
  }

  @Test
  void aRefusalThatHasComeTellsTheOutcome() {
    Promise promise = new Promise();
    returned(promise);
    promise.onEnd.accept(new Refusal());

    assertEquals(Outcome.SKIPPED, uses.newest().outcome());
    assertEquals(Outcome.SKIPPED, uses.returned(EndedUses.skill(), new Refusal()));
  }

  private Object returned(Object result) {
    return telemetry.endings().ended(EndedUses.skill(), null, result, null, null, 0, 1);
  }

  static final class Promise {

    private Consumer<Object> onEnd;
    private boolean isHostile;
  }

  static final class Refusal {}

  /** Registered in this module's test resources. */
  public static final class Observer implements ResultObserver {

    public Observer() {}

    @Override
    public Set<String> types() {
      return Set.of(Promise.class.getName(), Refusal.class.getName());
    }

    @Override
    public Object observe(Object result, Class<?> type, Use use) {
      if (!(result instanceof Promise promise)) {
        return null;
      }
      if (promise.isHostile) {
        throw new IllegalStateException();
      }
      promise.onEnd =
          ending -> {
            if (ending instanceof Throwable thrown) {
              use.accept(null, thrown);
            } else {
              use.accept(ending, null);
            }
          };
      return promise;
    }

    @Override
    public Object told(Object result, Class<?> type) {
      return result instanceof Refusal ? Outcome.SKIPPED : null;
    }
  }
}
