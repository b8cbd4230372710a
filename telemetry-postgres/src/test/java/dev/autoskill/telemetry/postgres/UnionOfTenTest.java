package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.sync.PushProgram;
import dev.autoskill.telemetry.sync.PushResult;
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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

  /** Fewer than a push of these events has. */
  private static final int BYTES_A_ROUND = EVENTS_A_ROUND * 100;

  @TempDir Path directory;
  private final Random random = new Random(Long.getLong("faults.seed", 20_261_129));

  @Test
  void killedPushesACutNetworkAndARestartedServerLoseAndDoubleNothing() throws Exception {
    TenStores stores = new TenStores(directory, EVENTS - ROUNDS * EVENTS_A_ROUND);
    try (Server server = Server.in(directory.resolve("server"));
        Wire wire = new Wire(server.port())) {
      String address = server.database();
      String way = wire.through(address);
      int killed = 0;
      for (int round = 0; round < ROUNDS; round++) {
        stores.grow(EVENTS_A_ROUND);
        List<Store> some = new ArrayList<>(stores.all);
        Collections.shuffle(some, random);
        killed += pushAndKill(some.subList(0, 2), wire, way);
        pushAndCut(some.get(2), wire, way);
        pushAndRestart(some.get(3), server, wire, way);
      }
      assertTrue(killed > 0, "some pushes were not over yet");

      stores.pushAtOnce(way, false);

      assertUnion(stores, address);
      assertEquals(0, stores.pushAtOnce(way, true), "sent again, and all are there");
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

      List<String> failures = new ArrayList<>();
      for (Store store : stores.all) {
        try {
          store.push(address);
        } catch (SyncException e) {
          failures.add(e.sentence());
        }
      }
      assertTrue(
          failures.stream().anyMatch(why -> why.contains("the server has no room")),
          failures.toString());
      long before = Server.number(address, "SELECT COUNT(*) FROM skill_telemetry");
      assertTrue(before < stores.ids().size(), "not all are there");
      assertTrue(run("mount", "-o", "remount,size=2g", disk), "there is room again");

      stores.pushAtOnce(address, false);

      assertUnion(stores, address);
    } finally {
      run("umount", "-l", disk);
    }
  }

  /** Processes are killed when a random number of bytes has gone to the server. */
  private int pushAndKill(List<Store> stores, Wire wire, String way) throws Exception {
    List<Process> pushes = new ArrayList<>();
    for (Store store : stores) {
      pushes.add(PushProgram.start(store, way));
    }
    int killed = 0;
    for (Process push : pushes) {
      long enough = wire.sent() + random.nextInt(BYTES_A_ROUND);
      while (!push.waitFor(1, TimeUnit.MILLISECONDS) && wire.sent() < enough) {
        Thread.onSpinWait();
      }
      killed += push.isAlive() ? 1 : 0;
      push.destroyForcibly().onExit().join();
    }
    return killed;
  }

  private void pushAndCut(Store store, Wire wire, String way) {
    wire.cutAfter(random.nextInt(BYTES_A_ROUND));
    SyncException thrown = assertThrows(SyncException.class, () -> store.push(way));
    assertTrue(wire.isCut() && thrown.isPassing(), thrown.sentence());
    wire.mend();
  }

  /** A push that is going on when the server stops fails, or goes on after it. */
  private void pushAndRestart(Store store, Server server, Wire wire, String way) throws Exception {
    long enough = wire.sent() + random.nextInt(BYTES_A_ROUND);
    FutureTask<PushResult> push = new FutureTask<>(() -> store.push(way));
    new Thread(push).start();
    while (!push.isDone() && wire.sent() < enough) {
      Thread.onSpinWait();
    }
    server.restart();
    try {
      push.get();
    } catch (ExecutionException e) {
      assertTrue(((SyncException) e.getCause()).isPassing(), e.toString());
    }
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
