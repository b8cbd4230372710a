package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.benchmarks.measuring.Folders;
import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import programs.Hello;

/** How long a program takes that uses one skill and ends, woven in each way. */
final class StartUp {

  static final String PLAIN = "plain";
  static final String COMPILE_TIME = "woven by the compiler";
  static final String ARCHIVED = "the same, with an archive of classes";
  static final String STOCK = "stock weaver";
  static final String COLD = "agent, cold";
  static final String WARM = "agent, warm";
  static final String OPTED_OUT = "woven, opted out";
  static final String AGENT_OPTED_OUT = "agent, opted out";

  private final Path folder;
  private final Programs hello;
  private final List<Path> recorded = new ArrayList<>();
  private final List<Path> unrecorded = new ArrayList<>();

  StartUp(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.hello = new Programs(Hello.class, folder.resolve("hello"));
  }

  /** In milliseconds, by way of weaving. */
  Map<String, Samples> measure(int rounds) throws Exception {
    Map<String, Samples> millis =
        new InTurns()
            .with(PLAIN, () -> hello.plain().run(next(unrecorded)))
            .with(COMPILE_TIME, () -> hello.compileTime().run(next(recorded)))
            .with(ARCHIVED, this::archived)
            .with(STOCK, () -> hello.stockWeaver().run(next(recorded)))
            .with(COLD, this::cold)
            .with(WARM, this::warm)
            .with(OPTED_OUT, () -> hello.optedOut().run(next(unrecorded)))
            .with(
                AGENT_OPTED_OUT,
                () -> hello.agent("AUTO_SKILL_NO_TELEMETRY", "1").run(next(unrecorded)))
            .run(1, rounds, Duration.ofSeconds(110));
    checkWhatWasRecorded();
    return millis;
  }

  private double archived() throws Exception {
    Path archive = folder.resolve("classes.jsa");
    if (Files.notExists(archive)) {
      hello.archiving(archive).run(next(recorded));
    }
    return hello.archived(archive).run(next(recorded));
  }

  private double cold() throws Exception {
    Folders.delete(hello.cacheHome());
    return hello.agent().run(next(recorded));
  }

  private double warm() throws Exception {
    if (Files.notExists(hello.cacheHome())) {
      hello.agent().run(next(recorded));
    }
    return hello.agent().run(next(recorded));
  }

  private Path next(List<Path> folders) {
    Path next = folder.resolve("run-" + (recorded.size() + unrecorded.size()));
    folders.add(next);
    return next;
  }

  /** A program that is quick because it records nothing would not do. */
  private void checkWhatWasRecorded() throws IOException {
    for (Path run : recorded) {
      TelemetryConfig config = TelemetryConfig.builder().database(Child.database(run)).build();
      try (TelemetryCollector telemetry = TelemetryCollector.open(config)) {
        List<EffectivenessReport> reports = telemetry.getEffectivenessReport("greet");
        if (reports.size() != 1 || reports.get(0).totalUses() != 1) {
          throw new IllegalStateException(
              "not recorded once in " + run.getFileName() + ": " + reports);
        }
      }
    }
    for (Path run : unrecorded) {
      if (Files.exists(Child.database(run).getParent())) {
        throw new IllegalStateException("recorded although it should not have been");
      }
    }
  }
}
