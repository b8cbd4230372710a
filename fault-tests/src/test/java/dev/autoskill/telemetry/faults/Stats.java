package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;

/** What a program answers when it is asked for its stats: as in {@code TelemetryStats}. */
record Stats(
    long recorded, long stored, long spooled, long queued, long dropped, long failed, long faults) {

  static Stats of(String answer) {
    long[] n = Stream.of(answer.split(" ")).mapToLong(Long::parseLong).toArray();
    return new Stats(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
  }

  /** Nothing is missing in the books. */
  Stats assertBalanced() {
    assertEquals(recorded, stored + spooled + queued + dropped + failed, toString());
    return this;
  }
}
