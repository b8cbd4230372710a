package dev.autoskill.telemetry.faults;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * How long to run and by which seed: {@code -Dfaults.rounds=200} makes a long run of so many
 * rounds. A test may ask for a {@link Random}, of which a failure says how to get it again.
 */
final class FaultRun implements ParameterResolver, TestExecutionExceptionHandler {

  private static final String ROUNDS = "faults.rounds";
  private static final String SEED = "faults.seed";
  private static final long SEED_OF_RUN = Long.getLong(SEED, System.nanoTime());

  static boolean isLong() {
    return Integer.getInteger(ROUNDS) != null;
  }

  static int rounds(int inShortRun, int inLongRun) {
    return Integer.getInteger(ROUNDS, pick(inShortRun, inLongRun));
  }

  /** One of two values, by the length of the run. */
  static int pick(int inShortRun, int inLongRun) {
    return isLong() ? inLongRun : inShortRun;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Random.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new Random(SEED_OF_RUN + context.getUniqueId().hashCode());
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    failure.addSuppressed(new AssertionError("again with -D" + SEED + "=" + SEED_OF_RUN));
    throw failure;
  }
}
