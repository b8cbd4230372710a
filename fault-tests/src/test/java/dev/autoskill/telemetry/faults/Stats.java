package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;

/**
 * The answer of a program that is asked for its stats: as in {@code TelemetryStats}, and how many
 * calls it made itself.
 */
record Stats(
    long recorded,
    long stored,
    long spooled,
    long queued,
    long dropped,
    long failed,
    long faults,
    long calls) {

  static Stats of(String answer) {
    long[] n = Stream.of(answer.split(" ")).mapToLong(Long::parseLong).toArray();
    return new Stats(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
  }

  /** Each call is in the books, once. Of a program that found nothing that others had left. */
  Stats assertBalanced() {
    assertEquals(calls, recorded, toString());
    assertEquals(recorded, stored + spooled + queued + dropped + failed, toString());
    return this;
  }
}
