package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.listener.LiveSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command and a collector of OpenTelemetry's. */
class SyncToCollectorTest {

  private static final String SECRET = "open-sesame";

  @TempDir Path home;
  private TestHost host;
  private HttpServer collector;
  private String address;
  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private volatile String answer = "{}";

  @BeforeEach
  void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              exchange.getRequestHeaders().getFirst("api-key")
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    collector.start();
    address = "otlp:http://localhost:" + collector.getAddress().getPort();
    host = new TestHost(home);
    host.record(Duration.ofDays(2), 30, TestHost.use("parse-xml", Outcome.FAILURE, 2_000));
    host.record(Duration.ofHours(5), TestHost.use("hash-tree", Outcome.SKIPPED, 3));
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void pushesSpansAndTellsHowFarThatCame() throws IOException {
    StringBuilder answers = new StringBuilder();
    for (String line : List.of("status", "push", "status", "push --full", "push")) {
      answers.append("$ sync ").append(line).append('\n');
      assertEquals(0, run("sync " + line + " --to " + address), host.err);
      answers.append(host.out);
      assertEquals("", host.err);
    }

    Golden.check(
        "sync-otlp.txt",
        answers
            .toString()
            .replace(address, "otlp:http://localhost:4318")
            .replaceAll(" {2,}", "  "));
    assertEquals(2, received.size());
    assertEquals(received.get(0), received.get(1));
    assertEquals(31, received.get(0).split("\"traceId\"").length - 1);
  }

  @Test
  void theHelpSaysOfWhichUsesACollectorGetsNoSpan() throws IOException {
    assertEquals(0, run("sync --help"));

    Golden.check("sync-help.txt", host.out);
  }

  @Test
  void aDryRunWritesOnlyThatWhichASpanHas() {
    String nowhere = "otlp:http://localhost:1";

    assertEquals(0, run("sync push --dry-run --to " + nowhere));

    assertTrue(
        host.out
            .lines()
            .findFirst()
            .orElseThrow()
            .matches(
                "\\{\"id\":\"\\w{26}\",\"skillName\":\"parse-xml\",\"agentId\":\"claude-code\","
                    + "\"durationMs\":2000,\"outcome\":\"failure\","
                    + "\"timestamp\":\"2026-11-26T12:00:00Z\"}"),
        host.out);
    assertEquals("31 events would be sent to " + nowhere + ".\n", host.err);
  }

  @Test
  void rejectedSpansAreWarnedOf() {
    answer = "{\"partialSuccess\":{\"rejectedSpans\":\"4\",\"errorMessage\":\"x\"}}";

    assertEquals(0, run("sync push --format csv --to " + address));

    assertEquals(
        "warning: 4 events: rejected by the server, which took the rest of the" + " request\n",
        host.err);
    assertTrue(host.out.endsWith(address + ",31,27,0,4,0\r\n"), host.out);
  }

  @Test
  void usesThatProgramsSendThemselvesAreLeftOutAndCounted() throws IOException {
    LiveSpans.note(host.database(), TestHost.NOW.minus(Duration.ofDays(1)));
    String told =
        "warning: 1 events: left out, since programs with telemetry-otel send their spans\n";

    assertEquals(0, run("sync push --dry-run --to " + address));
    assertEquals(30, host.out.lines().count());
    assertEquals(told + "30 events would be sent to " + address + ".\n", host.err);
    assertEquals(0, run("sync push --format csv --to " + address));
    assertEquals(told, host.err);
    assertTrue(host.out.endsWith(address + ",30,30,0,0,1\r\n"), host.out);
    assertEquals(30, received.get(0).split("\"traceId\"").length - 1);
  }

  @Test
  void aWatchTellsOfThemToo() throws IOException {
    LiveSpans.note(host.database(), Instant.EPOCH);

    assertEquals(0, run("sync push --watch --format csv --to " + address));

    assertTrue(host.err.startsWith("warning: 31 events: left out, "), host.err);
    assertTrue(host.out.endsWith(address + ",0,0,0,0,31\r\n"), host.out);
    assertEquals(List.of(), received);
  }

  @Test
  void nothingIsSentWhereTheNoteOfThoseProgramsCannotBeRead() throws IOException {
    Path note = LiveSpans.file(host.database());
    Files.createFile(note);

    for (String line : List.of("sync push --to ", "sync push --dry-run --to ")) {
      assertEquals(3, run(line + address));
      assertEquals(
          "skill-telemetry: nothing is sent: "
              + note
              + " does not tell since when spans are sent live\n",
          host.err);
      assertEquals("", host.out);
    }
    assertEquals(List.of(), received);
  }

  @Test
  void addressAndHeadersMayStandInTheSettingsFileAndHeadersAreNotShown() throws IOException {
    Path file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.writeString(file, "sync-to=%s\nsync-headers=api-key=%s\n".formatted(address, SECRET));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertEquals(0, run("sync push"), host.err);
    String told = host.out + host.err;
    assertTrue(received.get(0).startsWith(SECRET + "{"), received.get(0));
    status = 403;
    assertEquals(3, run("sync push --full"));
    assertTrue(host.err.endsWith("or lacks one (HTTP status 403)\n"), host.err);
    assertFalse((told + host.out + host.err).contains(SECRET));

    Files.writeString(file, "sync-headers=api-key=" + SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(3, run("sync push --to " + address));
    assertTrue(host.err.endsWith("chmod 600 " + file + "\n"), host.err);
  }

  @Test
  void nothingIsSentAfterAnOptOut() {
    host.variables.put("DO_NOT_TRACK", "1");

    assertEquals(3, run("sync push --to " + address));

    assertTrue(host.err.startsWith("skill-telemetry: nothing is sent: "), host.err);
    assertEquals(List.of(), received);
  }

  @Test
  void aWatchOutlivesACollectorThatIsAway() {
    status = 503;
    host.pause =
        time -> {
          status = time.toSeconds() < 8 ? 503 : 200;
          return time.toSeconds() < 10;
        };

    assertEquals(0, run("sync push --watch --format csv --to " + address), host.err);

    assertTrue(host.out.contains(address + ",31,31,0,0,0"), host.out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync push --to otlp:host:4318",
        "sync push --to otlp:http://u:open-sesame@host",
        "sync push --to otlp:http://host?key=open-sesame",
        "report --db otlp:http://host"
      })
  void anAddressThatIsNoneIsNotRepeated(String line) {
    assertEquals(line.startsWith("report") ? 3 : 2, run(line), host.err);

    assertFalse(host.err.contains("sesame"), host.err);
  }

  private int run(String line) {
    return host.run(line.split(" "));
  }
}
