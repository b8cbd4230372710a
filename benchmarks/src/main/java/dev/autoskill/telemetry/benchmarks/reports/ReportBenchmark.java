package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Measures queries at the sizes it is given, against those of auto-skill's own tools, and prints a
 * table of medians in milliseconds. Nothing is recorded, but the file is brought up to date.
 */
public final class ReportBenchmark {

  private static final int OURS = 41;
  private static final int THEIRS = 3;

  private ReportBenchmark() {}

  /**
   * Measures and prints.
   *
   * @param sizes how many events; without any: 10,000, 100,000 and 1,000,000
   * @throws Exception if a file cannot be written or read
   */
  public static void main(String[] sizes) throws Exception {
    System.out.println("| events | bytes an event | catch-up | query | ours (ms) | theirs (ms) |");
    System.out.println("|---:|---:|---:|---|---:|---:|");
    for (String size : sizes.length == 0 ? new String[] {"10000", "100000", "1000000"} : sizes) {
      Path directory = Files.createTempDirectory("report-benchmark");
      try {
        measure(directory.resolve("telemetry.db"), Long.parseLong(size));
      } finally {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(directory);
      }
    }
  }

  private static void measure(Path file, long events) throws Exception {
    EventFile.write(file, events);
    TelemetryConfig config =
        TelemetryConfig.builder().database(file).queryTimeout(Duration.ofHours(1)).build();
    try (TelemetryCollector telemetry = TelemetryCollector.open(config)) {
      long start = System.nanoTime();
      telemetry.getEffectivenessReport();
      String caughtUp = "%.1f s".formatted((System.nanoTime() - start) / 1e9);
      TheirQueries theirs = new TheirQueries(file);
      theirs.rows("PRAGMA wal_checkpoint(TRUNCATE)");
      String prefix = "| %,d | %d | %s |".formatted(events, Files.size(file) / events, caughtUp);
      Instant end = EventFile.START.plus(Duration.ofDays(EventFile.DAYS));
      Instant weekAgo = end.minus(Duration.ofDays(7));
      ReportQuery year = ReportQuery.ALL.since(EventFile.START).until(end);
      print(prefix, "whole report", telemetry::getEffectivenessReport, () -> theirs.report("TRUE"));
      print(
          prefix,
          "one skill",
          () -> telemetry.getEffectivenessReport("skill-07"),
          () -> theirs.report("skill_name = 'skill-07'"));
      print(
          prefix,
          "last 7 days",
          () -> telemetry.getEffectivenessReport(ReportQuery.ALL.since(weekAgo)),
          () -> theirs.report("timestamp >= '" + weekAgo + "'"));
      print(
          prefix,
          "trend of a skill, by day",
          () -> telemetry.getTrend(year.skill("skill-07"), TrendPeriod.DAY, ZoneOffset.UTC),
          () ->
              theirs.rows(
                  "SELECT substr(timestamp, 1, 10), COUNT(*), AVG(duration_ms) FROM skill_telemetry"
                      + " WHERE skill_name = 'skill-07' GROUP BY 1"));
      print(
          prefix,
          "getEvents(skill, 100)",
          () -> telemetry.getEvents("skill-07", 100),
          () ->
              theirs.rows(
                  "SELECT * FROM skill_telemetry WHERE skill_name = 'skill-07'"
                      + " ORDER BY timestamp DESC LIMIT 100"));
    }
  }

  private static void print(String prefix, String query, Callable<?> ours, Callable<?> theirs)
      throws Exception {
    System.out.printf(
        "%s %s | %.2f | %.2f |%n", prefix, query, median(ours, OURS), median(theirs, THEIRS));
  }

  /** In milliseconds, after a few that do not count. */
  private static double median(Callable<?> call, int times) throws Exception {
    for (int i = 0; i < times / 2; i++) {
      call.call();
    }
    double[] millis = new double[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      call.call();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[times / 2];
  }
}
