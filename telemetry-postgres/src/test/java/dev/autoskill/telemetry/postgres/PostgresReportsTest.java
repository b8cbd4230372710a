package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.ReportOrder;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.sync.Store;
import dev.autoskill.telemetry.sync.SyncException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server answers as a local database does that has the events of all sources. */
class PostgresReportsTest {

  private static final Path INTEROP = Path.of("..", "telemetry-store/src/test/resources/interop");
  private static final Instant NOW = Instant.ofEpochMilli(Store.NOW);

  @TempDir Path home;
  private String address;
  private PostgresReports server;

  @BeforeEach
  void makeServer() throws Exception {
    address = Server.shared().database();
    server =
        new PostgresReports(
            PostgresTarget.of(address, null), Duration.ofSeconds(20), InstantSource.fixed(NOW));
  }

  @Test
  void theUnionOfTwoSourcesIsReported() throws Exception {
    Store union = new Store(Files.createDirectory(home.resolve("union")));
    union.record(1, 0);
    union.sql("DELETE FROM skill_telemetry");
    for (int i = 1; i <= 2; i++) {
      Store store = new Store(Files.createDirectory(home.resolve("store-" + i)));
      store.record(2_000, i);
      store.push(address);
      union.sql(
          "ATTACH '" + store.file + "' AS other",
          "INSERT INTO skill_telemetry SELECT * FROM other.skill_telemetry");
    }
    assertAnswersAlike(union);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "python", "mixed"})
  void whatOtherToolsWroteIsReported(String tool) throws Exception {
    Store store = new Store(home);
    Files.copy(INTEROP.resolve("auto-skill-%s.db".formatted(tool)), store.file);

    store.push(address);

    assertAnswersAlike(store);
  }

  @Test
  void strangeDurationsAndMomentsAreReported() throws Exception {
    Store store = new Store(home);
    store.record(12, 1);
    List<String> changes = new ArrayList<>();
    String[] durations = {"-5", "31.9", "12.5", "9e999", "'4x'", "1e15", "x'00'", "33.25"};
    for (int i = 0; i < durations.length; i++) {
      changes.add(
          "UPDATE skill_telemetry SET duration_ms = %s WHERE rowid = %d"
              .formatted(durations[i], i + 1));
    }
    changes.add("UPDATE skill_telemetry SET timestamp = 'never' WHERE rowid = 10");
    changes.add("UPDATE skill_telemetry SET timestamp = '2025-11-01' WHERE rowid = 11");
    changes.add("UPDATE skill_telemetry SET outcome = 'Success' WHERE rowid = 12");
    store.sql(changes.toArray(String[]::new));

    store.push(address);

    assertAnswersAlike(store);
  }

  private void assertAnswersAlike(Store store) {
    try (TelemetryCollector telemetry = store.open()) {
      Reports local = telemetry.reports();
      Instant since = NOW.minus(Duration.ofDays(20)).plusNanos(1_234_567);
      ReportQuery window = ReportQuery.ALL.since(since).until(NOW.minus(Duration.ofDays(3)));
      List<ReportQuery> queries =
          List.of(
              ReportQuery.ALL,
              ReportQuery.ALL.withSessions(),
              window,
              window.skill("skill-1").withSessions(),
              window.agent("cursor").order(ReportOrder.SLOWEST).limit(3),
              window.session("s-3").order(ReportOrder.LAST_USED),
              ReportQuery.ALL.id("skill-2").order(ReportOrder.NAME),
              ReportQuery.ALL.minimumUses(280).order(ReportOrder.LEAST_SUCCESSFUL));
      assertFalse(local.effectiveness(ReportQuery.ALL).isEmpty());
      for (ReportQuery query : queries) {
        assertEquals(local.effectiveness(query), server.effectiveness(query), query.toString());
        assertEquals(newestFirst(local.events(query)), server.events(query));
      }
      assertEquals(local.summaries(queries), server.summaries(queries));
      for (ZoneId zone : List.of(ZoneOffset.UTC, ZoneId.of("Europe/Berlin"))) {
        for (TrendPeriod period : TrendPeriod.values()) {
          ReportQuery query = ReportQuery.ALL.since(since);
          assertEquals(local.trend(query, period, zone), server.trend(query, period, zone));
          assertEquals(local.trends(query, period, zone), server.trends(query, period, zone));
          query = window.skill("skill-1");
          assertEquals(local.trend(query, period, zone), server.trend(query, period, zone));
        }
      }
      Instant start = since.minus(Duration.ofDays(5));
      assertEquals(local.windows(start, window), server.windows(start, window));
      window = ReportQuery.ALL.agent("cursor").since(NOW.minus(Duration.ofDays(1)));
      assertEquals(local.windows(start, window), server.windows(start, window));
      assertTrue(local.isComplete());
    }
  }

  /** The local order is that of the timestamps' texts, and then that of storage. */
  private static List<TelemetryEvent> newestFirst(List<TelemetryEvent> events) {
    return events.stream()
        .sorted(
            Comparator.comparing(TelemetryEvent::timestamp)
                .thenComparing(TelemetryEvent::id)
                .reversed())
        .toList();
  }

  @Test
  void theServersBucketsAreThoseOfTheHistogram() throws Exception {
    new Store(home).push(address);
    Random random = new Random(1);
    List<Long> durations = new ArrayList<>(List.of(-1L, 0L, 31L, 32L, 33L, 1_000_000_000_000L));
    for (int i = 0; i < 40; i++) {
      durations.add(1L << i);
      durations.add((1L << i) - 1);
      durations.add(random.nextLong(1L << i));
    }
    List<String> expected =
        durations.stream().map(ms -> String.valueOf(DurationHistogram.bucketOf(ms))).toList();

    List<String> found =
        Server.rows(
            address,
            "SELECT autoskill_java_bucket(ms) FROM unnest(ARRAY%s::float8[]) ms"
                .formatted(durations));

    assertEquals(expected, found);
  }

  @Test
  void aServerWithoutEventsSaysSo() {
    SyncException thrown =
        assertThrows(SyncException.class, () -> server.effectiveness(ReportQuery.ALL));

    assertTrue(thrown.getMessage().endsWith("nothing has been pushed there yet"));
  }
}
