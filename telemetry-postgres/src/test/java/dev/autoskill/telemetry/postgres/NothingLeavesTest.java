package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.sync.Store;
import dev.autoskill.telemetry.sync.SyncException;
import dev.autoskill.telemetry.sync.SyncSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing leaves the machine unless somebody named a server, and nobody objects. */
class NothingLeavesTest {

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "AUTO_SKILL_NO_TELEMETRY, 0",
    "DO_NOT_TRACK, 1",
    "CI, false",
    "GITHUB_ACTIONS, true",
    "AUTO_SKILL_TELEMETRY, local"
  })
  void whoeverSaysNoWins(String variable, String value) throws IOException {
    Store store = new Store(home);
    store.record(10, 1);
    store.variables.put(variable, value);

    assertNobodyConnects(store, variable);
  }

  @Test
  void theSettingsFileSaysNoToo() throws IOException {
    Store store = new Store(home);
    store.record(10, 1);
    Path file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.createDirectories(file.getParent());

    Files.writeString(file, "disabled=true");
    assertNobodyConnects(store, "settings file");
    Files.writeString(file, "disbled=false");
    assertNobodyConnects(store, "settings file");
  }

  @Test
  void noServerIsNamedUnlessSomebodyDoes() {
    assertNull(SyncSettings.of(Environment.of(new Store(home).variables), null));
  }

  private static void assertNobodyConnects(Store store, String reason) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address =
          "jdbc:postgresql://localhost:"
              + server.getLocalPort()
              + "/events?connectTimeout=1&socketTimeout=1";

      SyncException thrown = assertThrows(SyncException.class, () -> store.push(address));

      assertTrue(thrown.getMessage().startsWith("nothing is sent: "), thrown.getMessage());
      assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
      assertEquals(0, store.pauses.size());
      server.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }
}
