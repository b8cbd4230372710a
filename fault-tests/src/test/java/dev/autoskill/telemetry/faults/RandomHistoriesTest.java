package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two JVMs, {@code sqlite3} and Python do at random what can be done to a database and its file.
 * After each step, each JVM's complete report is what the rows that are there add up to.
 */
class RandomHistoriesTest extends FaultTest {

  private static final int HISTORIES = FaultRun.pick(2, 40);
  private static final int STEPS = FaultRun.pick(25, 80);

  private static final String COLUMNS =
      "id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome, timestamp";

  private static final String EXECUTE =
      "import sqlite3, sys\n"
          + "connection = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)\n"
          + "connection.executescript(sys.argv[2])";

  private static final String BACK_UP =
      "import sqlite3, sys\n"
          + "sqlite3.connect(sys.argv[1], timeout=30).backup(sqlite3.connect(sys.argv[2]))";

  private final List<String> steps = new ArrayList<>();
  private final List<Path> copies = new ArrayList<>();
  private Path database;
  private ProgramProcess one;
  private ProgramProcess other;
  private int added;

  /** Events in the life of a database. */
  private enum Step {
    USE,
    USE_OF_OTHER,
    INSERT,
    DELETE,
    UPDATE,
    RENAME_SKILL,
    MOVE_IN_TIME,
    REPLACE,
    VACUUM,
    ADD_COLUMN,
    RENAME_TABLE,
    BACK_UP,
    RESTORE,
    PUT_COPY_IN_PLACE,
    COPY_OVER,
    COPY_WITH_LOG,
    COPY_WITHOUT_LOG
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void everyReportIsWhatTheRowsAddUpTo(Random random) throws Exception {
    Means.assumeWorks("sqlite3", "-version");
    Means.assumeWorks("python3", "-c", "import sqlite3");
    for (int history = 0; history < HISTORIES; history++) {
      database = directory.resolve("history-" + history + "/telemetry.db");
      steps.clear();
      copies.clear();
      try (ProgramProcess first = launch(database).named("one-" + history).start();
          ProgramProcess second = launch(database).named("other-" + history).start()) {
        one = first;
        other = second;
        take(Step.USE, random);
        take(Step.BACK_UP, random);
        for (int i = 0; i < STEPS; i++) {
          take(Step.values()[random.nextInt(Step.values().length)], random);
        }
        one.end();
        other.end();
      } catch (AssertionError e) {
        throw new AssertionError(String.join("\n", steps), e);
      }
      assertIntact();
    }
    Figures.note("random histories", HISTORIES + " of " + STEPS + " steps each");
  }

  private void take(Step step, Random random) throws Exception {
    int number = random.nextInt(1_000_000);
    boolean isPython = random.nextBoolean();
    steps.add(step + (isPython ? " by python " : " by sqlite3 ") + number);
    Path copy = copies.isEmpty() ? null : copies.get(random.nextInt(copies.size()));
    switch (step) {
      case USE -> useAndStore(one, 1 + number % 50);
      case USE_OF_OTHER -> useAndStore(other, 1 + number % 50);
      case BACK_UP -> backUp(isPython);
      case RESTORE ->
          run("sqlite3", "-cmd", ".timeout 30000", database.toString(), ".restore " + copy);
      case PUT_COPY_IN_PLACE -> {
        Path near = database.resolveSibling("near");
        run("cp", copy.toString(), near.toString());
        run("mv", "-f", near.toString(), database.toString());
      }
      case COPY_OVER -> {
        // No transaction may come in the middle of it.
        awaitRest(database);
        run("cp", copy.toString(), database.toString());
      }
      case COPY_WITH_LOG -> assertCopyIsRight(number, "", "-wal");
      case COPY_WITHOUT_LOG -> assertCopyIsRight(number, "");
      default -> execute(isPython, database, sql(step, number));
    }
    // The library is the first to open a file that took another's place.
    String ofOne = awaitReports(one);
    String ofOther = awaitReports(other);
    String naive = NaiveReport.of(database);
    assertEquals(naive, ofOne);
    assertEquals(naive, ofOther);
  }

  private String sql(Step step, int number) {
    return switch (step) {
      case INSERT -> insert(number, 1 + number % 700);
      case DELETE -> "DELETE FROM skill_telemetry WHERE rowid % 7 = " + number % 7;
      case UPDATE ->
          "UPDATE skill_telemetry SET outcome = 'failure', duration_ms = rowid WHERE rowid % 11 = "
              + number % 11;
      case RENAME_SKILL ->
          "UPDATE skill_telemetry SET skill_name = 'n-" + number % 9 + "' WHERE rowid % 13 = 1";
      case MOVE_IN_TIME ->
          "UPDATE skill_telemetry SET timestamp = '2026-0"
              + (1 + number % 9)
              + "-01T00:00:00.000Z' WHERE rowid % 17 = 2";
      case REPLACE ->
          "REPLACE INTO skill_telemetry("
              + COLUMNS
              + ") SELECT id, skill_id, 'replaced', session_id, agent_id, 5, 'partial', timestamp"
              + " FROM skill_telemetry WHERE rowid % 5 = "
              + number % 5;
      case ADD_COLUMN -> "ALTER TABLE skill_telemetry ADD COLUMN extra_" + added++ + " TEXT";
      case RENAME_TABLE ->
          "ALTER TABLE skill_telemetry RENAME TO elsewhere;"
              + " ALTER TABLE elsewhere RENAME TO skill_telemetry";
      case VACUUM -> "VACUUM";
      default -> throw new IllegalArgumentException(step.toString());
    };
  }

  private static String insert(int number, int count) {
    return """
        INSERT INTO skill_telemetry(%s)
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT lower(hex(randomblob(16))), 'i-' || (i %% 5), 'n-' || ((i + %d) %% 6), 's-' || i,
            'a-' || (i %% 3), CASE i %% 4 WHEN 0 THEN NULL ELSE i * 7 %% 5000 END,
            CASE i %% 6 WHEN 0 THEN 'failure' WHEN 1 THEN 'skipped' WHEN 2 THEN 'odd'
              ELSE 'success' END,
            strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 1700000000 + 3600 * ((i * 31 + %d) %% 5000), 'unixepoch')
          FROM n"""
        .formatted(COLUMNS, count, number, number);
  }

  private void useAndStore(ProgramProcess program, int uses) {
    program.ask("use " + uses);
    awaitStored(program);
  }

  private void backUp(boolean isPython) throws IOException {
    Path copy = database.resolveSibling("copies-" + copies.size());
    if (isPython) {
      run("python3", "-c", BACK_UP, database.toString(), copy.toString());
    } else {
      run("sqlite3", "-cmd", ".timeout 30000", database.toString(), ".backup " + copy);
    }
    copies.add(copy);
  }

  /** A reader keeps the log from being emptied, so that there is something in it to copy. */
  private void assertCopyIsRight(int number, String... suffixes) throws Exception {
    // Else a checkpoint may come while the file is copied.
    awaitEmptyLog();
    Path made = Files.createDirectory(database.resolveSibling("made-" + steps.size()));
    try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("SELECT * FROM skill_telemetry").next();
      execute(false, database, insert(number, 100));
      for (String suffix : suffixes) {
        run("cp", database + suffix, made.resolve("telemetry.db") + suffix);
      }
    }
    Path copy = made.resolve("telemetry.db");
    try (ProgramProcess third = launch(copy).start()) {
      useAndStore(third, 3);
      assertEquals(NaiveReport.of(copy), awaitReports(third));
      third.end();
    }
  }

  /** Nothing but SQLite can read a log; an idle process moves what is in it into the database. */
  private void awaitEmptyLog() {
    long deadline = System.nanoTime() + 60_000_000_000L;
    Path log = Path.of(database + "-wal");
    while (log.toFile().length() > 0) {
      assertTrue(System.nanoTime() < deadline, "the log is not emptied");
      Thread.onSpinWait();
    }
  }

  private static void execute(boolean isPython, Path file, String sql) throws IOException {
    if (isPython) {
      run("python3", "-c", EXECUTE, file.toString(), sql);
    } else {
      run("sqlite3", "-cmd", ".timeout 30000", file.toString(), sql);
    }
  }

  private static void run(String... command) throws IOException {
    Means.Result result = Means.run(command);
    assertEquals(new Means.Result(0, ""), result, () -> String.join(" ", command));
  }

  private void assertIntact() throws SQLException {
    try (Stored stored = Stored.in(database)) {
      stored.assertIntact();
    }
  }
}
