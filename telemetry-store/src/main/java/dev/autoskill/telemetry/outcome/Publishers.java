package dev.autoskill.telemetry.outcome;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Results that do nothing before somebody subscribes, and are observed through a stand-in. */
final class Publishers {

  private Publishers() {}

  /**
   * What to subscribe to instead.
   *
   * @param use ends when the first subscription does
   * @return the stand-in; null if there is none for such a result
   */
  static @Nullable Object observed(Object result, EndingUse use) throws Throwable {
    return switch (ResultKind.of(result)) {
      case ResultKind.FLOW_PUBLISHER -> new ObservedPublisher<>((Flow.Publisher<?>) result, use);
      case ResultKind.REACTOR -> ReactorResults.observed(result, use);
      case ResultKind.KOTLIN_FLOW -> KotlinResults.observed(result, use);
      default -> null;
    };
  }
}
