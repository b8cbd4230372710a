package dev.autoskill.telemetry;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock that somebody sets back and forth by up to a day at each reading. */
public final class JumpingClock implements TimeSource {

  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final long STEP_MILLIS = TimeUnit.HOURS.toMillis(7) + 1;

  private final AtomicLong readings = new AtomicLong();

  private JumpingClock() {}

  /** Makes a collector with this clock the one of the process. */
  public static String install() {
    TelemetryConfig config = TelemetryConfig.builder().build();
    Telemetry.install(TelemetryCollector.open(config, Environment.ofProcess(), new JumpingClock()));
    return "jumping";
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public long currentTimeMillis() {
    long jump = readings.incrementAndGet() * STEP_MILLIS % (2 * DAY_MILLIS) - DAY_MILLIS;
    return System.currentTimeMillis() + jump;
  }
}
