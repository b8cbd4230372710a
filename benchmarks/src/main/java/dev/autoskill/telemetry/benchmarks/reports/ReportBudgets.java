package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.document.Budget;
import dev.autoskill.telemetry.benchmarks.document.Chart;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is promised of queries, held against what was measured at the least and greatest size. */
final class ReportBudgets {

  private static final double QUERY_MS = 5;
  private static final double GROWTH = 2;
  private static final int BYTES_AN_EVENT = 320;
  private static final double CATCH_UP_SECONDS = 10;
  private static final long CATCH_UP_EVENTS = 1_000_000;

  private final List<MeasuredFile> files;
  private final Map<MeasuredQuery, Map<String, Samples>> ours;

  ReportBudgets(List<MeasuredFile> files, Map<MeasuredQuery, Map<String, Samples>> ours) {
    this.files = files;
    this.ours = ours;
  }

  Chart chart() {
    Map<String, Double> bars = new LinkedHashMap<>();
    for (MeasuredFile file : files) {
      bars.put(Figures.whole(file.events()) + " events", ms(MeasuredQuery.WHOLE_REPORT, file));
    }
    return new Chart("reports", "The whole report", "ms", bars);
  }

  List<Budget> budgets() {
    MeasuredFile small = files.get(0);
    MeasuredFile large = files.get(files.size() - 1);
    MeasuredFile caughtUp =
        files.stream().filter(file -> file.events() == CATCH_UP_EVENTS).findFirst().orElse(large);
    double growth = ms(MeasuredQuery.WHOLE_REPORT, large) / ms(MeasuredQuery.WHOLE_REPORT, small);
    double bytes = files.stream().mapToDouble(MeasuredFile::bytesAnEvent).max().orElseThrow();
    return List.of(
        quick(MeasuredQuery.WHOLE_REPORT, large),
        new Budget(
            "its time, of that at " + Figures.whole(small.events()),
            "at most " + Figures.times(GROWTH),
            Figures.times(growth),
            growth <= GROWTH),
        quick(MeasuredQuery.EVENTS, large),
        new Budget(
            "bytes on disk for each event that others stored, rollups included",
            "at most " + BYTES_AN_EVENT,
            Figures.whole(bytes),
            bytes <= BYTES_AN_EVENT),
        new Budget(
            "catch-up with " + Figures.whole(caughtUp.events()) + " events of others",
            "under " + Figures.whole(CATCH_UP_SECONDS) + " s",
            Figures.rounded(caughtUp.catchUpSeconds()) + " s",
            caughtUp.catchUpSeconds() < CATCH_UP_SECONDS));
  }

  private Budget quick(MeasuredQuery query, MeasuredFile file) {
    double ms = ms(query, file);
    return new Budget(
        query.title() + ", " + Figures.whole(file.events()) + " events",
        "under " + Figures.whole(QUERY_MS) + " ms",
        Figures.rounded(ms) + " ms",
        ms < QUERY_MS);
  }

  private double ms(MeasuredQuery query, MeasuredFile file) {
    return ours.get(query).get(Long.toString(file.events())).median();
  }
}
