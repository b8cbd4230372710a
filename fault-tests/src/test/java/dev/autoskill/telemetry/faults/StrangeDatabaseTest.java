package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In place of the database there is a file that the library must not write to. */
class StrangeDatabaseTest extends FaultTest {

  private static final String TABLE =
      "CREATE TABLE skill_telemetry (id TEXT PRIMARY KEY, skill_id TEXT NOT NULL,"
          + " skill_name TEXT NOT NULL, session_id TEXT NOT NULL,"
          + " agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER,"
          + " outcome TEXT NOT NULL, timestamp TEXT NOT NULL)";
  private static final int PAGE_BYTES = 4096;

  private static final String INSERT =
      "INSERT INTO skill_telemetry VALUES (hex(randomblob(16)), 's', 's', 'x', 'a', 1,"
          + " 'success', '2026-01-01T00:00:00.000Z')";

  @Test
  void aFileOfGarbageStaysAsItIs() throws Exception {
    write("This is no database.\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));

    assertPlainInsertFails("not a database");
    assertWaitsAndLeavesTheFileAlone("is not a SQLite database, or it is encrypted");
  }

  @Test
  void anEncryptedFileStaysAsItIs(Random random) throws Exception {
    byte[] noise = new byte[16 * 4096];
    random.nextBytes(noise);
    write(noise);

    assertPlainInsertFails("not a database");
    assertWaitsAndLeavesTheFileAlone("is not a SQLite database, or it is encrypted");
  }

  @Test
  void aTruncatedDatabaseStaysAsItIs(Random random) throws Exception {
    make(TABLE, INSERT.replace("VALUES", "SELECT").replace("(hex", "hex").replace("Z')", "Z'"));
    for (int i = 0; i < 10; i++) {
      make(
          "INSERT INTO skill_telemetry SELECT hex(randomblob(16)), skill_id, skill_name,"
              + " session_id, agent_id, duration_ms, outcome, timestamp FROM skill_telemetry");
    }
    byte[] whole = Files.readAllBytes(database());
    // By a page at least: SQLite takes the rest of a last page that is cut for zeros.
    write(Arrays.copyOf(whole, 100 + random.nextInt(whole.length - PAGE_BYTES - 100)));

    assertPlainInsertFails("malformed");
    assertWaitsAndLeavesTheFileAlone("the database is damaged");
  }

  @Test
  void aDatabaseWithADamagedPageStaysAsItIs() throws Exception {
    make(TABLE, "CREATE INDEX i ON skill_telemetry(skill_id)");
    byte[] bytes = Files.readAllBytes(database());
    // The root of the table.
    Arrays.fill(bytes, PAGE_BYTES, 2 * PAGE_BYTES, (byte) 0x55);
    write(bytes);

    assertPlainInsertFails("malformed");
    assertWaitsAndLeavesTheFileAlone("the database is damaged");
  }

  @Test
  void aDatabaseOfANewerVersionStaysAsItIs() throws Exception {
    make(TABLE, "PRAGMA user_version = 1000000");

    assertEquals("1000000", query("PRAGMA user_version"));
    assertWaitsAndLeavesTheFileAlone("made by a newer version");
  }

  @Test
  void aTableOfAnotherShapeStaysAsItIs() throws Exception {
    make("CREATE TABLE skill_telemetry (name TEXT, uses INTEGER)");

    assertPlainInsertFails("has 2 columns");
    assertWaitsAndLeavesTheFileAlone("has another shape");
  }

  @Test
  void aTableThatDemandsMoreStaysAsItIs() throws Exception {
    make(TABLE.replace("agent_id", "tenant TEXT NOT NULL, agent_id"));

    assertPlainInsertFails("has 9 columns");
    assertWaitsAndLeavesTheFileAlone("has another shape");
  }

  @Test
  void aViewStaysAsItIs() throws Exception {
    make(
        TABLE.replace("skill_telemetry", "another"),
        "CREATE VIEW skill_telemetry AS SELECT * FROM another");

    assertPlainInsertFails("because it is a view");
    assertWaitsAndLeavesTheFileAlone("has another shape");
  }

  private void assertPlainInsertFails(String why) {
    SQLException refused = assertThrows(SQLException.class, () -> make(INSERT));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  private void assertWaitsAndLeavesTheFileAlone(String trouble) throws IOException {
    byte[] before = Files.readAllBytes(database());
    try (ProgramProcess program =
        launch()
            .with(
                "-Dautoskill.telemetry.close-timeout=100",
                "-Dautoskill.telemetry.query-timeout=100")
            .start()) {
      use(program, USES);
      awaitTrouble(program, trouble);
      assertEquals(0, program.number("report"));
      awaitSpooled(program);
      Stats stats = program.balancedStats();
      assertEquals(USES, stats.recorded());
      assertTrue(stats.faults() > 0);
      program.ask("close");
      program.end();
    }
    assertArrayEquals(before, Files.readAllBytes(database()));
    assertEquals(List.of("telemetry.db", "telemetry.db-spool"), filesBeside());

    Files.delete(database());
    assertEquals(USES, reportOfAnother(launch()));
  }

  private List<String> filesBeside() throws IOException {
    try (Stream<Path> files = Files.list(database().getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void write(byte[] bytes) throws IOException {
    Files.createDirectories(database().getParent());
    Files.write(database(), bytes);
  }

  private void make(String... statements) throws SQLException, IOException {
    Files.createDirectories(database().getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String query(String sql) throws SQLException {
    try (Stored stored = Stored.in(database())) {
      return stored.text(sql);
    }
  }
}
