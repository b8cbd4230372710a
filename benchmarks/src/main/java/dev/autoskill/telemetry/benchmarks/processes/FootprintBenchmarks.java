package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.Effort;
import dev.autoskill.telemetry.benchmarks.document.Section;
import dev.autoskill.telemetry.benchmarks.document.Table;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import programs.Resting;

/** What a process holds because of telemetry. */
public final class FootprintBenchmarks {

  private static final double KIB_A_MIB = 1024;

  private static final String METHOD =
      """
      A program uses a skill and then rests: plain; woven, when its event is in the spool; and when it also asked for a report, for
      which the database was opened. What it holds then is what `/proc` says, as the median of %s runs, the JVM's own
      included. Classes are counted in another program, which uses a skill and ends. There is no budget for any of this.
      """;

  private FootprintBenchmarks() {}

  /**
   * Runs the programs and looks at the jars.
   *
   * @param effort how many rounds
   * @param workDirectory where files may be left
   * @return what was measured
   * @throws Exception if a program fails
   */
  public static Section measure(Effort effort, Path workDirectory) throws Exception {
    int rounds = effort == Effort.QUICK ? 1 : 9;
    List<Table> tables = new ArrayList<>();
    if (RunningProcess.isPossible()) {
      tables.add(held(workDirectory.resolve("footprint"), rounds));
    }
    tables.add(new LoadedClasses(workDirectory.resolve("classes")).table());
    tables.add(JarSizes.table());
    return new Section(
        "Footprint", METHOD.formatted(Figures.whole(rounds)), tables, List.of(), List.of());
  }

  private static Table held(Path folder, int rounds) throws IOException, InterruptedException {
    Programs event = new Programs(Resting.class, folder.resolve("event"), "event");
    Programs report = new Programs(Resting.class, folder.resolve("report"), "report");
    RunningProcess.of(event.agent(), folder.resolve("to-fill-the-cache"), true);
    Held plain = new Held("plain", event.plain(), false);
    List<Held> ways =
        List.of(
            plain,
            new Held("woven by the compiler, one event", event.compileTime(), true),
            new Held("woven by the compiler, database opened", report.compileTime(), true),
            new Held("agent, warm, one event", event.agent(), true));
    for (int round = 0; round < rounds; round++) {
      for (Held way : ways) {
        way.look(folder.resolve(way.name.replace(' ', '-') + round));
      }
    }
    return new Table(
        List.of("process", "resident MiB", "added", "peak MiB", "added", "threads", "open files"),
        ways.stream().map(way -> way.row(plain)).toList());
  }

  /** One way to run the program, and what it held. */
  private static final class Held {
    private final String name;
    private final Child child;
    private final boolean isRecording;
    private final Samples resident = new Samples();
    private final Samples peak = new Samples();
    private final Samples threads = new Samples();
    private final Samples files = new Samples();

    Held(String name, Child child, boolean isRecording) {
      this.name = name;
      this.child = child;
      this.isRecording = isRecording;
    }

    void look(Path folder) throws IOException, InterruptedException {
      RunningProcess process = RunningProcess.of(child, folder, isRecording);
      resident.add(process.residentKiB() / KIB_A_MIB);
      peak.add(process.peakKiB() / KIB_A_MIB);
      threads.add(process.threads());
      files.add(process.files());
    }

    List<String> row(Held plain) {
      return List.of(
          name,
          Figures.rounded(resident.median()),
          added(resident, plain.resident),
          Figures.rounded(peak.median()),
          added(peak, plain.peak),
          Figures.whole(threads.median()),
          Figures.whole(files.median()));
    }

    private static String added(Samples samples, Samples plain) {
      return samples == plain ? "" : Figures.difference(samples.median() - plain.median());
    }
  }
}
