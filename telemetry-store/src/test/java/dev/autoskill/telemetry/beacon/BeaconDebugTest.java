package dev.autoskill.telemetry.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.event.BeaconStats;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BeaconDebugTest {

  @Test
  void showsWhatWouldBeSentAndSendsNothing() throws Exception {
    List<String> shown = new ArrayList<>();
    Set<Thread> before = TestBeacons.threads("");
    try (RawServer server = RawServer.answering(RawServer.NO_CONTENT);
        Beacon beacon = debugging(server.uri("/b?key=secret#f"), shown::add)) {
      beacon.send("report", Map.of("uses", 3, "session", "s-1"));

      assertEquals(
          List.of(
              server.uri("/b")
                  + "?tool=autoskill-telemetry-java&event=report&version=1.2.3&java="
                  + Runtime.version().feature()
                  + "&os=OS&uses=3"),
          shown.stream()
              .map(uri -> uri.replaceFirst("os=(linux|macos|windows|other)", "os=OS"))
              .toList());
      assertEquals(new BeaconStats(0, 0, 0, 1), beacon.stats());
      assertEquals(0, server.connections.get());
      for (String name : List.of(Beacon.THREAD_NAME, "HttpClient-")) {
        assertEquals(Set.of(), TestBeacons.without(TestBeacons.threads(name), before));
      }
    }
  }

  @Test
  void showsNothingOfAnEventThatMayNotGoOrComesTooLate() {
    List<String> shown = new ArrayList<>();
    Beacon beacon = open(shown::add);
    beacon.send("not a word", Map.of());
    beacon.close();
    beacon.send("report", Map.of());

    assertEquals(List.of(), shown);
    assertEquals(new BeaconStats(0, 0, 1, 1), beacon.stats());
  }

  @Test
  void swallowsAndCountsWhatTheOutputThrows() {
    try (Beacon beacon =
        open(
            line -> {
              throw new AssertionError(line);
            })) {
      beacon.send("report", Map.of());

      assertEquals(new BeaconStats(0, 1, 0, 0), beacon.stats());
    }
  }

  private static Beacon open(Consumer<String> debug) {
    return debugging(URI.create("https://example.org"), debug);
  }

  private static Beacon debugging(URI endpoint, Consumer<String> debug) {
    return new Beacon(
        endpoint, "1.2.3", TestBeacons.AGENTS, debug, TestBeacons.LONG, TestBeacons.LONG);
  }
}
