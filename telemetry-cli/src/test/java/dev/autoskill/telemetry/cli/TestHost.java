package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A user, a home and a clock of a test's own. */
final class TestHost {

  static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  final Map<String, String> variables = new HashMap<>();
  final Path home;
  boolean isTerminal;
  Host.Pause pause = time -> false;
  TestMachine machine = new TestMachine();
  String in = "";
  String out = "";
  String err = "";

  TestHost(Path home) {
    this.home = home;
    variables.put("HOME", home.toString());
  }

  /** A terminal of some width. */
  TestHost terminal(int columns) {
    isTerminal = true;
    variables.put("COLUMNS", String.valueOf(columns));
    return this;
  }

  Path database() {
    return home.resolve(".claude/auto-skill/telemetry.db");
  }

  /** Runs the command; {@return its exit code} */
  int run(String... arguments) {
    StringWriter stdout = new StringWriter();
    StringWriter stderr = new StringWriter();
    Host host =
        new Host(
            Environment.of(variables),
            Clock.fixed(NOW, ZoneOffset.UTC),
            new StringReader(in),
            stdout,
            stderr,
            isTerminal,
            pause,
            machine);
    int exitCode = new SkillTelemetry(host).run(arguments);
    out = stdout.toString();
    err = stderr.toString();
    return exitCode;
  }

  /** Records uses that ended some time ago, one after the other, each a millisecond later. */
  void record(Duration ago, SkillUse... uses) {
    long[] millis = {NOW.minus(ago).toEpochMilli()};
    TelemetryConfig config = TelemetryConfig.builder().database(database()).build();
    try (TelemetryCollector telemetry =
        TelemetryCollector.open(config, Environment.of(variables), () -> millis[0])) {
      for (SkillUse use : uses) {
        telemetry.recordEvent(use);
        millis[0]++;
      }
    }
  }

  /** Records the same use several times. */
  void record(Duration ago, int times, SkillUse use) {
    SkillUse[] uses = new SkillUse[times];
    Arrays.fill(uses, use);
    record(ago, uses);
  }

  static SkillUse use(String skill, Outcome outcome, long millis) {
    return SkillUse.of(skill)
        .agent("claude-code")
        .session("s-1")
        .outcome(outcome)
        .duration(Duration.ofMillis(millis));
  }

  /** Changes the database as another program does. */
  void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** A machine on which nothing else runs, unless a test says so. */
  static final class TestMachine implements Machine {

    List<Jvm> jvms = List.of();
    long freeBytes = Long.MAX_VALUE;
    String user = System.getProperty("user.name");

    @Override
    public List<Jvm> jvms() {
      return jvms;
    }

    @Override
    public long freeBytes(Path directory) {
      return freeBytes;
    }

    /** As for an ordinary user; tests may run as root, who may write everything. */
    @Override
    public boolean isWritable(Path path) {
      try {
        return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OWNER_WRITE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String user() {
      return user;
    }
  }
}
