package dev.autoskill.telemetry.beacon;

import static dev.autoskill.telemetry.beacon.RawServer.NO_CONTENT;
import static dev.autoskill.telemetry.beacon.TestBeacons.assertEnds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.BeaconStats;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeaconRequestTest {

  @Test
  void saysWhatItSaysInTheUriAndNothingElse() throws Exception {
    try (RawServer server = RawServer.answering(NO_CONTENT);
        Beacon beacon = TestBeacons.open(server.uri("/beacon"))) {
      beacon.send("report", Map.of("uses", 12, "agent", "claude-code", "rate", 0.5));

      List<String> lines = Arrays.asList(server.next().split("\r\n"));
      assertEquals(
          "GET /beacon?tool=autoskill-telemetry-java&event=report&version=1.2.3&java="
              + Runtime.version().feature()
              + "&os=OS&agent=claude-code&rate=0.5&uses=12 HTTP/1.1",
          lines.get(0).replaceFirst("os=(linux|macos|windows|other)", "os=OS"));
      assertEquals(
          Set.of(
              "content-length: 0",
              "host: 127.0.0.1:" + server.port(),
              "user-agent: autoskill-telemetry"),
          new TreeSet<>(lower(lines.subList(1, lines.size()))));
      assertEnds(beacon, new BeaconStats(1, 0, 0, 0));
    }
  }

  @Test
  void leavesOutWhatMayNotGoAndSendsTheRest() throws Exception {
    try (RawServer server = RawServer.answering(NO_CONTENT);
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("report", Map.of("uses", 1, "session_id", "s-1", "skill", "x", "os", "beos"));

      String line = server.next().split("\r\n")[0];
      assertTrue(line.endsWith("&uses=1 HTTP/1.1"), line);
      assertFalse(line.contains("s-1") || line.contains("skill=") || line.contains("beos"), line);
      assertEnds(beacon, new BeaconStats(1, 0, 0, 3));
    }
  }

  @Test
  void sendsNothingIfTheEventMayNotGo() throws Exception {
    try (RawServer server = RawServer.answering(NO_CONTENT);
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("a b", Map.of("uses", 1));
      beacon.send("01ARZ3NDEKTSV4RRFFQ69G5FAV", Map.of());

      assertEnds(beacon, new BeaconStats(0, 0, 0, 2));
      assertEquals(0, server.connections.get());
    }
  }

  @Test
  void forgetsCookies() throws Exception {
    try (RawServer server =
            RawServer.answering(
                "HTTP/1.1 204 No Content\r\nSet-Cookie: id=1; Path=/\r\nETag: \"1\"\r\n\r\n");
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("first", Map.of());
      String first = server.next();
      assertEnds(beacon, new BeaconStats(1, 0, 0, 0));
      beacon.send("first", Map.of());

      assertEquals(first, server.next());
      assertEnds(beacon, new BeaconStats(2, 0, 0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNobody(int status) throws Exception {
    try (RawServer other = RawServer.answering(NO_CONTENT);
        RawServer server =
            RawServer.answering(
                "HTTP/1.1 "
                    + status
                    + " Elsewhere\r\nContent-Length: 0\r\nLocation: "
                    + other.uri("/")
                    + "\r\n\r\n");
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("report", Map.of());

      assertEnds(beacon, new BeaconStats(1, 0, 0, 0));
      assertEquals(1, server.requests.size());
      assertEquals(0, other.connections.get());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK",
        "400 Bad Request",
        "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"",
        "404 Not Found",
        "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"",
        "429 Too Many Requests\r\nRetry-After: 0",
        "500 Internal Server Error",
        "503 Service Unavailable\r\nRetry-After: 0"
      })
  void isContentWithAnyResponseAndAsksOnce(String status) throws Exception {
    try (RawServer server =
            RawServer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 4\r\n\r\nbody");
        Beacon beacon = TestBeacons.open(server.uri("/"))) {
      beacon.send("report", Map.of());

      assertEnds(beacon, new BeaconStats(1, 0, 0, 0));
      assertEquals(1, server.requests.size());
    }
  }

  private static List<String> lower(List<String> lines) {
    return lines.stream().map(line -> line.toLowerCase(Locale.ROOT)).toList();
  }
}
