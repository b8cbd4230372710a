package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that keep data, export or delete them. */
class KeepingCommandsTest {

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void recordSomeUses() {
    host = new TestHost(home);
    host.record(Duration.ofDays(200), 3, TestHost.use("old", Outcome.SUCCESS, 5));
    host.record(Duration.ofDays(2), 2, TestHost.use("new", Outcome.FAILURE, 5));
    host.variables.put("DO_NOT_TRACK", "1");
  }

  @Test
  void exportsEverythingOldestFirst() {
    assertEquals(0, host.run("export"));
    assertEquals(5, host.out.lines().count());
    assertTrue(host.out.startsWith("{\"id\":\""), host.out);
    assertTrue(host.out.lines().findFirst().orElseThrow().contains("\"skillName\":\"old\""));

    assertEquals(0, host.run("export", "--format", "csv", "--skill", "new"));
    assertEquals(3, host.out.lines().count());
  }

  @Test
  void anExportedFileIsTheUsersAlone() throws IOException {
    Path file = Files.writeString(home.resolve("events.csv"), "earlier");

    assertEquals(0, host.run("export", file.toString(), "--format", "csv"));

    assertEquals("", host.out);
    assertEquals("5 events are in " + file + ".\n", host.err);
    assertEquals(6, Files.readAllLines(file).size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(3, host.run("export", home.resolve("none/events").toString()));
  }

  @Test
  void prunesOnlyWhenToldTo() {
    assertEquals(0, host.run("prune", "--older-than", "90d"));
    assertEquals(List.of("Older than  Events  Deleted", "90d              3  no"), lines());
    assertEquals(0, host.run("prune", "--older-than", "90d"));
    assertTrue(host.out.contains(" 3 "), "still there");

    assertEquals(0, host.run("prune", "--older-than", "90d", "--yes"));
    assertEquals(List.of("Older than  Events  Deleted", "90d              3  yes"), lines());

    assertEquals(0, host.run("export"));
    assertEquals(2, host.out.lines().count());
    host.run("report", "--all", "--format", "csv", "--skill", "old");
    assertTrue(host.out.contains("\r\nold,3,3,0,"), host.out);
  }

  @Test
  void forgetsASkillEverywhere() {
    assertEquals(0, host.run("forget", "old"));
    assertEquals(List.of("Forgotten  Uses", "old           3"), lines());

    host.run("report", "--all", "--format", "csv");
    assertFalse(host.out.contains("old"), host.out);
    assertEquals(0, host.run("forget", "old"));
    assertEquals(List.of("Forgotten  Uses", "old           0"), lines());
  }

  /** It stores what lies in its own spool once more, unless it has done so already. */
  @Test
  void forgetsAgainWhatALivingProgramStoresMeanwhile() throws IOException {
    Path spools = Files.createDirectories(Path.of(host.database() + "-spool"));
    Files.createFile(spools.resolve("0123456789abcdef0123456789abcdef.spool.of-the-living.spool"));
    host.pause =
        time -> {
          host.variables.remove("DO_NOT_TRACK");
          host.record(Duration.ZERO, TestHost.use("old", Outcome.SUCCESS, 5));
          return true;
        };

    assertEquals(0, host.run("forget", "old"));

    host.run("report", "--all", "--format", "csv");
    assertFalse(host.out.contains("old"), host.out);
  }

  @Test
  void followsEventsAsTheyCome() {
    host.variables.remove("DO_NOT_TRACK");
    int[] pauses = {0};
    host.pause =
        time -> {
          pauses[0]++;
          if (pauses[0] == 1) {
            host.record(Duration.ofSeconds(20), TestHost.use("next", Outcome.SUCCESS, 7));
          }
          return pauses[0] < 3;
        };

    assertEquals(0, host.run("events", "--follow", "--limit", "1"));

    assertEquals(
        List.of(
            "2026-11-26T12:00:00Z  new  failure  5 ms  claude-code",
            "2026-11-28T11:59:40Z  next  success  7 ms  claude-code"),
        lines());
  }

  @Test
  void watchesTheReport() {
    int[] pauses = {0};
    host.pause = time -> time.equals(Duration.ofSeconds(5)) && pauses[0]++ < 2;

    assertEquals(0, host.terminal(80).run("watch", "--every", "5", "--color", "never"));

    assertEquals(3, host.out.split("\u001b\\[H\u001b\\[2J", -1).length - 1);
    assertTrue(host.out.contains("new       2     0.0%"), host.out);
  }

  private List<String> lines() {
    return host.out.lines().toList();
  }
}
