package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

/**
 * What a skill's result means for its outcome, worked out once for each class of results.
 *
 * <p>Types of libraries that may be missing go by their names. The kinds are numbers, since a class
 * of the JDK's that held an object of this library's would keep its class loader alive.
 */
final class ResultKind extends ClassValue<Integer> {

  static final int PLAIN = 0;

  /** An {@link Outcome} or an {@link OutcomeSource}. */
  static final int SAYS_OUTCOME = 1;

  /** MCP's result of a tool. */
  static final int MCP_RESULT = 2;

  /** The first of those whose result is yet to come, and that can be observed on the side. */
  static final int STAGE = 3;

  static final int FUTURE = 4;
  static final int KOTLIN_DEFERRED = 5;

  /** The first of those that can only be observed through another object. */
  static final int FLOW_PUBLISHER = 6;

  static final int REACTOR = 7;
  static final int KOTLIN_FLOW = 8;

  private static final String MCP_RESULT_NAME =
      "io.modelcontextprotocol.spec.McpSchema$CallToolResult";

  private static final ResultKind OF_CLASS = new ResultKind();

  private ResultKind() {}

  @Override
  protected Integer computeValue(Class<?> type) {
    return kindOf(type);
  }

  static int of(Object result) {
    return OF_CLASS.get(result.getClass());
  }

  static boolean saysOutcome(int kind) {
    return kind == SAYS_OUTCOME || kind == MCP_RESULT;
  }

  static boolean isYetToCome(int kind) {
    return kind >= STAGE;
  }

  static boolean isObservedOnTheSide(int kind) {
    return kind < FLOW_PUBLISHER;
  }

  private static int kindOf(Class<?> type) {
    if (type.getModule() == Object.class.getModule()) {
      // It extends nothing from elsewhere.
      return kindOfJdk(type);
    }
    if (Outcome.class.isAssignableFrom(type) || OutcomeSource.class.isAssignableFrom(type)) {
      return SAYS_OUTCOME;
    }
    if (CompletionStage.class.isAssignableFrom(type) || Future.class.isAssignableFrom(type)) {
      return kindOfJdk(type);
    }
    if (SuperTypes.find(type, MCP_RESULT_NAME) != null) {
      return MCP_RESULT;
    }
    if (SuperTypes.find(type, KotlinResults.DEFERRED) != null) {
      return KOTLIN_DEFERRED;
    }
    if (SuperTypes.find(type, KotlinResults.FLOW) != null) {
      return KOTLIN_FLOW;
    }
    if (ReactorResults.typeOf(type) != null) {
      return REACTOR;
    }
    return kindOfJdk(type);
  }

  /** By the types of the JDK. */
  private static int kindOfJdk(Class<?> type) {
    if (CompletionStage.class.isAssignableFrom(type)) {
      return STAGE;
    }
    if (Future.class.isAssignableFrom(type)) {
      return FUTURE;
    }
    return Flow.Publisher.class.isAssignableFrom(type) ? FLOW_PUBLISHER : PLAIN;
  }
}
