package dev.autoskill.telemetry.otel;

import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/** An OpenTelemetry, and the instruments that it has made. */
record Instruments(OpenTelemetry telemetry, Tracer tracer, DoubleHistogram durations) {

  private static final String SCOPE = "dev.autoskill.telemetry";

  static Instruments of(OpenTelemetry telemetry) {
    return new Instruments(
        telemetry,
        telemetry.getTracer(SCOPE),
        telemetry
            .getMeter(SCOPE)
            .histogramBuilder(Conventions.DURATION)
            .setDescription("The duration of tool executions.")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(Conventions.DURATION_BUCKETS)
            .build());
  }

  /** The attributes that spans and durations of a skill have in common. */
  static Attributes attributesOf(Skill skill) {
    return Attributes.of(
        Conventions.OPERATION_NAME,
        Conventions.EXECUTE_TOOL,
        Conventions.TOOL_NAME,
        skill.name(),
        Conventions.TOOL_TYPE,
        Conventions.FUNCTION);
  }

  /** A span that is a child of the current one, if there is one. */
  Span start(Skill skill, String agentId, Attributes attributes) {
    SpanBuilder span =
        tracer
            .spanBuilder(Conventions.EXECUTE_TOOL + " " + skill.name())
            .setSpanKind(SpanKind.INTERNAL)
            .setAllAttributes(attributes);
    if (!agentId.equals(SkillContext.UNKNOWN_AGENT)) {
      span.setAttribute(Conventions.AGENT_NAME, agentId);
    }
    return span.startSpan();
  }
}
