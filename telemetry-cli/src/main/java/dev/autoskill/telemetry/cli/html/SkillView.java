package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.cli.output.Printable;
import dev.autoskill.telemetry.cli.statistics.Comparison;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.DurationHistogram.Bucket;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.Windows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * All that the page says of one skill.
 *
 * @param report its numbers
 * @param trend the window cut into equal parts
 * @param windows its uses in the window and in the time before
 * @param agents its numbers by agent; none if it has no section of its own
 * @param events its latest events, likewise
 * @param errors its most frequent errors; none unless they were kept
 */
record SkillView(
    EffectivenessReport report,
    List<TrendPoint> trend,
    Windows windows,
    List<EffectivenessByAgent> agents,
    List<TelemetryEvent> events,
    List<ErrorCount> errors) {

  /**
   * A skill's numbers for one agent.
   *
   * @param agent the agent
   * @param report the numbers
   */
  record EffectivenessByAgent(String agent, EffectivenessReport report) {

    String name() {
      return Printable.of(agent);
    }
  }

  SkillView {
    trend = List.copyOf(trend);
    agents = List.copyOf(agents);
    events = List.copyOf(events);
    errors = List.copyOf(errors);
  }

  String name() {
    return Printable.of(report.skillName());
  }

  /** The same on every page, so that links to it stay. */
  String anchor() {
    return "s-" + UUID.nameUUIDFromBytes(report.skillName().getBytes(StandardCharsets.UTF_8));
  }

  /** Outcomes that other programs wrote and this library does not know. */
  long unrecognised() {
    return report.totalUses()
        - report.successCount()
        - report.failureCount()
        - report.partialCount()
        - report.skippedCount();
  }

  Comparison comparison() {
    return new Comparison(windows.baseline(), windows.current());
  }

  TrendChart trendChart() {
    return TrendChart.of(trend);
  }

  /** Each bar holds the durations of up to twice its shortest one. */
  BarChart durations() {
    long[] counts = new long[Long.SIZE];
    int first = Long.SIZE;
    int last = -1;
    for (Bucket bucket : windows.current().durations().buckets()) {
      int octave = octaveOf(bucket.lowestMs());
      counts[octave] += bucket.count();
      first = Math.min(first, octave);
      last = octave;
    }
    List<BarChart.Bar> bars = new ArrayList<>();
    for (int octave = first; octave <= last; octave++) {
      bars.add(
          new BarChart.Bar(rangeOf(octave), counts[octave], PageFigures.count(counts[octave])));
    }
    return new BarChart("Durations of the attempted uses", bars);
  }

  private static int octaveOf(long ms) {
    return Long.SIZE - Long.numberOfLeadingZeros(ms);
  }

  private static String rangeOf(int octave) {
    if (octave <= 1) {
      return PageFigures.millis((long) octave);
    }
    long lowest = 1L << (octave - 1);
    return PageFigures.millis(lowest) + " – " + PageFigures.millis(2 * lowest - 1);
  }
}
