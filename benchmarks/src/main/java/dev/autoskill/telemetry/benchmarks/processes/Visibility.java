package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import programs.Living;

/** How long it takes until another program finds an event of a living process in the table. */
final class Visibility {

  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final Path folder;
  private final int uses;

  Visibility(Path folder, int uses) {
    this.folder = folder;
    this.uses = uses;
  }

  /** In milliseconds, for each event of some processes that live one after the other. */
  Samples measure(int processes) throws IOException, InterruptedException, SQLException {
    Programs living = new Programs(Living.class, folder.resolve("living"), Integer.toString(uses));
    Samples millis = new Samples();
    for (int i = 0; i < processes; i++) {
      Path run = Files.createDirectories(folder.resolve("run-" + i));
      Process process = living.compileTime().start(run);
      try {
        watch(process, Child.database(run), millis);
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    return millis;
  }

  private void watch(Process process, Path database, Samples millis) throws SQLException {
    Queue<Long> usedMillis = new ConcurrentLinkedQueue<>();
    Thread reader = new Thread(() -> read(process, usedMillis), "reads when skills were used");
    reader.setDaemon(true);
    reader.start();
    long start = System.currentTimeMillis();
    int found = 0;
    while (found < uses) {
      int visible = rows(database);
      long now = System.currentTimeMillis();
      // A row may be there before its program has told.
      while (found < visible && !usedMillis.isEmpty()) {
        millis.add(Math.max(0, now - usedMillis.remove()));
        found++;
        start = now;
      }
      if (now - start > PATIENCE_MILLIS) {
        throw new IllegalStateException("only " + found + " of " + uses + " events are visible");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
  }

  private static void read(Process process, Queue<Long> usedMillis) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().map(Long::valueOf).forEach(usedMillis::add);
    } catch (IOException e) {
      // The process has been ended.
    }
  }

  /** By plain SQL, on a connection of its own each time, as a command has it. */
  private static int rows(Path database) throws SQLException {
    if (Files.notExists(database)) {
      return 0;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      try (ResultSet table =
          statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'skill_telemetry'")) {
        if (!table.next()) {
          return 0;
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM skill_telemetry")) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
