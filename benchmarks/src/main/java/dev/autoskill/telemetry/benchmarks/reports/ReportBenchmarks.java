package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.Effort;
import dev.autoskill.telemetry.benchmarks.document.Chart;
import dev.autoskill.telemetry.benchmarks.document.Section;
import dev.autoskill.telemetry.benchmarks.document.Table;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures queries at several sizes, against those of auto-skill's own tools. */
public final class ReportBenchmarks {

  private static final List<Long> QUICK = List.of(10_000L, 100_000L);
  private static final List<Long> FULL = List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L);

  private static final String METHOD =
      """
      Files are filled with so many events (50 skills, 5 agents, sessions of 20, 365 days), as auto-skill's tools would have
      filled them. The first report finds nothing rolled up: *catch-up* is how long it takes. Then the library's queries are asked of
      all sizes in turns (medians of 41, in milliseconds). *Theirs* is SQL as auto-skill's own tools ask it, in the same SQLite,
      without rollups: totals, and then the agents of each skill; medians of as many as fit into a second, at least one. What would
      have taken too long was not asked.
      """;

  private ReportBenchmarks() {}

  /**
   * Fills files and asks.
   *
   * @param effort which sizes
   * @param workDirectory where files may be left, of some 3 GB
   * @return what was measured
   * @throws Exception if a file cannot be written or read
   */
  public static Section measure(Effort effort, Path workDirectory) throws Exception {
    List<MeasuredFile> files = new ArrayList<>();
    try {
      for (long size : effort == Effort.QUICK ? QUICK : FULL) {
        files.add(new MeasuredFile(workDirectory.resolve(size + ".db"), size));
      }
      return measure(files);
    } finally {
      files.forEach(MeasuredFile::close);
    }
  }

  private static Section measure(List<MeasuredFile> files) throws Exception {
    Map<MeasuredQuery, Map<Long, Double>> ours = new EnumMap<>(MeasuredQuery.class);
    Map<MeasuredQuery, Map<Long, Double>> theirs = new EnumMap<>(MeasuredQuery.class);
    List<List<String>> rows = new ArrayList<>();
    QueryTimes times = new QueryTimes(files);
    for (MeasuredQuery query : MeasuredQuery.values()) {
      ours.put(query, times.ours(query));
      theirs.put(query, times.theirs(query));
      for (MeasuredFile file : files) {
        double millis = ours.get(query).get(file.events());
        Double other = theirs.get(query).get(file.events());
        rows.add(
            List.of(
                query.title(),
                Figures.whole(file.events()),
                Figures.rounded(millis),
                other == null ? "not asked" : Figures.rounded(other),
                other == null ? "" : Figures.times(other / millis)));
      }
    }
    return new Section(
        "Reports",
        METHOD,
        List.of(
            new Table(List.of("query", "events", "ours (ms)", "theirs (ms)", "faster"), rows),
            sizes(files)),
        List.of(chart(ours.get(MeasuredQuery.WHOLE_REPORT))),
        new ReportBudgets(files, ours, theirs).all());
  }

  private static Chart chart(Map<Long, Double> millis) {
    Map<String, Double> bars = new LinkedHashMap<>();
    millis.forEach((events, each) -> bars.put(Figures.whole(events) + " events", each));
    return new Chart("reports", "The whole report", "ms", bars);
  }

  private static Table sizes(List<MeasuredFile> files) {
    return new Table(
        List.of("events", "catch-up (s)", "µs an event", "bytes an event"),
        files.stream()
            .map(
                file ->
                    List.of(
                        Figures.whole(file.events()),
                        Figures.rounded(file.catchUpSeconds()),
                        Figures.rounded(file.catchUpSeconds() * 1e6 / file.events()),
                        Figures.whole(file.bytesAnEvent())))
            .toList());
  }
}
