package dev.autoskill.telemetry.micrometer;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.listener.TelemetryListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Times each recorded event by the timer {@value #USES}, with the tags {@code skill}, {@code
 * outcome} and {@code agent}. An event without a duration is counted by {@value #UNTIMED} instead,
 * since a duration of zero would falsify the mean.
 *
 * <p>A process tells 1,000 skills and 100 agents apart; further ones are {@code other}.
 *
 * <p>As a service it uses {@link Metrics#globalRegistry}. One that is set in code ({@code
 * TelemetryConfig.builder().listener(…)}) takes the place of the service. Safe for use by any
 * number of threads.
 */
public final class MicrometerListener implements TelemetryListener {

  /** The timer of uses. */
  public static final String USES = "skill.uses";

  /** The counter of uses of which nobody has recorded how long they took. */
  public static final String UNTIMED = "skill.uses.untimed";

  private static final int MOST_SKILLS = 1_000;
  private static final int MOST_AGENTS = 100;

  private final Supplier<? extends @Nullable MeterRegistry> registry;
  private final CappedTexts skills = new CappedTexts(MOST_SKILLS);
  private final CappedTexts agents = new CappedTexts(MOST_AGENTS);

  /** Makes one for the global registry. */
  public MicrometerListener() {
    this(Metrics.globalRegistry);
  }

  /**
   * Makes one for a registry.
   *
   * @param registry the registry
   */
  public MicrometerListener(MeterRegistry registry) {
    this(supplierOf(Objects.requireNonNull(registry, "registry must not be null")));
  }

  /**
   * Makes one for a registry that is yet to come.
   *
   * @param registry is asked for the registry at each event; events are not counted while it
   *     answers null
   */
  public MicrometerListener(Supplier<? extends @Nullable MeterRegistry> registry) {
    this.registry = Objects.requireNonNull(registry, "registry must not be null");
  }

  private static Supplier<MeterRegistry> supplierOf(MeterRegistry registry) {
    return () -> registry;
  }

  @Override
  public void recorded(TelemetryEvent event) {
    MeterRegistry current = registry.get();
    if (current == null) {
      return;
    }
    Tags tags =
        Tags.of(
            "skill", skills.of(event.skillName()),
            "outcome", event.outcome().text(),
            "agent", agents.of(event.agentId()));
    Long durationMs = event.durationMs();
    if (durationMs == null) {
      Counter.builder(UNTIMED)
          .description("Uses of skills without a duration")
          .tags(tags)
          .register(current)
          .increment();
    } else {
      Timer.builder(USES)
          .description("Uses of skills")
          .tags(tags)
          .register(current)
          .record(durationMs, TimeUnit.MILLISECONDS);
    }
  }
}
