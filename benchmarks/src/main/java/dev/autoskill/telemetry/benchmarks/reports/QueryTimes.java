package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long queries take, in milliseconds. The library's are asked of all sizes in turns, so that no
 * size gets the better compiled code; the others, which take long, of each size for a while.
 */
final class QueryTimes {

  private static final int WARM_UPS = 30;
  private static final int ROUNDS = 41;
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final long ENOUGH_NANOS = 1_000_000_000L;
  private static final int OFTEN_ENOUGH = 7;

  private final List<MeasuredFile> files;

  QueryTimes(List<MeasuredFile> files) {
    this.files = files;
  }

  /** By number of events. */
  Map<String, Samples> ours(MeasuredQuery query) throws Exception {
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
    return inTurns.run(WARM_UPS, ROUNDS, TIME);
  }

  static Samples theirs(MeasuredQuery query, MeasuredFile file) throws SQLException {
    Samples millis = new Samples();
    long begin = System.nanoTime();
    int times = 0;
    do {
      long start = System.nanoTime();
      query.askTheirs(file);
      millis.add((System.nanoTime() - start) / 1e6);
      times++;
    } while (times < OFTEN_ENOUGH && System.nanoTime() - begin < ENOUGH_NANOS);
    return millis;
  }
}
