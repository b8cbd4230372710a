package dev.autoskill.telemetry.benchmarks;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.benchmarks.calls.CallCosts;
import dev.autoskill.telemetry.benchmarks.document.DocumentWriter;
import dev.autoskill.telemetry.benchmarks.document.Machine;
import dev.autoskill.telemetry.benchmarks.document.Section;
import dev.autoskill.telemetry.benchmarks.document.Table;
import dev.autoskill.telemetry.benchmarks.measuring.Built;
import dev.autoskill.telemetry.benchmarks.measuring.Folders;
import dev.autoskill.telemetry.benchmarks.processes.ProcessBenchmarks;
import dev.autoskill.telemetry.benchmarks.reports.CommandBenchmarks;
import dev.autoskill.telemetry.benchmarks.reports.ReportBenchmarks;
import dev.autoskill.telemetry.benchmarks.store.StoreBenchmarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs the benchmarks and writes {@code docs/benchmarks.md}. */
public final class Benchmarks {

  private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

  static {
    ALL.put("calls", CallCosts::measure);
    ALL.put("processes", ProcessBenchmarks::measure);
    ALL.put("store", StoreBenchmarks::measure);
    ALL.put("reports", ReportBenchmarks::measure);
    ALL.put("command", CommandBenchmarks::measure);
  }

  /** Finds out what one section says. */
  @FunctionalInterface
  private interface Benchmark {
    Section measure(Effort effort, Path workDirectory) throws Exception;
  }

  private Benchmarks() {}

  /**
   * Runs all benchmarks, or those that are named.
   *
   * @param arguments names of sections; {@code --quick} only to see that they run, and then nothing
   *     is written into {@code docs}
   * @throws Exception if one fails
   */
  public static void main(String[] arguments) throws Exception {
    Arguments wanted;
    try {
      wanted = Arguments.of(arguments, ALL.keySet());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (Telemetry.isDisabled()) {
      System.err.println("telemetry is off here; set AUTO_SKILL_TELEMETRY=local to measure it");
      System.exit(2);
    }
    Path work = Files.createTempDirectory("benchmarks");
    try {
      Table machine = Machine.table();
      write(wanted, machine, measure(wanted, work));
    } finally {
      Folders.delete(work);
    }
  }

  private static List<Section> measure(Arguments wanted, Path work) throws Exception {
    List<Section> sections = new ArrayList<>();
    for (String name : wanted.sections()) {
      System.err.print(name + " ... ");
      long start = System.nanoTime();
      Path folder = Files.createDirectory(work.resolve(name));
      sections.add(ALL.get(name).measure(wanted.effort(), folder));
      Folders.delete(folder);
      System.err.printf(Locale.ROOT, "%.0f s%n", (System.nanoTime() - start) / 1e9);
    }
    return sections;
  }

  /** Only a whole run that took its time is worth to be shown. */
  private static void write(Arguments wanted, Table machine, List<Section> sections)
      throws IOException {
    boolean isWhole = wanted.effort() == Effort.FULL && wanted.sections().size() == ALL.size();
    Path folder =
        isWhole ? Built.repository().resolve("docs") : Built.classes().resolveSibling("benchmarks");
    Path document = DocumentWriter.write(Files.createDirectories(folder), machine, sections);
    System.err.println("written: " + Built.repository().relativize(document));
  }
}
