package dev.autoskill.telemetry.beacon;

import static dev.autoskill.telemetry.beacon.TestBeacons.assertEnds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.BeaconStats;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Maps that misbehave. */
@Timeout(120)
class BeaconHostileDataTest {

  private RawServer server;
  private Beacon beacon;

  @BeforeEach
  void open() throws Exception {
    server = RawServer.answering(RawServer.NO_CONTENT);
    beacon = TestBeacons.open(server.uri("/"));
  }

  @AfterEach
  void close() throws Exception {
    beacon.close();
    server.close();
  }

  @Test
  void survivesMapsThatThrow() throws Exception {
    assertNothingOfItSent(
        map(
            () -> {
              throw new UnsupportedOperationException();
            }));
    assertNothingOfItSent(
        map(
            () -> {
              throw new StackOverflowError();
            }));
    assertNothingOfItSent(map(() -> null));
    assertNothingOfItSent(map(() -> Collections.singleton(null)));
    assertNothingOfItSent(null);
    assertEnds(beacon, new BeaconStats(5, 0, 0, 5));
  }

  @Test
  void survivesEntriesThatThrow() throws Exception {
    assertNothingOfItSent(
        Collections.singletonMap(
            "uses",
            new Object() {
              @Override
              public String toString() {
                throw new IllegalStateException();
              }
            }));
    assertNothingOfItSent(Collections.singletonMap("uses", null));
    assertNothingOfItSent(Collections.singletonMap(null, 1));
    assertEnds(beacon, new BeaconStats(3, 0, 0, 3));
  }

  @Test
  void sendsWhatItReadBeforeAMapThrew() throws Exception {
    Iterator<Map.Entry<String, Object>> breaking =
        endless(
            index -> {
              if (index > 0) {
                throw new IllegalStateException();
              }
              return Map.entry("uses", 1);
            });
    beacon.send("report", map(() -> setOf(breaking, 9)));

    assertTrue(line().endsWith("&uses=1 HTTP/1.1"));
    assertEnds(beacon, new BeaconStats(1, 0, 0, 1));
  }

  @Test
  void readsNoMoreThan32EntriesOfAMapThatHasNoEnd() throws Exception {
    beacon.send("report", map(() -> setOf(endless(index -> Map.entry("p" + index, 1)), -1)));

    String line = line();
    assertTrue(line.contains("&p31=1") && !line.contains("&p32=1"), line);
    assertEnds(beacon, new BeaconStats(1, 0, 0, 1));
  }

  @Test
  void leavesOutAndCountsWhatFollowsTheFirst32Entries() throws Exception {
    Map<String, Object> data = new TreeMap<>();
    for (int i = 10; i < 50; i++) {
      data.put("p" + i, i);
    }
    beacon.send("report", data);

    String line = line();
    assertTrue(line.contains("&p41=41") && !line.contains("&p42="), line);
    assertEnds(beacon, new BeaconStats(1, 0, 0, 8));
  }

  @Test
  void sendsAMapAsItWasWhenItWasSent() throws Exception {
    Map<String, Object> data = new HashMap<>(Map.of("uses", 1));
    beacon.send("report", data);
    data.put("uses", 2);
    data.put("errors", 3);

    assertTrue(line().endsWith("&uses=1 HTTP/1.1"));
    assertEnds(beacon, new BeaconStats(1, 0, 0, 0));
  }

  @Test
  void readsAKeyOnceSoThatItCannotChangeAfterItWasAllowed() throws Exception {
    Iterator<String> keys = List.of("uses", "alice").iterator();
    Map.Entry<String, Object> changing =
        new AbstractMap.SimpleEntry<>("", 1) {
          private static final long serialVersionUID = 1;

          @Override
          public String getKey() {
            return keys.next();
          }
        };
    beacon.send("report", map(() -> Set.of(changing)));

    assertTrue(line().endsWith("&uses=1 HTTP/1.1"));
  }

  @Test
  void survivesAnEventThatIsNone() throws Exception {
    beacon.send(null, Map.of());

    assertEnds(beacon, new BeaconStats(0, 0, 0, 1));
    assertEquals(0, server.requests.size());
  }

  private void assertNothingOfItSent(Map<String, ?> data) throws InterruptedException {
    beacon.send("report", data);
    String line = line();
    assertFalse(line.contains("uses"), line);
  }

  private String line() throws InterruptedException {
    return server.next().split("\r\n")[0];
  }

  private static Map<String, Object> map(Supplier<Set<Map.Entry<String, Object>>> entries) {
    return new AbstractMap<>() {
      @Override
      public Set<Entry<String, Object>> entrySet() {
        return entries.get();
      }
    };
  }

  private static Set<Map.Entry<String, Object>> setOf(
      Iterator<Map.Entry<String, Object>> iterator, int size) {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Object>> iterator() {
        return iterator;
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private static Iterator<Map.Entry<String, Object>> endless(
      IntFunction<Map.Entry<String, Object>> entry) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Map.Entry<String, Object> next() {
        return entry.apply(next++);
      }
    };
  }
}
