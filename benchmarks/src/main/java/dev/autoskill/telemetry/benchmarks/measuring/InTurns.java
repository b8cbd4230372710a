package dev.autoskill.telemetry.benchmarks.measuring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures several things in turns, so that whatever else the machine does meets all of them alike.
 * The order shifts from round to round, so that none always comes after the same other.
 */
public final class InTurns {

  private static final int FEWEST_ROUNDS = 3;

  private final Map<String, Measurement> measurements = new LinkedHashMap<>();

  /** Something that is measured. */
  @FunctionalInterface
  public interface Measurement {

    /**
     * Measures once.
     *
     * @return the figure
     * @throws Exception if it could not be measured
     */
    double once() throws Exception;
  }

  /** Makes one that measures nothing yet. */
  public InTurns() {}

  /**
   * Adds something to be measured.
   *
   * @param name what it is called
   * @param measurement measures it once
   * @return this
   */
  public InTurns with(String name, Measurement measurement) {
    measurements.put(name, measurement);
    return this;
  }

  /**
   * Measures all, after rounds that do not count. On a machine that is busy otherwise, fewer rounds
   * must do: once the time is over, three are enough.
   *
   * @param warmUps how many rounds do not count
   * @param rounds how many do
   * @param time how long it should take at most
   * @return what was measured, in the order in which it was added
   * @throws Exception if anything could not be measured
   */
  public Map<String, Samples> run(int warmUps, int rounds, Duration time) throws Exception {
    Map<String, Samples> samples = new LinkedHashMap<>();
    measurements.keySet().forEach(name -> samples.put(name, new Samples()));
    List<String> names = List.copyOf(measurements.keySet());
    long start = System.nanoTime();
    for (int round = -warmUps; round < rounds; round++) {
      if (round >= FEWEST_ROUNDS && System.nanoTime() - start > time.toNanos()) {
        break;
      }
      for (int turn = 0; turn < names.size(); turn++) {
        String name = names.get(Math.floorMod(turn + round, names.size()));
        double value = measurements.get(name).once();
        if (round >= 0) {
          samples.get(name).add(value);
        }
      }
    }
    return samples;
  }
}
