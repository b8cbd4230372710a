package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.sync.PushProgram;
import dev.autoskill.telemetry.sync.Store;
import dev.autoskill.telemetry.sync.SyncException;
import dev.autoskill.telemetry.sync.TenStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to pushes, to the network and to the server: afterwards the server has exactly
 * the union of all databases. {@code -Dfaults.rounds=50} makes a long run of so many rounds.
 */
class UnionOfTenTest {

  private static final Integer LONG_RUN = Integer.getInteger("faults.rounds");
  private static final int ROUNDS = LONG_RUN == null ? 2 : LONG_RUN;
  private static final int EVENTS = LONG_RUN == null ? 1_500 : 100_000;
  private static final int EVENTS_A_ROUND = EVENTS / 2 / ROUNDS;
  private static final int BYTES_OF_AN_EVENT = 150;
  private static final String REACHED =
      "SELECT COALESCE(SUM(watermark), 0) FROM autoskill_java_source";

  @TempDir Path directory;
  private final Random random = new Random(Long.getLong("faults.seed", 20_261_129));

  @Test
  void killedPushesACutNetworkAndARestartedServerLoseAndDoubleNothing() throws Exception {
    TenStores stores = new TenStores(directory, EVENTS - ROUNDS * EVENTS_A_ROUND);
    try (Server server = Server.in(directory.resolve("server"));
        Wire wire = new Wire(server.port())) {
      String address = server.database();
      stores.all.get(0).push(address);
      int killed = 0;
      int failed = 0;
      for (int round = 0; round < ROUNDS; round++) {
        stores.grow(EVENTS_A_ROUND);
        killed += pushAndKill(stores, address);
        failed += pushAndCut(stores, wire, address);
        failed += pushAndRestart(stores, server, address);
      }
      assertTrue(killed > 0 && failed > 0, "some pushes were not over yet");

      stores.pushAtOnce(address, false);

      assertUnion(stores, address);
      assertEquals(0, stores.pushAtOnce(address, true), "sent again, and all are there");
      assertUnion(stores, address);
      assertEquals(10, Server.number(address, "SELECT COUNT(*) FROM autoskill_java_source"));
    }
  }

  @Test
  void aFullDiskOfTheServerLosesAndDoublesNothing() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=11m", "tmpfs", disk), "may mount");
    try (Server server = Server.in(directory.resolve("server"))) {
      TenStores stores = new TenStores(directory, Math.max(4_000, EVENTS));
      String address = server.databaseOn(Files.createDirectory(disk.resolve("tables")));

      SyncException full = null;
      for (Store store : stores.all) {
        try {
          store.push(address);
        } catch (SyncException e) {
          full = e;
        }
      }
      assertTrue(
          full != null && full.sentence().contains("the server has no room"), "the disk is full");
      long before = Server.number(address, "SELECT COUNT(*) FROM skill_telemetry");
      assertTrue(before < stores.ids().size(), "not all are there");
      assertTrue(run("mount", "-o", "remount,size=2g", disk), "there is room again");

      stores.pushAtOnce(address, false);

      assertUnion(stores, address);
    } finally {
      run("umount", "-l", disk);
    }
  }

  private Store any(TenStores stores) {
    return stores.all.get(random.nextInt(stores.all.size()));
  }

  /** Processes are killed when the server has taken a random number of events more. */
  private int pushAndKill(TenStores stores, String address) throws Exception {
    List<Process> pushes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      pushes.add(PushProgram.start(any(stores), address));
    }
    int killed = 0;
    for (Process push : pushes) {
      long enough = Server.number(address, REACHED) + random.nextInt(4 * EVENTS_A_ROUND);
      while (!push.waitFor(5, TimeUnit.MILLISECONDS) && Server.number(address, REACHED) < enough) {
        Thread.onSpinWait();
      }
      killed += push.isAlive() ? 1 : 0;
      push.destroyForcibly().onExit().join();
    }
    return killed;
  }

  /** {@return 1 if the network was cut before the push was over} */
  private int pushAndCut(TenStores stores, Wire wire, String address) {
    wire.cutAfter(random.nextInt(2 * EVENTS_A_ROUND * BYTES_OF_AN_EVENT));
    try {
      any(stores).push(wire.through(address));
      return 0;
    } catch (SyncException e) {
      assertTrue(wire.isCut() && e.isPassing(), e.sentence());
      return 1;
    } finally {
      wire.mend();
    }
  }

  /** A push that is going on when the server stops fails, or is over before. */
  private int pushAndRestart(TenStores stores, Server server, String address) throws Exception {
    Store store = any(stores);
    int[] failed = {0};
    Thread push =
        new Thread(
            () -> {
              try {
                store.push(address);
              } catch (SyncException e) {
                failed[0] = 1;
              }
            });
    push.start();
    server.restart();
    push.join();
    return failed[0];
  }

  private static void assertUnion(TenStores stores, String address) throws SQLException {
    assertEquals(stores.ids(), Server.rows(address, "SELECT id FROM skill_telemetry ORDER BY id"));
    stores.assertReported(
        new PostgresReports(
                PostgresTarget.of(address, null), Duration.ofMinutes(1), InstantSource.system())
            .effectiveness(ReportQuery.ALL));
  }

  private static boolean run(Object... command) throws InterruptedException {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no such program here.
    }
  }
}
