package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.sync.PushProgram;
import dev.autoskill.telemetry.sync.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pushes are killed at any point, and the server is restarted; nothing is lost or counted twice.
 */
class KilledPushesTest {

  private static final int ROUNDS = Boolean.getBoolean("full") ? 40 : 3;
  private static final String COUNT = "SELECT COUNT(*) FROM skill_telemetry";

  @TempDir Path directory;
  private final Random random = new Random(20_261_129);

  @Test
  void theServerHasExactlyTheUnion() throws Exception {
    try (Server server = Server.in(directory.resolve("server"))) {
      String address = server.database();
      List<Store> stores = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        stores.add(new Store(Files.createDirectory(directory.resolve("store-" + i))));
        stores.get(i).record(8_000, i);
      }
      // Two machines with the same beginning.
      Files.copy(stores.get(0).file, directory.resolve("store-3.db"));
      Store copy = new Store(Files.createDirectory(directory.resolve("store-3")));
      Files.move(directory.resolve("store-3.db"), copy.file);
      stores.add(copy);
      stores.get(0).push(address);
      int killed = 0;
      for (int round = 0; round < ROUNDS; round++) {
        killed += pushAndKill(stores, address);
        for (Store store : stores) {
          store.record(2_500, random.nextLong());
        }
        server.restart();
      }
      assertTrue(killed > 0, "some pushes were not over yet");

      for (int i = 0; i < 2; i++) {
        stores.forEach(store -> store.push(address));
      }

      Map<String, Event> union = new TreeMap<>();
      for (Store store : stores) {
        read(store, union);
      }
      assertEquals(
          List.copyOf(union.keySet()),
          Server.rows(address, "SELECT id FROM skill_telemetry ORDER BY id"));
      assertEquals(naive(union), reported(address));
      assertEquals(4, Server.number(address, "SELECT COUNT(*) FROM autoskill_java_source"));
    }
  }

  /** Each is killed when a random number of events has arrived, or is over before. */
  private int pushAndKill(List<Store> stores, String address) throws IOException, SQLException {
    List<Process> pushes = new ArrayList<>();
    for (Store store : stores) {
      pushes.add(PushProgram.start(store, address));
    }
    int killed = 0;
    for (Process push : pushes) {
      long enough = Server.number(address, COUNT) + random.nextInt(8_000);
      while (push.isAlive() && Server.number(address, COUNT) < enough) {
        Thread.onSpinWait();
      }
      killed += push.isAlive() ? 1 : 0;
      push.destroyForcibly().onExit().join();
    }
    return killed;
  }

  private record Event(String skill, String outcome) {}

  private static void read(Store store, Map<String, Event> events) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT id, skill_name, outcome FROM skill_telemetry")) {
      while (row.next()) {
        events.put(row.getString(1), new Event(row.getString(2), row.getString(3)));
      }
    }
  }

  private static Map<String, List<Long>> naive(Map<String, Event> events) {
    return events.values().stream()
        .collect(
            Collectors.groupingBy(
                Event::skill,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(),
                    uses ->
                        List.of(
                            (long) uses.size(),
                            uses.stream().filter(use -> use.outcome().equals("success")).count(),
                            uses.stream()
                                .filter(use -> use.outcome().equals("failure"))
                                .count()))));
  }

  private static Map<String, List<Long>> reported(String address) {
    return new PostgresReports(
            PostgresTarget.of(address, null), Duration.ofSeconds(20), InstantSource.system())
        .effectiveness(ReportQuery.ALL).stream()
            .collect(
                Collectors.toMap(
                    report -> report.skillName(),
                    report ->
                        List.of(report.totalUses(), report.successCount(), report.failureCount()),
                    (one, other) -> one,
                    TreeMap::new));
  }
}
