package dev.autoskill.telemetry.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.event.BeaconStats;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Beacons with limits that suit a test. */
final class TestBeacons {

  /** Longer than any test should take. */
  static final Duration LONG = Duration.ofSeconds(30);

  static final Duration SHORT = Duration.ofMillis(200);

  static final Set<String> AGENTS = Set.of("claude-code", "unknown");

  private TestBeacons() {}

  static Beacon open(URI endpoint) {
    return open(endpoint, LONG, LONG);
  }

  static Beacon open(URI endpoint, Duration limit, Duration idle) {
    return new Beacon(endpoint, "1.2.3", AGENTS, null, limit, idle);
  }

  /** The part of one request that a debugging beacon shows. */
  static String shown(String endpoint, String version, Map<String, ?> data) {
    List<String> shown = new ArrayList<>();
    try (Beacon beacon =
        new Beacon(URI.create(endpoint), version, AGENTS, shown::add, LONG, LONG)) {
      beacon.send("e", data);
    }
    return String.join("\n", shown);
  }

  /** Waits until as many requests have ended as are expected, and compares the counts. */
  static void assertEnds(Beacon beacon, BeaconStats expected) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (ended(beacon.stats()) < ended(expected) && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertEquals(expected, beacon.stats());
  }

  private static long ended(BeaconStats stats) {
    return stats.sent() + stats.failed();
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
