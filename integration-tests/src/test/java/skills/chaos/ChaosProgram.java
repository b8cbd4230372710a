package skills.chaos;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what a caller of the skills sees, and all that he sees differently while the library
 * fails, part by part. What failed, and what was counted, goes into the file that is named by the
 * first argument: the part, the kind, how often it failed, how many faults were counted.
 */
public final class ChaosProgram {

  private static final Duration LONG = Duration.ofSeconds(5);

  private ChaosProgram() {}

  public static void main(String[] args) throws IOException {
    TelemetryCollector collector = Telemetry.collector();
    String normal = seenIn(new Round());
    System.out.print(normal);
    List<String> notes = new ArrayList<>();
    for (String part : Sabotage.partsOf(new Round())) {
      for (Sabotage.Kind kind : Sabotage.Kind.values()) {
        collector.flush(LONG);
        long faultsBefore = collector.stats().faults();
        Round round = new Round();
        long strikes = Sabotage.during(part, kind, round);
        if (!round.seen().equals(normal)) {
          System.out.println("AS " + part + " FAILS BY " + kind + ":\n" + round.seen());
        }
        collector.flush(LONG);
        long faults = collector.stats().faults() - faultsBefore;
        notes.add(String.join(";", part, kind.name(), "" + strikes, "" + faults));
      }
    }
    notes.add(afterwards(collector));
    Files.write(Path.of(args[0]), notes);
  }

  private static String seenIn(Round round) {
    round.run();
    return round.seen();
  }

  private static void settle(Round round, TelemetryCollector collector) {
    round.run();
    collector.flush(LONG);
  }

  /** How many uses are recorded and stored of a round in which nothing fails. */
  private static String afterwards(TelemetryCollector collector) {
    collector.flush(LONG);
    TelemetryStats before = collector.stats();
    settle(new Round(), collector);
    TelemetryStats after = collector.stats();
    return String.join(
        ";",
        "afterwards",
        "" + (after.recorded() - before.recorded()),
        "" + (after.dropped() - before.dropped()),
        "" + (after.faults() - before.faults()));
  }
}
