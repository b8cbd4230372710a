package skills.chaos;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints the results that a caller of the skills sees, and those that differ while the library
 * fails, part by part. The file that is named by the first argument gets a line for each part: the
 * part, how often it failed, how many faults were counted. The second argument says by what it
 * fails.
 */
public final class ChaosProgram {

  private ChaosProgram() {}

  public static void main(String[] args) throws IOException {
    Sabotage.Kind kind = Sabotage.Kind.valueOf(args[1]);
    Round early = new Round();
    long earlyStrikes = Sabotage.whileNoCollectorOpens(kind, early);
    TelemetryCollector collector = Telemetry.collector();
    long earlyFaults = collector.stats().faults();
    Round first = new Round();
    first.run();
    Sabotage.settle(collector);
    String normal = first.seen();
    System.out.print(normal);
    if (!early.seen().equals(normal)) {
      System.out.println("WITHOUT A COLLECTOR, BY " + kind + ":\n" + early.seen());
    }
    List<String> notes = new ArrayList<>();
    notes.add("no collector;" + earlyStrikes + ";" + earlyFaults);
    notes.add("mappers that cannot be had;" + (collector.stats().faults() - earlyFaults));
    for (String part : Sabotage.partsOfRounds(collector)) {
      long faultsBefore = collector.stats().faults();
      Round round = new Round();
      long strikes = Sabotage.during(part, kind, round, collector);
      if (!round.seen().equals(normal)) {
        System.out.println("AS " + part + " FAILS BY " + kind + ":\n" + round.seen());
      }
      // A thread goes on only after its failure was counted.
      if (!isSettled(new Round(), collector)) {
        System.out.println("NOT SETTLED AFTER " + part + " FAILED BY " + kind);
      }
      long faults = collector.stats().faults() - faultsBefore;
      notes.add(String.join(";", part, "" + strikes, "" + faults));
    }
    notes.add(afterwards(collector));
    Files.write(Path.of(args[0]), notes);
  }

  private static boolean isSettled(Round round, TelemetryCollector collector) {
    round.run();
    return Sabotage.settle(collector);
  }

  /**
   * How many uses are recorded and stored of a round in which nothing fails, and what is missing.
   */
  private static String afterwards(TelemetryCollector collector) {
    TelemetryStats before = collector.stats();
    isSettled(new Round(), collector);
    TelemetryStats after = collector.stats();
    return String.join(
        ";",
        "afterwards",
        "" + (after.recorded() - before.recorded()),
        "" + (after.dropped() - before.dropped()),
        "" + (after.faults() - before.faults()),
        "" + unaccounted(after));
  }

  private static long unaccounted(TelemetryStats stats) {
    long known =
        stats.stored() + stats.spooled() + stats.queued() + stats.dropped() + stats.failed();
    return stats.recorded() - known;
  }
}
