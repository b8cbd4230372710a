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
  private static final double TIMES_NODE_TOOL = 8;
  private static final double SHARE_FOR_ROLLUPS = 0.25;
  private static final int BYTES_AN_EVENT = 320;

  private static final String METHOD =
      """
      Each way fills a new database with %s events (50 skills, 5 agents, sessions of 20), in turns with the others, in an
      order that shifts. The first three store batches of 1024 in a transaction each (`BEGIN IMMEDIATE`,
      `INSERT OR IGNORE`, write-ahead log, `synchronous=NORMAL`); opening and closing counts, for all alike. *Through the DAO* is the
      store that the library's background thread uses. *Rolled up* goes on until reports need not look at any event. *Recorded*
      is all that, through `recordEvent` and, for every 16,384, `flush`.

      Ratios are the medians of the rounds' ratios. *An insert and a commit each* is how a program writes that keeps no
      batches, in %s events, by SQLite's own default (`synchronous=FULL`). *As auto-skill's Node tool* is how
      [that one](https://github.com/MaTriXy/claude-auto-skill) writes, in %s events and by its own driver, better-sqlite3: a write-ahead log
      (`synchronous=NORMAL` there), and for each event an insert that is prepared anew, in a transaction of its own. Node's start does
      not count. It is measured only where `node` finds that driver: `npm install better-sqlite3@12`, and `NODE_PATH` to where that is.
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
    int few = isQuick ? 50 : 500;
    StoreRates rates = new StoreRates(workDirectory.resolve("store"), many);
    Map<String, Samples> all = new LinkedHashMap<>(rates.batched(isQuick ? 1 : 9));
    double bytesAnEvent = rates.bytesAnEvent();
    all.putAll(new StoreRates(workDirectory.resolve("one-by-one"), few).oneByOne(isQuick ? 1 : 3));
    return new Section(
        "Storing",
        METHOD.formatted(
            Figures.whole(many), Figures.whole(few), Figures.whole(many / StoreRates.FEWER)),
        List.of(table(all)),
        List.of(chart(all)),
        budgets(all, bytesAnEvent));
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
                    isOneByOne(name) ? "" : Figures.percent(samples.ratioTo(byHand)))));
    return new Table(
        List.of("way", "median events/s", "most events/s", "µs an event", "of by hand"), rows);
  }

  /** Those took turns among themselves. */
  private static boolean isOneByOne(String name) {
    return name.equals(StoreRates.ONE_BY_ONE) || name.equals(StoreRates.ONE_BY_ONE_WAL);
  }

  private static Chart chart(Map<String, Samples> rates) {
    Map<String, Double> bars = new LinkedHashMap<>();
    rates.forEach((name, samples) -> bars.put(name, Math.rint(samples.median())));
    return new Chart("store", "Events stored", "events/s", bars);
  }

  private static List<Budget> budgets(Map<String, Samples> rates, double bytesAnEvent) {
    Samples dao = rates.get(StoreRates.DAO);
    double ofByHand = dao.ratioTo(rates.get(StoreRates.BY_HAND));
    double forRollups = 1 - rates.get(StoreRates.ROLLED_UP).ratioTo(dao);
    List<Budget> budgets = new ArrayList<>();
    budgets.add(
        new Budget(
            "store rate through the DAO, of that of a batch written by hand",
            "at least " + Figures.percent(SHARE_OF_BY_HAND),
            Figures.percent(ofByHand),
            ofByHand >= SHARE_OF_BY_HAND));
    if (rates.containsKey(StoreRates.NODE_TOOL)) {
      double ofNodeTool = dao.ratioTo(rates.get(StoreRates.NODE_TOOL));
      budgets.add(
          new Budget(
              "store rate through the DAO / of auto-skill's Node tool",
              "at least " + Figures.rounded(TIMES_NODE_TOOL),
              Figures.rounded(ofNodeTool),
              ofNodeTool >= TIMES_NODE_TOOL));
    }
    budgets.add(
        new Budget(
            "share of the store rate that rolling up takes",
            "at most " + Figures.percent(SHARE_FOR_ROLLUPS),
            Figures.percent(forRollups),
            forRollups <= SHARE_FOR_ROLLUPS));
    budgets.add(
        new Budget(
            "bytes on disk for each event, write-ahead log, rollups and spool included",
            "at most " + BYTES_AN_EVENT,
            Figures.whole(bytesAnEvent),
            bytesAnEvent <= BYTES_AN_EVENT));
    return budgets;
  }
}
