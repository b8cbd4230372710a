package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several class loaders of one JVM have the library, and with it a copy of SQLite each. Locks of
 * POSIX systems do not hold between them, and what one maps into memory the other cuts off.
 */
class ClassLoadersTest {

  private static final int LOADERS = 3;

  @TempDir Path directory;

  @Test
  void useOneDatabaseInTurnsAndLoseNothing() throws Exception {
    Path database = directory.resolve("telemetry.db");

    assertEquals("stored\n".repeat(LOADERS), output(database));

    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      assertEquals(List.of("ok"), texts(statement, "PRAGMA integrity_check"));
      String each =
          "SELECT skill_name || ' ' || COUNT(*) || ' ' || COUNT(DISTINCT session_id)"
              + " FROM skill_telemetry GROUP BY skill_name ORDER BY skill_name";
      int uses = ClassLoaderWork.COLLECTORS * ClassLoaderWork.BATCHES * ClassLoaderWork.USES;
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < LOADERS; i++) {
        expected.add("loader" + i + " " + uses + " " + uses);
      }
      assertEquals(expected, texts(statement, each));
    }
  }

  private String output(Path database) throws Exception {
    File out = directory.resolve("out.txt").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                ClassLoadersProgram.class.getName(),
                database.toString(),
                Integer.toString(LOADERS))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out)
            .start();
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        throw new AssertionError("still running: " + Files.readString(out.toPath()));
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(out.toPath());
  }

  private static List<String> texts(Statement statement, String sql) throws Exception {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
