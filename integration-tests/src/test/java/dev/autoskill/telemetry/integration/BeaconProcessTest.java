package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.SkillsProgram;

/** A program notices nothing of its beacon. */
class BeaconProcessTest {

  @TempDir Path directory;

  @Test
  void anEndpointThatIsDownIsNotNoticed() throws IOException {
    int port;
    try (ServerSocket closed = listener()) {
      port = closed.getLocalPort();
    }
    assertEquals(run(Weaving.NONE, Map.of()), run(Weaving.COMPILE_TIME, sendingTo(port)));
    assertTrue(Files.exists(directory.resolve("telemetry.db-spool")));
  }

  @Test
  void anEndpointThatNeverAnswersIsNotNoticed() throws IOException {
    // Connections are accepted by the operating system, and then nobody reads from them.
    try (ServerSocket silent = listener()) {
      assertEquals(
          run(Weaving.NONE, Map.of()), run(Weaving.COMPILE_TIME, sendingTo(silent.getLocalPort())));
    }
    assertTrue(Files.exists(directory.resolve("telemetry.db-spool")));
  }

  @Test
  void debuggingPrintsWhatWouldBeSentAndSendsNothing() throws IOException {
    try (ServerSocket server = listener()) {
      Map<String, String> environment = new TreeMap<>(sendingTo(server.getLocalPort()));
      environment.put("AUTO_SKILL_TELEMETRY_DEBUG", "1");

      Result result = run(Weaving.COMPILE_TIME, environment);

      assertEquals(run(Weaving.NONE, Map.of()).out(), result.out());
      String start = "autoskill-telemetry: http://127.0.0.1:" + server.getLocalPort() + "/?tool=";
      assertFalse(result.err().isEmpty());
      assertTrue(result.err().lines().allMatch(line -> line.startsWith(start)), result.err());
      server.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static Map<String, String> sendingTo(int port) {
    return Map.of("AUTO_SKILL_TELEMETRY_ENDPOINT", "http://127.0.0.1:" + port + "/");
  }

  private Result run(Weaving weaving, Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("AUTO_SKILL_TELEMETRY_DB", directory.resolve("telemetry.db").toString());
    return WovenProgram.run(SkillsProgram.class, weaving, directory.resolve(weaving.name()), all);
  }
}
