package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.sync.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a push compares with psql's {@code \copy} of the same rows into the same table: {@code
 * -Dpush.events=300000}. Needs psql. Both in turns, each into a new database.
 */
@EnabledIfSystemProperty(named = "push.events", matches = "\\d+")
class PushSpeedTest {

  private static final int PAIRS = 5;

  /** Of 30 days, in the order in which they happened. */
  private static final String EVENTS =
      """
      WITH RECURSIVE event(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM event WHERE n < %1$d)
      INSERT INTO skill_telemetry
      SELECT printf('01KB%%06d', n) || hex(randomblob(8)), 'skill-' || n %% 50, 'skill-' || n %% 50,
        printf('00000000-0000-4000-8000-%%012d', n / 20), 'agent-' || n * 7 %% 11 %% 5,
        CASE WHEN n %% 10 > 0 THEN abs(random()) %% 5000 END,
        CASE abs(random()) %% 6 WHEN 3 THEN 'failure' WHEN 4 THEN 'partial' ELSE 'success' END,
        strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 1761739200 + n * 2592000.0 / %1$d, 'unixepoch')
      FROM event
      """;

  @TempDir Path home;

  @Test
  void aPushIsAtLeastHalfAsQuickAsCopy() throws Exception {
    Path rows = home.resolve("rows.txt");
    List<Double> ratios = new ArrayList<>();
    List<String> figures = new ArrayList<>();
    try (Server server = Server.in(home.resolve("server"))) {
      Store store = new Store(home);
      store.record(1, 1);
      store.sql(EVENTS.formatted(Integer.getInteger("push.events")));
      String first = server.database();
      long events = store.push(first).added();
      psql(first, "\\copy (SELECT * FROM skill_telemetry) TO '" + rows + "'");
      Store empty = new Store(Files.createDirectory(home.resolve("empty")));
      for (int pair = 0; pair < PAIRS; pair++) {
        String address = server.database();
        empty.push(address); // Makes the tables.
        long copied = psql(address, "\\copy skill_telemetry FROM '" + rows + "'");
        Server.execute(address, "TRUNCATE skill_telemetry");
        long begun = System.nanoTime();
        assertEquals(events, store.push(address).added());
        long pushed = System.nanoTime() - begun;
        ratios.add(copied / (double) pushed);
        figures.add(
            "copied in %d ms, pushed in %d ms".formatted(copied / 1_000_000, pushed / 1_000_000));
      }
    }
    ratios.sort(null);
    figures.add("rate of a push, of that of copying, in the middle: %.2f".formatted(ratios.get(2)));
    Files.write(Path.of("target", "push-speed.txt"), figures);
    assertTrue(ratios.get(PAIRS / 2) >= 0.5, figures.toString());
  }

  /** {@return how long it took, in nanoseconds} */
  private static long psql(String address, String command) throws Exception {
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder("psql", "-qXd", address.substring("jdbc:".length()), "-c", command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    return System.nanoTime() - begun;
  }
}
