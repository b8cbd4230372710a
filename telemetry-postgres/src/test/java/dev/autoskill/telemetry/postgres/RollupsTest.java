package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.TextResource;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.sync.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports are right whatever is rolled up: a user who may not read the rollups gets the same. */
class RollupsTest {

  private static final Instant NOW = Instant.ofEpochMilli(Store.NOW);
  private static final String ONE_MORE =
      "INSERT INTO skill_telemetry VALUES ('%s', 'new', 'new', 's', 'cursor', 5, 'success',"
          + " timestamptz '2025-11-10 12:00:00+00', gen_random_uuid())";

  @TempDir Path home;
  private Store store;
  private String address;
  private String reader;

  @BeforeEach
  void push() throws Exception {
    address = Server.shared().database();
    store = new Store(home);
    store.record(2_000, 1);
    store.push(address);
    reader = readerOf(address);
  }

  /** Somebody who may read the events, and nothing else. */
  private static String readerOf(String address) throws SQLException {
    String name = "reader_" + address.replaceAll(".*events_(\\d+).*", "$1");
    Server.execute(
        address,
        "CREATE ROLE " + name + " LOGIN",
        "GRANT SELECT ON skill_telemetry, autoskill_java_schema TO " + name);
    return address.replace("user=postgres", "user=" + name);
  }

  @Test
  void aPushRollsUpAllDays() throws Exception {
    assertEquals(0, staleDays());
    assertEquals(
        2_000,
        Server.number(address, "SELECT SUM(uses) FROM autoskill_java_rollup WHERE level = 0"));
    assertEquals(
        2_000,
        Server.number(address, "SELECT SUM(uses) FROM autoskill_java_rollup WHERE level = 7"));
    assertAnswersAreRight();
  }

  @Test
  void reportsReadNoEventsThatAreRolledUp() throws Exception {
    Server.execute(address, "UPDATE autoskill_java_rollup SET uses = uses + 7 WHERE level < 9");

    assertTrue(uses(address) > 2_000);
    assertEquals(2_000, uses(reader));
  }

  @Test
  void whoMayReadTheSourcesKnowsHowFreshReportsAre() throws Exception {
    Arrivals arrivals = reports(address).arrivals();

    assertEquals(1, arrivals.databases());
    assertEquals(
        Server.number(
            address, "SELECT autoskill_java_micros(pushed_at) FROM autoskill_java_source"),
        Micros.of(arrivals.last()));
    assertNull(reports(reader).arrivals());
  }

  @Test
  void changesOfEventsCountAtOnce() throws Exception {
    for (String change :
        List.of(
            ONE_MORE.formatted("1"),
            "UPDATE skill_telemetry SET timestamp = timestamp - interval '3 days' WHERE id = '1'",
            "UPDATE skill_telemetry SET skill_name = 'renamed' WHERE skill_name = 'skill-1'",
            "DELETE FROM skill_telemetry WHERE skill_name = 'skill-2'")) {
      Server.execute(address, change);
      assertAnswersAreRight();

      assertTrue(staleDays() > 0, change);
      store.push(address);
      assertEquals(0, staleDays(), change);
      assertAnswersAreRight();
    }
    String deleted = "SELECT COUNT(*) FROM autoskill_java_rollup WHERE skill_name = 'skill-2'";
    assertEquals(0, Server.number(address, deleted));
    Server.execute(address, "TRUNCATE skill_telemetry");
    assertEquals(0, uses(address));
    assertAnswersAreRight();
  }

  @Test
  void anEventThatIsCommittedWhileItsDayIsRolledUpIsNotLost() throws Exception {
    try (Connection slow = DriverManager.getConnection(address);
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      Server.execute(address, ONE_MORE.formatted("quick"));
      statement.execute(ONE_MORE.formatted("slow"));
      store.push(address);
      assertEquals(0, staleDays());
      assertEquals(2_001, uses(address));

      slow.commit();
    }
    assertEquals(2_002, uses(address));
    store.push(address);
    assertEquals(2_002, uses(address));
    assertAnswersAreRight();
  }

  @Test
  void whoMayOnlyInsertKeepsTheRollupsRight() throws Exception {
    String writer = address.replaceAll(".*events_(\\d+).*", "writer_$1");
    Server.execute(
        address,
        "CREATE ROLE " + writer + " LOGIN",
        "GRANT SELECT, INSERT ON skill_telemetry TO " + writer,
        "GRANT SELECT ON autoskill_java_schema TO " + writer,
        "GRANT SELECT, INSERT, UPDATE ON autoskill_java_source TO " + writer);
    store.record(100, 2);

    store.push(address.replace("user=postgres", "user=" + writer));

    assertEquals(0, staleDays());
    assertEquals(2_100, uses(address));
    assertAnswersAreRight();
  }

  @Test
  void tablesOfTheFirstVersionAreReadAndThenRolledUp() throws Exception {
    String older = Server.shared().database();
    Server.execute(
        older,
        TextResource.read(Schema.class, "schema-1.sql"),
        "INSERT INTO autoskill_java_schema VALUES (1)",
        ONE_MORE.formatted("old"));
    assertEquals(1, uses(older));

    store.push(older);

    assertEquals(2_001, uses(older));
    assertEquals(
        2_001, Server.number(older, "SELECT SUM(uses) FROM autoskill_java_rollup WHERE level = 0"));
  }

  private long staleDays() throws SQLException {
    return Server.number(address, "SELECT COUNT(*) FROM autoskill_java_stale WHERE level = 0");
  }

  private static long uses(String address) {
    return reports(address).effectiveness(ReportQuery.ALL).stream()
        .mapToLong(report -> report.totalUses())
        .sum();
  }

  private static PostgresReports reports(String address) {
    return new PostgresReports(
        PostgresTarget.of(address, null), Duration.ofSeconds(20), InstantSource.fixed(NOW));
  }

  private void assertAnswersAreRight() {
    PostgresReports rolledUp = reports(address);
    PostgresReports counted = reports(reader);
    ReportQuery window = ReportQuery.ALL.since(NOW.minus(Duration.ofDays(25)));
    for (ReportQuery query :
        List.of(ReportQuery.ALL, window, window.skill("skill-3"), window.agent("cursor"))) {
      assertEquals(counted.effectiveness(query), rolledUp.effectiveness(query), query.toString());
    }
    assertEquals(
        counted.trends(window, TrendPeriod.DAY, ZoneOffset.UTC),
        rolledUp.trends(window, TrendPeriod.DAY, ZoneOffset.UTC));
    assertEquals(
        counted.windows(NOW.minus(Duration.ofDays(29)), window),
        rolledUp.windows(NOW.minus(Duration.ofDays(29)), window));
  }
}
