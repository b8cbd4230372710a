package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.document.Budget;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The promises about queries.
 *
 * @param files of all sizes, the smallest first
 * @param ours milliseconds of the library's queries, by number of events
 * @param theirs milliseconds of auto-skill's own, by number of events, as far as they were asked
 */
record ReportBudgets(
    List<MeasuredFile> files,
    Map<MeasuredQuery, Map<Long, Double>> ours,
    Map<MeasuredQuery, Map<Long, Double>> theirs) {

  private static final double FIRST_REPORT = 1.5;
  private static final double LATER_REPORT = 0.01;
  private static final double GROWTH = 4;
  private static final double WHOLE_REPORT_MS = 20;
  private static final int BYTES_AN_EVENT = 320;

  /** No slower, but for the noise of a measurement. */
  private static final double NO_SLOWER = 1.05;

  /** At this size the first report is compared with theirs, which takes minutes at greater ones. */
  private static final long COMPARED_EVENTS = 1_000_000;

  List<Budget> all() {
    MeasuredFile small = files.get(0);
    MeasuredFile large = files.get(files.size() - 1);
    MeasuredFile compared =
        files.stream().filter(file -> file.events() == COMPARED_EVENTS).findFirst().orElse(large);
    String events = Figures.whole(compared.events());
    double wholeReport = theirs.get(MeasuredQuery.WHOLE_REPORT).get(compared.events());
    double largest = ours(MeasuredQuery.WHOLE_REPORT, large);
    List<Budget> budgets = new ArrayList<>();
    budgets.add(
        Budget.ratio(
            "first report over " + events + " foreign events, of auto-skill's own queries",
            FIRST_REPORT,
            1e3 * compared.catchUpSeconds() / wholeReport));
    budgets.add(
        Budget.ratio(
            "every later one",
            LATER_REPORT,
            ours(MeasuredQuery.WHOLE_REPORT, compared) / wholeReport));
    String sizes = Figures.whole(large.events()) + " events, of that at ";
    budgets.add(
        Budget.ratio(
            "whole report at " + sizes + Figures.whole(small.events()),
            GROWTH,
            largest / ours(MeasuredQuery.WHOLE_REPORT, small)));
    budgets.add(Budget.most("its time", WHOLE_REPORT_MS, largest, "ms"));
    budgets.add(noSlower(MeasuredQuery.EVENTS, large));
    files.forEach(file -> budgets.add(noSlower(MeasuredQuery.TREND, file)));
    budgets.add(
        Budget.most(
            "bytes on disk for each event that others stored, rollups included",
            BYTES_AN_EVENT,
            files.stream().mapToDouble(MeasuredFile::bytesAnEvent).max().orElseThrow(),
            "B"));
    return budgets;
  }

  private Budget noSlower(MeasuredQuery query, MeasuredFile file) {
    return Budget.ratio(
        "%s, %s events, of auto-skill's own".formatted(query.title(), Figures.whole(file.events())),
        NO_SLOWER,
        ours(query, file) / theirs.get(query).get(file.events()));
  }

  private double ours(MeasuredQuery query, MeasuredFile file) {
    return ours.get(query).get(file.events());
  }
}
