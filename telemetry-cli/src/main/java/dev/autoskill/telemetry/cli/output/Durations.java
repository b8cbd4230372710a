package dev.autoskill.telemetry.cli.output;

/** Durations as people read them, alike in every locale. */
public final class Durations {

  private Durations() {}

  /**
   * A duration in the unit that suits it.
   *
   * @param millis the duration in milliseconds
   * @return for example {@code 12 ms}, {@code 1.5 s} or {@code 2.0 min}
   */
  public static String words(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    double seconds = millis / 1000.0;
    return seconds < 100 ? Numbers.of(seconds, 1) + " s" : Numbers.of(seconds / 60, 1) + " min";
  }
}
