package dev.autoskill.telemetry.junit;

import dev.autoskill.telemetry.outcome.ResultObserver;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Lets tests wait for uses that end with a stage. Who waits for a stage may go on before the
 * library's dependent of that stage has run, and the use would not be seen yet.
 */
public final class AwaitedStages implements ResultObserver {

  /** The library finds it as a service. */
  public AwaitedStages() {}

  @Override
  public Set<String> types() {
    return Set.of("java.util.concurrent.CompletionStage");
  }

  @Override
  public Object observe(Object result, Class<?> type, Use use) {
    CompletionStage<?> stage = (CompletionStage<?>) result;
    TestScope test = TestRun.currentTest();
    if (test == null) {
      stage.whenComplete(use);
    } else {
      AwaitedStage awaited = new AwaitedStage(stage, use);
      test.await(awaited);
      stage.whenComplete(awaited);
    }
    return result;
  }
}
