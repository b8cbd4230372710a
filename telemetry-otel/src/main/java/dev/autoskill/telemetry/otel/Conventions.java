package dev.autoskill.telemetry.otel;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * The names of OpenTelemetry's semantic conventions for generative AI that are used here. They are
 * still in development, and no artifact has all of them.
 */
final class Conventions {

  /** The operation of a tool's execution, and the beginning of its span's name. */
  static final String EXECUTE_TOOL = "execute_tool";

  static final AttributeKey<String> OPERATION_NAME =
      AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> TOOL_NAME = AttributeKey.stringKey("gen_ai.tool.name");
  static final AttributeKey<String> TOOL_TYPE = AttributeKey.stringKey("gen_ai.tool.type");

  /** The type of a tool that the client's own code is. */
  static final String FUNCTION = "function";

  /** The agent on whose behalf the tool runs. On spans only, where it is known. */
  static final AttributeKey<String> AGENT_NAME = AttributeKey.stringKey("gen_ai.agent.name");

  /** The class of the exception, or {@link #OTHER_ERROR}. On failures only. */
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  /** The type of a failure without an exception. */
  static final String OTHER_ERROR = "_OTHER";

  /** Not of the conventions, which know success and failure only. */
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("autoskill.outcome");

  /** A histogram, in seconds. */
  static final String DURATION = "gen_ai.execute_tool.duration";

  /** The limits of its buckets, as the conventions give them for this histogram. */
  static final List<Double> DURATION_BUCKETS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

  private Conventions() {}
}
