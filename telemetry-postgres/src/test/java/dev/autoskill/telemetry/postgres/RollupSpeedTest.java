package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.sync.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a report over many events takes: {@code -Dpostgres.events=10000000} makes so many, of a
 * year, 50 skills and 5 agents, the last of them today.
 */
@EnabledIfSystemProperty(named = "postgres.events", matches = "\\d+")
class RollupSpeedTest {

  private static final int DAYS = 365;
  private static final int REPORTS = 51;

  private static final String EVENTS =
      """
      INSERT INTO skill_telemetry
      SELECT lpad(CAST(%1$d * CAST(1e9 AS bigint) + n AS text), 26, '0'), 'skill-' || n %% 50,
        'skill-' || n %% 50, 'session-' || n / 20, 'agent-' || n * 7 %% 11 %% 5,
        CASE WHEN n %% 10 > 0 THEN floor(exp(5 + random_normal(0, 1.5))) END,
        (ARRAY['success', 'success', 'success', 'failure', 'partial', 'skipped'])[1 + n * 5 %% 13 %% 6],
        date_trunc('day', now(), 'UTC') - %1$d * interval '1 day' + random() * interval '1 day',
        gen_random_uuid()
      FROM generate_series(1, %2$d) AS n
      """;

  @TempDir Path home;

  @Test
  void theWholeReportTakesLessThanATenthOfASecond() throws Exception {
    long events = Long.getLong("postgres.events");
    try (Server server = Server.in(home.resolve("server"))) {
      String address = server.database();
      Store store = new Store(home);
      store.push(address);
      for (int day = 0; day < DAYS; day++) {
        Server.execute(address, EVENTS.formatted(day, events / DAYS));
      }
      long begun = System.nanoTime();
      int pushes = 0;
      String totals = "SELECT COUNT(*) FROM autoskill_java_rollup WHERE level = 7";
      while (Server.number(address, totals) == 0) {
        store.push(address);
        pushes++;
      }
      long rollingUpMs = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      // After a while a server's autovacuum has done that.
      Server.execute(address, "VACUUM ANALYZE");

      List<String> figures = new ArrayList<>();
      figures.add(events + " events rolled up in ms, in pushes: " + rollingUpMs + ", " + pushes);
      for (String table : List.of("skill_telemetry", "autoskill_java_rollup")) {
        String size = "SELECT pg_total_relation_size('" + table + "') / 1000000";
        figures.add(table + " MB: " + Server.number(address, size));
      }
      PostgresReports reports = reports(address);
      Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(27));
      long whole = measure("whole", reports, ReportQuery.ALL, figures);
      measure("28 days", reports, ReportQuery.ALL.since(start), figures);
      measure("one skill", reports, ReportQuery.ALL.skill("skill-7"), figures);
      // These come after the last push, so today is stale.
      Server.execute(address, EVENTS.formatted(0, 1_000).replace("lpad(", "'later-' || lpad("));
      measure("whole, today's events counted", reports, ReportQuery.ALL, figures);
      Server.execute(
          address,
          "CREATE ROLE reader LOGIN",
          "GRANT SELECT ON skill_telemetry TO reader",
          "GRANT SELECT ON autoskill_java_schema TO reader");
      String reader = address.replace("user=postgres", "user=reader");
      begun = System.nanoTime();
      List<EffectivenessReport> counted = reports(reader).effectiveness(ReportQuery.ALL);
      figures.add(
          "by reading all events, ms: " + Duration.ofNanos(System.nanoTime() - begun).toMillis());
      Files.write(Path.of("target", "rollup-speed.txt"), figures);

      assertEquals(counted, reports(address).effectiveness(ReportQuery.ALL));
      assertTrue(whole < 100, figures.toString());
    }
  }

  private static PostgresReports reports(String address) {
    return new PostgresReports(
        PostgresTarget.of(address, null), Duration.ofMinutes(2), InstantSource.system());
  }

  /**
   * {@return the shortest time in milliseconds: longer ones measure the rest of the machine, too}
   */
  private static long measure(
      String what, PostgresReports reports, ReportQuery query, List<String> figures) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < REPORTS; i++) {
      long begun = System.nanoTime();
      reports.effectiveness(query);
      times.add(Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }
    long first = times.get(0);
    Collections.sort(times);
    figures.add(
        "%s, ms, shortest, median, longest and first: %d, %d, %d, %d"
            .formatted(what, times.get(0), times.get(REPORTS / 2), times.get(REPORTS - 1), first));
    return times.get(0);
  }
}
