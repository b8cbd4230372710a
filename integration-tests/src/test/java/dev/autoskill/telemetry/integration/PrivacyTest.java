package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.SecretiveProgram;

/** Nothing of what a call carries gets into any file or onto the wire, but an exception's class. */
class PrivacyTest {

  private static final String SECRET = "m4rk3r7f3a";

  @TempDir Path directory;

  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServing() {
    server.stop(0);
  }

  @Test
  void keepsWhatACallCarriesOutOfEveryFileAndRequest() throws IOException {
    Path files = directory.resolve("telemetry");
    Result result =
        WovenProgram.run(
            SecretiveProgram.class,
            Weaving.LOAD_TIME,
            directory.resolve("program"),
            Map.of(
                "AUTO_SKILL_TELEMETRY_DB",
                files.resolve("telemetry.db").toString(),
                "AUTO_SKILL_TELEMETRY_ERRORS",
                "class",
                "AUTO_SKILL_TELEMETRY_ENDPOINT",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/"),
            SECRET);

    assertEquals(new Result(0, "stored" + System.lineSeparator(), ""), result);
    assertTrue(names(files).containsAll(Set.of("telemetry.db", "telemetry.db-spool")));
    assertNowhereIn(files);
    List<TelemetryEvent> events = events(files);
    assertEquals(
        List.of("block", "concatenate", "concatenate", "divulge"),
        events.stream().map(TelemetryEvent::skillName).sorted().toList());
    assertEquals(
        Map.of("divulge", List.of(new ErrorCount("java.lang.IllegalStateException", 1))),
        errors(files));

    assertFalse(requests.isEmpty());
    for (String request : requests) {
      assertFalse(request.contains(SECRET), request);
      assertFalse(request.contains(events.get(0).sessionId()), request);
      for (TelemetryEvent event : events) {
        assertFalse(request.contains(event.id()), request);
        assertFalse(request.contains(event.skillName()), request);
      }
    }
    assertTrue(requests.stream().anyMatch(r -> r.contains("event=skill_use")), requests::toString);
  }

  private static void assertNowhereIn(Path files) throws IOException {
    try (Stream<Path> all = Files.walk(files)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(SECRET), file.toString());
      }
    }
  }

  private static Set<String> names(Path files) throws IOException {
    try (Stream<Path> list = Files.list(files)) {
      return list.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static Map<String, List<ErrorCount>> errors(Path files) {
    try (TelemetryCollector telemetry = Reading.of(files.resolve("telemetry.db"))) {
      return telemetry.reports().errors(ReportQuery.ALL, 3);
    }
  }

  private static List<TelemetryEvent> events(Path files) {
    try (TelemetryCollector telemetry = Reading.of(files.resolve("telemetry.db"))) {
      return telemetry.getEvents();
    }
  }
}
