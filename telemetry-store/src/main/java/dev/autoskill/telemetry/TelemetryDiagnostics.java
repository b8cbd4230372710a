package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.BeaconStats;
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
 * @param database the database's file, which need not exist yet; null if there is none to record to
 * @param weaving how the skills are woven
 * @param troubles the reasons why events reach neither the spool nor the database at this moment,
 *     and mappers that cannot be used, as sentences without anything personal; empty if there are
 *     none; unmodifiable. A lock of other programs is no trouble while it lasts less than the
 *     {@linkplain TelemetryConfig.Builder#busyTimeout busy timeout}
 * @param rollups the state of the rollups as far as it is known without reading the events; null if
 *     there is no database yet. {@link Reports#checkRollups()} reads them, and {@link
 *     Reports#repairRollups()} counts them anew
 * @param stats the counts of the events so far
 * @param beacon the counts of the beacons so far; all zero if there is no beacon
 */
public record TelemetryDiagnostics(
    boolean isRecording,
    String why,
    @Nullable Path database,
    WeavingDiagnostics weaving,
    List<String> troubles,
    RollupCheck.@Nullable Status rollups,
    TelemetryStats stats,
    BeaconStats beacon) {

  /** Copies the list, so that it cannot change. */
  public TelemetryDiagnostics {
    troubles = List.copyOf(troubles);
  }

  /** {@return everything in plain words, as lines to print} */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("recording: " + why);
    lines.add("database: " + (database == null ? "none" : database.toString()));
    lines.add("aspect: " + (weaving.hasAspect() ? "present" : "not on the class path"));
    lines.add("weaver: " + (weaving.hasLoadTimeWeaver() ? "present" : "no agent was started"));
    lines.add("woven methods: " + weaving.wovenMethods() + ", used: " + weaving.usedMethods());
    weaving.notWoven().forEach(method -> lines.add("not woven: " + method));
    weaving.failures().forEach(failure -> lines.add("not woven: " + failure));
    troubles.forEach(trouble -> lines.add("trouble: " + trouble));
    lines.add("rollups: " + inWords(rollups));
    lines.add("events: " + stats);
    lines.add("beacon: " + beacon);
    return List.copyOf(lines);
  }

  private static String inWords(RollupCheck.@Nullable Status rollups) {
    if (rollups == null) {
      return "none yet, since no event is stored yet";
    }
    return switch (rollups) {
      case RIGHT -> "up to date";
      case WRONG -> "wrong; repair them";
      case OUT_OF_DATE -> "others changed events, which will be counted anew";
      case NOT_KEPT -> "none in this file, so reports read the events";
      case UNREADABLE -> "the database cannot be read";
    };
  }
}
