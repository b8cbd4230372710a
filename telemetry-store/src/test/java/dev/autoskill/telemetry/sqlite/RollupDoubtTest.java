package dev.autoskill.telemetry.sqlite;

import static dev.autoskill.telemetry.report.ReportQuery.ALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.Recorded;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In any doubt about the rollups, the answer comes from the events. */
class RollupDoubtTest {

  private static final int EVENTS = 3000;
  private static final int PAGE_BYTES = 4096;

  @TempDir Path directory;

  private final Completeness completeness = new Completeness();

  /** Some bytes of the tables that a report reads, one at a time. */
  @ParameterizedTest
  @ValueSource(strings = {"state", "stale", "total", "day", "retained"})
  void oneDamagedByteNeverEmptiesAReport(String table) throws Exception {
    Path good = directory.resolve("good.db");
    long page;
    try (SqlFile file = rolledUp(good, SqlFile.TABLE)) {
      file.run("PRAGMA wal_checkpoint(TRUNCATE)");
      page =
          file.number(
              "SELECT rootpage FROM sqlite_master WHERE name = 'autoskill_java_" + table + "'");
    }
    for (long at = (page - 1) * PAGE_BYTES; at < page * PAGE_BYTES; at += 511) {
      Path damaged = directory.resolve("damaged.db");
      Files.copy(good, damaged, StandardCopyOption.REPLACE_EXISTING);
      try (RandomAccessFile bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
        bytes.seek(at);
        int old = bytes.read();
        bytes.seek(at);
        bytes.write(old ^ 0x15);
      }
      List<EffectivenessReport> reports =
          SqlFile.reports(
              new SqliteEventReader(
                  damaged, Duration.ofSeconds(5), Duration.ofMinutes(1), new Faults(null), true),
              ALL,
              completeness);
      assertEquals(
          EVENTS,
          reports.stream().mapToLong(EffectivenessReport::totalUses).sum(),
          table + ", byte " + at);
    }
    // Nobody knows what an unreadable table of retained counts held.
    assertTrue(completeness.isComplete() || table.equals("retained"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE autoskill_java_total SET uses = uses + 1",
        "UPDATE autoskill_java_total SET failures = 'many'",
        "UPDATE autoskill_java_total SET buckets = 'x'",
        "UPDATE autoskill_java_total SET buckets = '\"7\":1'",
        "DELETE FROM autoskill_java_total WHERE skill = 'n-3'",
        "DELETE FROM autoskill_java_state",
        "ALTER TABLE autoskill_java_total DROP COLUMN partials",
        "ALTER TABLE autoskill_java_total ADD COLUMN more"
      })
  void whatDoesNotAddUpIsCountedAnew(String damage) throws Exception {
    try (SqlFile file = rolledUp(directory.resolve("t.db"), SqlFile.TABLE)) {
      file.run(damage);
      for (boolean mayWrite : new boolean[] {false, true}) {
        assertEquals(
            NaiveReport.of(NaiveReport.rows(file.connection()), ALL),
            SqlFile.reports(file.reader(mayWrite), ALL, completeness),
            "may write: " + mayWrite);
      }
      assertTrue(completeness.isComplete());
      file.faults().clear();
      file.rollUp();
      assertEquals(0, file.reader().checkRollups().differences());
      assertEquals(EVENTS, file.reader().checkRollups().counted());
    }
  }

  /** As where a damaged file was recovered in part, with its tables and triggers. */
  @Test
  void rowsThatWentWithoutATriggerAreNotCounted() throws Exception {
    for (boolean mayWrite : new boolean[] {false, true}) {
      try (SqlFile file = rolledUp(directory.resolve(mayWrite + ".db"), SqlFile.TABLE)) {
        String trigger =
            RollupSql.SCHEMA.stream()
                .filter(sql -> sql.contains("autoskill_java_deleted"))
                .findFirst()
                .orElseThrow();
        file.run(
            "DROP TRIGGER autoskill_java_deleted",
            "DELETE FROM skill_telemetry WHERE rowid BETWEEN 100 AND 900",
            trigger);

        assertEquals(
            NaiveReport.of(NaiveReport.rows(file.connection()), ALL),
            SqlFile.reports(file.reader(mayWrite), ALL, completeness),
            "may write: " + mayWrite);
      }
    }
    assertTrue(completeness.isComplete());
  }

  /** Nothing can count them anew. */
  @Test
  void whereRetainedCountsAreDamagedTheEventsAreReportedAsIncomplete() throws Exception {
    try (SqlFile file = rolledUp(directory.resolve("t.db"), SqlFile.TABLE)) {
      file.run(
          "INSERT INTO autoskill_java_retained SELECT skill, agent, 1, uses, successes, failures,"
              + " partials, skipped, timed, ms, first, last, 'x' FROM autoskill_java_total");

      List<EffectivenessReport> reports = SqlFile.reports(file.reader(false), ALL, completeness);

      assertEquals(NaiveReport.of(NaiveReport.rows(file.connection()), ALL), reports);
      assertFalse(completeness.isComplete());

      assertTrue(file.reader().repairRollups());
      Completeness repaired = new Completeness();
      assertEquals(
          2L * EVENTS,
          SqlFile.reports(file.reader(), ALL, repaired).stream()
              .mapToLong(EffectivenessReport::totalUses)
              .sum());
      assertTrue(repaired.isComplete());
    }
  }

  /** Counting anew does not help. */
  @Test
  @Timeout(120)
  void upkeepEndsWhereTheEventsThemselvesAreDamaged() throws Exception {
    Path path = directory.resolve("t.db");
    new SqlFile(path, SqlFile.TABLE).run(SqlFile.insert(1, EVENTS)).close();
    try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
      for (int page = 30; page < 40; page++) {
        bytes.seek((long) page * PAGE_BYTES);
        bytes.write(0x55);
      }
    }
    Faults faults = new Faults(null);
    SqliteEventReader reader =
        new SqliteEventReader(path, Duration.ofSeconds(5), Duration.ofHours(1), faults, true);

    assertFalse(reader.repairRollups());
    assertEquals(List.of(), SqlFile.reports(reader, ALL, completeness));
    assertFalse(completeness.isComplete());
    assertTrue(faults.count() > 0);
  }

  /** Its counts are no longer those of the checksum, and stay in doubt. */
  @Test
  void forgettingASkillDoesNotMakeDamagedTotalsRight() throws Exception {
    try (SqlFile file = rolledUp(directory.resolve("t.db"), SqlFile.TABLE)) {
      file.run("UPDATE autoskill_java_total SET uses = uses + 1 WHERE skill = 'n-3'");

      assertTrue(file.reader().forget("n-4"));

      file.assertReportIsRight("forgotten");
    }
  }

  @Test
  void aTableWithoutRowidsHasEventsAndReports() throws Exception {
    String table = SqlFile.TABLE.stripTrailing() + " WITHOUT ROWID";
    try (SqlFile file = new SqlFile(directory.resolve("t.db"), table)) {
      file.run(SqlFile.insert(1, EVENTS));
      Faults faults = new Faults(file.faults()::add);
      TelemetryEvent event =
          new TelemetryEvent(
              "own",
              "i",
              "own",
              "s",
              "a",
              1L,
              Outcome.SUCCESS,
              Instant.parse("2026-01-01T00:00:00Z"));
      try (SqliteEventStore store =
          new SqliteEventStore(file.path(), Duration.ofSeconds(5), faults, null)) {
        assertEquals(1, store.store(Recorded.all(event)).added());
        store.maintain();
        assertFalse(store.maintain());
      }

      file.assertReportIsRight("stored");
      assertEquals(
          List.of(event), file.reader().newestEvents(ALL.skill("own").limit(5), completeness));
      assertEquals(Status.NOT_KEPT, file.reader().checkRollups().status());
      assertEquals(List.of(), file.faults());
      assertTrue(completeness.isComplete());
    }
  }

  private static SqlFile rolledUp(Path path, String table) throws Exception {
    return new SqlFile(path, table).run(SqlFile.insert(1, EVENTS)).rollUp();
  }
}
