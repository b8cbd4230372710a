package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long queries take, in milliseconds. The library's are asked of all sizes in turns, so that no
 * size gets the better compiled code; the others, which take long, of each size for a while.
 */
final class QueryTimes {

  private static final int WARM_UPS = 30;
  private static final int ROUNDS = 41;
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final double ENOUGH_MS = 1_000;
  private static final int OFTEN_ENOUGH = 7;
  private static final double TOO_LONG_MS = 15_000;

  private final List<MeasuredFile> files;

  QueryTimes(List<MeasuredFile> files) {
    this.files = files;
  }

  /** By number of events. */
  Map<Long, Double> ours(MeasuredQuery query) throws Exception {
    InTurns inTurns = new InTurns();
    for (MeasuredFile file : files) {
      inTurns.with(
          Long.toString(file.events()),
          () -> {
            long start = System.nanoTime();
            query.askOurs(file);
            return (System.nanoTime() - start) / 1e6;
          });
    }
    Map<Long, Double> millis = new TreeMap<>();
    inTurns
        .run(WARM_UPS, ROUNDS, TIME)
        .forEach((events, samples) -> millis.put(Long.valueOf(events), samples.median()));
    return millis;
  }

  /** Those of auto-skill, without the sizes for which it would probably take too long. */
  Map<Long, Double> theirs(MeasuredQuery query) throws Exception {
    Map<Long, Double> millis = new TreeMap<>();
    double anEvent = 0;
    for (MeasuredFile file : files) {
      if (anEvent * file.events() < TOO_LONG_MS) {
        double median = theirs(query, file);
        millis.put(file.events(), median);
        anEvent = median / file.events();
      }
    }
    return millis;
  }

  private static double theirs(MeasuredQuery query, MeasuredFile file) throws Exception {
    Samples millis = new Samples();
    double all = 0;
    for (int times = 0; times == 0 || (times < OFTEN_ENOUGH && all < ENOUGH_MS); times++) {
      long start = System.nanoTime();
      query.askTheirs(file);
      double once = (System.nanoTime() - start) / 1e6;
      millis.add(once);
      all += once;
    }
    return millis.median();
  }
}
