package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long queries take, in milliseconds. The library's are asked of all sizes in turns, so that no
 * size gets the better compiled code; the others, which take long, of each size for a while.
 */
final class QueryTimes {

  private static final int WARM_UPS = 30;
  private static final int ROUNDS = 41;
  private static final Duration THEIR_TIME = Duration.ofSeconds(60);
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final double ENOUGH_MS = 1_000;
  private static final int OFTEN_ENOUGH = 7;

  private final List<MeasuredFile> files;
  private final Map<MeasuredQuery, Double> theirMillisAnEvent = new EnumMap<>(MeasuredQuery.class);
  private double millisLeft = THEIR_TIME.toMillis();

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

  /**
   * Asks once at least, unless that would take longer than there is time left.
   *
   * @return nothing if it was not asked
   */
  Optional<Samples> theirs(MeasuredQuery query, MeasuredFile file) throws SQLException {
    // They look at all events, or at all of a skill.
    Double millisAnEvent = theirMillisAnEvent.get(query);
    if (millisAnEvent != null && millisAnEvent * file.events() > millisLeft) {
      return Optional.empty();
    }
    Samples millis = new Samples();
    double all = 0;
    for (int times = 0; times == 0 || (times < OFTEN_ENOUGH && all < ENOUGH_MS); times++) {
      long start = System.nanoTime();
      query.askTheirs(file);
      double once = (System.nanoTime() - start) / 1e6;
      millis.add(once);
      all += once;
    }
    millisLeft -= all;
    theirMillisAnEvent.put(query, millis.median() / file.events());
    return Optional.of(millis);
  }
}
