package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.benchmarks.Effort;
import dev.autoskill.telemetry.benchmarks.document.Budget;
import dev.autoskill.telemetry.benchmarks.document.Chart;
import dev.autoskill.telemetry.benchmarks.document.Section;
import dev.autoskill.telemetry.benchmarks.document.Table;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How fast events come into the database, and how much of the disk they take up. */
public final class StoreBenchmarks {

  private static final double SHARE_OF_BY_HAND = 0.9;
  private static final double SHARE_WITH_ROLLUPS = 0.75;
  private static final int BYTES_AN_EVENT = 320;

  private static final String METHOD =
      """
      Each way fills a new database with %s events (50 skills, 5 agents, sessions of 20), in turns with the others, in an
      order that shifts. The first three store batches of 1024 in a transaction each (`BEGIN IMMEDIATE`,
      `INSERT OR IGNORE`, write-ahead log, `synchronous=NORMAL`); opening and closing counts, for all alike. *Through the DAO* is the
      store that the library's background thread uses. *Rolled up* goes on until reports need not look at any event. *Recorded*
      is all that, through `recordEvent` and, for every 16,384, `flush`.

      Ratios are the medians of the rounds' ratios.
      """;

  private StoreBenchmarks() {}

  /**
   * Fills databases.
   *
   * @param effort how many events, how often
   * @param workDirectory where files may be left
   * @return what was measured
   * @throws Exception if an event could not be stored
   */
  public static Section measure(Effort effort, Path workDirectory) throws Exception {
    boolean isQuick = effort == Effort.QUICK;
    int many = isQuick ? 20_000 : 500_000;
    StoreRates rates = new StoreRates(workDirectory.resolve("store"), many);
    Map<String, Samples> all = rates.batched(isQuick ? 1 : 9);
    return new Section(
        "Storing",
        METHOD.formatted(Figures.whole(many)),
        List.of(table(all)),
        List.of(chart(all)),
        budgets(all, rates.bytesAnEvent()));
  }

  private static Table table(Map<String, Samples> rates) {
    Samples byHand = rates.get(StoreRates.BY_HAND);
    List<List<String>> rows = new ArrayList<>();
    rates.forEach(
        (name, samples) ->
            rows.add(
                List.of(
                    name,
                    Figures.whole(samples.median()),
                    Figures.whole(samples.greatest()),
                    Figures.rounded(1e6 / samples.median()),
                    Figures.percent(samples.ratioTo(byHand)))));
    return new Table(
        List.of("way", "median events/s", "most events/s", "µs an event", "of by hand"), rows);
  }

  private static Chart chart(Map<String, Samples> rates) {
    Map<String, Double> bars = new LinkedHashMap<>();
    rates.forEach((name, samples) -> bars.put(name, Math.rint(samples.median())));
    return new Chart("store", "Events stored", "events/s", bars);
  }

  private static List<Budget> budgets(Map<String, Samples> rates, double bytesAnEvent) {
    Samples byHand = rates.get(StoreRates.BY_HAND);
    return List.of(
        Budget.share(
            "store rate through the DAO, of batched JDBC by hand",
            SHARE_OF_BY_HAND,
            rates.get(StoreRates.DAO).ratioTo(byHand)),
        Budget.share(
            "the same with rolling up",
            SHARE_WITH_ROLLUPS,
            rates.get(StoreRates.ROLLED_UP).ratioTo(byHand)),
        Budget.most(
            "bytes on disk for each event, write-ahead log, rollups and spool included",
            BYTES_AN_EVENT,
            bytesAnEvent,
            "B"));
  }
}
