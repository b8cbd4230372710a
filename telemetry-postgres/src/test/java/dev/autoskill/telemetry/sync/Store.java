package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.listener.TelemetryListener;
import dev.autoskill.telemetry.otlp.OtlpReceiver;
import dev.autoskill.telemetry.postgres.PostgresReceiver;
import dev.autoskill.telemetry.postgres.PostgresTarget;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A local database in a home of its own. */
public final class Store {

  public static final long NOW = 1_764_331_200_000L; // 2025-11-28T12:00:00Z

  public final Path file;
  public final Map<String, String> variables = new HashMap<>();
  public final Map<String, String> properties = new HashMap<>();
  public final List<Duration> pauses = new ArrayList<>();

  /** How much later it is for retention. */
  public volatile long minutes;

  public Store(Path home) {
    file = home.resolve("telemetry.db");
    variables.put("HOME", home.toString());
  }

  public TelemetryCollector open() {
    return open(() -> NOW);
  }

  private TelemetryCollector open(InstantMillis time) {
    TelemetryConfig config = TelemetryConfig.builder().database(file).build();
    return TelemetryCollector.open(config, Environment.of(variables), time::millis);
  }

  /** A collector with a listener, which the variables and properties are for, too. */
  public TelemetryCollector open(TelemetryConfig.Builder config, TelemetryListener listener) {
    TimeSource time =
        new TimeSource() {
          @Override
          public long currentTimeMillis() {
            return NOW;
          }

          @Override
          public long nanoTime() {
            return System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
          }
        };
    return TelemetryCollector.open(
        config.database(file).listener(listener).build(),
        Environment.of(variables, properties),
        time);
  }

  private interface InstantMillis {
    long millis();
  }

  /** Records uses of some skills, agents and sessions, over some weeks. */
  public void record(int uses, long seed) {
    Random random = new Random(seed);
    long[] millis = {NOW - Duration.ofDays(30).toMillis()};
    try (TelemetryCollector telemetry = open(() -> millis[0])) {
      for (int i = 0; i < uses; i++) {
        SkillUse use =
            SkillUse.of("skill-" + random.nextInt(7))
                .session("s-" + random.nextInt(20))
                .agent(random.nextBoolean() ? "cursor" : "claude-code")
                .outcome(Outcome.values()[random.nextInt(4)]);
        telemetry.recordEvent(
            random.nextInt(10) == 0
                ? use
                : use.duration(Duration.ofMillis((long) Math.exp(random.nextDouble() * 12))));
        millis[0] += random.nextInt(5_000_000);
      }
    }
  }

  public void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  public PushResult push(String address) {
    return push(address, false);
  }

  public PushResult push(String address, boolean isFull) {
    try (TelemetryCollector telemetry = open()) {
      return of(telemetry, address).push(isFull);
    }
  }

  public PushStatus status(String address) {
    try (TelemetryCollector telemetry = open()) {
      return of(telemetry, address).status();
    }
  }

  public EventPush of(TelemetryCollector telemetry, String address) {
    Environment environment = Environment.of(variables);
    return new EventPush(
        telemetry,
        environment,
        receiver(SyncSettings.of(environment, address)),
        InstantSource.fixed(java.time.Instant.ofEpochMilli(NOW)),
        time -> {
          pauses.add(time);
          return true;
        });
  }

  private static Receiver receiver(SyncSettings settings) {
    return OtlpReceiver.isAddress(settings.to())
        ? OtlpReceiver.of(settings.to(), settings.headers())
        : new PostgresReceiver(
            PostgresTarget.of(settings.to(), settings.password()), settings.label());
  }
}
