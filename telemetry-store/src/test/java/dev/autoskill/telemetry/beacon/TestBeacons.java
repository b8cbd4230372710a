package dev.autoskill.telemetry.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.BeaconStats;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Beacons that no proxy of the machine's is asked for. */
final class TestBeacons {

  /** Longer than any test should take. */
  static final Duration LONG = Duration.ofSeconds(30);

  static final Duration SHORT = Duration.ofMillis(200);

  private TestBeacons() {}

  static Beacon open(URI endpoint) {
    return open(endpoint, LONG, LONG);
  }

  static Beacon open(URI endpoint, Duration limit, Duration idle) {
    HttpSettings settings = new HttpSettings(limit, idle, ProxySelector.of(null));
    return new Beacon(endpoint, "1.2.3", null, settings);
  }

  /** Waits until nothing is in flight and compares the counts. */
  static void assertEnds(Beacon beacon, BeaconStats expected) throws InterruptedException {
    assertTrue(beacon.awaitQuiescence(LONG), "still in flight");
    assertEquals(expected, beacon.stats());
  }

  static Set<Thread> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .collect(Collectors.toSet());
  }

  static Set<Thread> without(Set<Thread> some, Set<Thread> others) {
    Set<Thread> rest = new HashSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
