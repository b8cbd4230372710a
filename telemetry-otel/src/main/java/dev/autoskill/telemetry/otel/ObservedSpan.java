package dev.autoskill.telemetry.otel;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.listener.UseObserver;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The span of a use, which is current while the body of the skill runs. */
final class ObservedSpan implements UseObserver.Use {

  private final Instruments instruments;
  private final Attributes attributes;
  private final Context caller;
  private final Context own;
  private final Span span;
  private final Scope scope;

  ObservedSpan(Instruments instruments, Span span, Attributes attributes) {
    this.instruments = instruments;
    this.span = span;
    this.attributes = attributes;
    this.caller = Context.current();
    this.own = caller.with(span);
    this.scope = own.makeCurrent();
  }

  @Override
  public void left() {
    scope.close();
    // Where the end of the stack has kept an inner use from being left, that one is current still.
    SpanContext current = Span.current().getSpanContext();
    if (!current.equals(Span.fromContext(caller).getSpanContext())) {
      caller.makeCurrent();
    }
  }

  @Override
  public void ended(
      @Nullable Outcome outcome, long startNanos, long endNanos, @Nullable Class<?> thrown) {
    if (outcome == null) {
      span.end();
      return;
    }
    AttributesBuilder told = Attributes.builder().put(Conventions.OUTCOME, outcome.text());
    if (outcome == Outcome.FAILURE) {
      // Without a description: an exception's message may be private.
      span.setStatus(StatusCode.ERROR);
      told.put(Conventions.ERROR_TYPE, thrown == null ? Conventions.OTHER_ERROR : thrown.getName());
    }
    Attributes ending = told.build();
    span.setAllAttributes(ending);
    span.end(momentOf(endNanos));
    double seconds = (endNanos - startNanos) / 1e9;
    instruments.durations().record(seconds, attributes.toBuilder().putAll(ending).build(), own);
  }

  /**
   * In this order, so that a delay between the clocks never lets an inner use outlast its caller.
   */
  private static Instant momentOf(long nanos) {
    long agoNanos = System.nanoTime() - nanos;
    return Instant.now().minusNanos(agoNanos);
  }
}
