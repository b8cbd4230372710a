package dev.autoskill.telemetry.otel;

import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.listener.Recording;
import dev.autoskill.telemetry.listener.TelemetryListener;
import dev.autoskill.telemetry.listener.UseObserver;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span {@code execute_tool {name}} of each observed use of a skill. It is a child of the
 * caller's current span, and current itself while the body of the skill runs. The durations make
 * the histogram {@code gen_ai.execute_tool.duration}, in seconds.
 *
 * <p>As a service it uses the {@link GlobalOpenTelemetry}, if there is one, and sets none. One that
 * is set in code ({@code TelemetryConfig.builder().observer(…)}) takes the place of the service.
 *
 * <p>It is told of events, too, in the background, and at the first one that is recorded while
 * there is an OpenTelemetry it makes a note beside the database: {@code skill-telemetry sync push}
 * sends a collector no second span of the same use.
 *
 * <p>Safe for use by any number of threads.
 */
public final class OpenTelemetryObserver implements UseObserver, TelemetryListener {

  private final Supplier<? extends @Nullable OpenTelemetry> source;
  private volatile @Nullable Instruments instruments;

  /** By the databases of the collectors that have this observer. */
  private final Map<Path, LiveNote> notes = new ConcurrentHashMap<>();

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
    OpenTelemetry current = current();
    if (current == null) {
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

  /** Null: there is none, or one that does nothing. */
  private @Nullable OpenTelemetry current() {
    OpenTelemetry current = source.get();
    return current == OpenTelemetry.noop() ? null : current;
  }

  @Override
  public boolean opened(Recording recording) {
    notes.putIfAbsent(recording.database(), new LiveNote(recording));
    return true;
  }

  @Override
  public void recorded(TelemetryEvent event) {
    boolean isLive = current() != null;
    notes.values().forEach(isLive ? LiveNote::write : LiveNote::reset);
  }
}
