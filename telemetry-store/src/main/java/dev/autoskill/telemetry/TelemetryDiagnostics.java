package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.report.RollupCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether telemetry works in this process and, if not, why not. For people: its texts may change.
 *
 * @param isRecording whether uses are recorded
 * @param why why they are or are not, in plain words
 * @param database the database's file, which need not exist yet; null if none is known
 * @param weaving how the skills are woven
 * @param troubles what keeps events from the spool or from the database at this moment, and which
 *     mappers cannot be used, in plain words; empty if there is nothing to say; unmodifiable
 * @param rollups what is known, without a look at each event, of what is added up beside the
 *     events; {@link TelemetryCollector#checkRollups()} compares it with them, and {@link
 *     TelemetryCollector#repairRollups()} adds up anew
 * @param stats what became of the events so far
 */
public record TelemetryDiagnostics(
    boolean isRecording,
    String why,
    @Nullable Path database,
    WeavingDiagnostics weaving,
    List<String> troubles,
    RollupCheck.Status rollups,
    TelemetryStats stats) {

  /** Copies the list, so that it cannot change. */
  public TelemetryDiagnostics {
    troubles = List.copyOf(troubles);
  }

  /**
   * Everything in plain words.
   *
   * @return lines to print
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("recording: " + why);
    lines.add("database: " + (database == null ? "none is known" : database.toString()));
    lines.add("aspect: " + (weaving.hasAspect() ? "present" : "not on the class path"));
    lines.add("weaver: " + (weaving.hasLoadTimeWeaver() ? "present" : "no agent was started"));
    lines.add("woven methods: " + weaving.wovenMethods() + ", used: " + weaving.usedMethods());
    weaving.notWoven().forEach(method -> lines.add("not woven: " + method));
    weaving.failures().forEach(failure -> lines.add("not woven: " + failure));
    troubles.forEach(trouble -> lines.add("trouble: " + trouble));
    lines.add("rollups: " + inWords(rollups));
    lines.add("events: " + stats);
    return List.copyOf(lines);
  }

  private static String inWords(RollupCheck.Status rollups) {
    return switch (rollups) {
      case RIGHT -> "kept, and nothing is known to be wrong";
      case WRONG -> "wrong";
      case OUT_OF_DATE -> "others changed events, which is yet to be worked in";
      case NOT_KEPT -> "not kept, so reports look at each event";
      case UNREADABLE -> "there is no database that can be read";
    };
  }
}
