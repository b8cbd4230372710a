package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.sync.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own that only has the module on its class path. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongLivedProcessTest {

  @TempDir Path home;

  @Test
  void itPushesByItselfAlsoTheEventsOfOthers() throws Exception {
    String server = Server.shared().database();
    Store store = new Store(home);
    Process process = start("-Dautoskill.telemetry.sync-to=" + server);
    Server.awaitEvents(server, 1);

    store.record(5, 1);
    Server.awaitEvents(server, 6);

    assertEquals(
        List.of("autoskill-telemetry-listener", "autoskill-telemetry-sync"), threads(end(process)));
    assertEquals(1, Server.number(server, "SELECT COUNT(*) FROM autoskill_java_source"));
  }

  @Test
  void withoutTheSettingThereIsNoThreadAndNoDriver() throws Exception {
    Path classes = home.resolve("classes.txt");
    Process process = start("-Xlog:class+load:file=" + classes);

    assertEquals(List.of(), threads(end(process)));
    String loaded = Files.readString(classes);
    assertTrue(loaded.contains(SyncListener.class.getName()), "the module is there");
    assertFalse(loaded.contains(" org.postgresql."), "no class of the driver");
  }

  /** Writes everything it says to a file; its home has the database. */
  private Process start(String option) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add(option);
    command.add("-Dautoskill.telemetry.database=" + home.resolve("telemetry.db"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(LongLivedProgram.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.redirectErrorStream(true).redirectOutput(home.resolve("said.txt").toFile());
    return builder.start();
  }

  /** All that it has said. */
  private List<String> end(Process process) throws Exception {
    process.getOutputStream().close();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it ends");
    assertEquals(0, process.exitValue());
    return Files.readAllLines(home.resolve("said.txt"));
  }

  /** But for those that every collector has; anything else that was said stays. */
  private static List<String> threads(List<String> said) {
    return said.stream()
        .filter(line -> !line.matches("autoskill-telemetry-(writer|ingest)"))
        .toList();
  }
}
