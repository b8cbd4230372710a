package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The triggers run in other programs' SQLites, which may be years old. */
class OldSqliteTest {

  private static final Path DRIVER = Path.of("target/old-sqlite/sqlite-jdbc-3.25.2.jar");

  @TempDir Path directory;

  @Test
  void anOldSqliteRunsTheTriggers() throws Exception {
    assertTrue(Files.exists(DRIVER), "the build copies it");
    try (URLClassLoader loader =
            new URLClassLoader(
                new URL[] {DRIVER.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        SqlFile file =
            new SqlFile(directory.resolve("t.db"), SqlFile.TABLE, SqlFile.insert(1, 3000))) {
      file.rollUp();
      Driver driver =
          (Driver) loader.loadClass("org.sqlite.JDBC").getDeclaredConstructor().newInstance();
      try (Connection old = driver.connect("jdbc:sqlite:" + file.path(), new Properties());
          Statement statement = old.createStatement()) {
        assertEquals("3.25.2", old.getMetaData().getDatabaseProductVersion());
        for (String sql :
            new String[] {
              SqlFile.insertOne("plain", "2026-01-01T00:00:00.000Z"),
              "INSERT OR REPLACE INTO skill_telemetry SELECT * FROM skill_telemetry WHERE rowid < 9",
              "INSERT INTO skill_telemetry SELECT * FROM skill_telemetry WHERE rowid = 20"
                  + " ON CONFLICT (id) DO UPDATE SET outcome = 'failure'",
              "UPDATE OR ROLLBACK skill_telemetry SET agent_id = 'z' WHERE rowid % 7 = 0",
              "UPDATE skill_telemetry SET rowid = rowid + 10000 WHERE rowid = 33",
              "DELETE FROM skill_telemetry WHERE rowid % 11 = 0",
              "INSERT INTO skill_telemetry (rowid, id, skill_id, skill_name, session_id, outcome,"
                  + " timestamp) VALUES (22, 'x', 'i', 'n-1', 's', 'success', '2026-01-01')",
              "DELETE FROM skill_telemetry WHERE rowid > 2990"
            }) {
          statement.execute(sql);
        }
      }
      assertTrue(file.number("SELECT COUNT(*) FROM autoskill_java_stale") > 0);
      file.assertReportIsRight("changed by an old SQLite");
      assertEquals(0, file.reader().checkRollups().differences());
    }
  }
}
