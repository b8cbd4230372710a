package dev.autoskill.telemetry.otel;

import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.listener.UseObserver;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span {@code execute_tool {name}} of each observed use of a skill. It is a child of the
 * caller's current span, and current itself while the body of the skill runs. The durations make
 * the histogram {@code gen_ai.execute_tool.duration}, in seconds.
 *
 * <p>As a service it uses the {@link GlobalOpenTelemetry}, if there is one, and sets none. One that
 * is set in code ({@code TelemetryConfig.builder().observer(…)}) takes the place of the service.
 * Safe for use by any number of threads.
 */
public final class OpenTelemetryObserver implements UseObserver {

  private final Supplier<? extends @Nullable OpenTelemetry> source;
  private volatile @Nullable Instruments instruments;

  /** Makes one for the global OpenTelemetry. */
  public OpenTelemetryObserver() {
    this(GlobalOpenTelemetry::getOrNoop);
  }

  /**
   * Makes one.
   *
   * @param telemetry gets the spans and durations
   */
  public OpenTelemetryObserver(OpenTelemetry telemetry) {
    this(supplierOf(Objects.requireNonNull(telemetry, "telemetry must not be null")));
  }

  /**
   * Makes one for an OpenTelemetry that is yet to come.
   *
   * @param telemetry is asked at each use; uses that begin while it answers null have no span
   */
  public OpenTelemetryObserver(Supplier<? extends @Nullable OpenTelemetry> telemetry) {
    this.source = Objects.requireNonNull(telemetry, "telemetry must not be null");
  }

  private static Supplier<OpenTelemetry> supplierOf(OpenTelemetry telemetry) {
    return () -> telemetry;
  }

  @Override
  public @Nullable Use began(Skill skill, String agentId) {
    OpenTelemetry current = source.get();
    if (current == null || current == OpenTelemetry.noop()) {
      return null;
    }
    Instruments known = instruments;
    if (known == null || known.telemetry() != current) {
      known = Instruments.of(current);
      instruments = known;
    }
    Attributes attributes = Instruments.attributesOf(skill);
    return new ObservedSpan(known, known.start(skill, agentId, attributes), attributes);
  }
}
