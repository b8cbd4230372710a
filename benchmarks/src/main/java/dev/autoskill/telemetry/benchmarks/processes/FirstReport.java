package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.measuring.Folders;
import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import programs.Hello;
import programs.PlainJdbi;
import programs.Reporting;

/** How long a program takes whose first and only deed is to ask for a report. */
final class FirstReport {

  static final String JDBI = "plain JDBI, one SQL object";
  static final String REPORT = "a report";

  private final Path run;
  private final Path cacheHome;
  private final Path archive;
  private final Child jdbi;
  private final Child asking;

  /** Uses a skill once, asks once, and makes the archive. */
  FirstReport(Path folder) throws IOException, InterruptedException {
    run = folder.resolve("run");
    cacheHome = folder.resolve("cache");
    archive = folder.resolve("classes.jsa");
    Programs hello = new Programs(Hello.class, folder.resolve("hello"));
    jdbi = new Programs(PlainJdbi.class, folder.resolve("jdbi")).unwoven();
    asking =
        new Programs(Reporting.class, folder.resolve("reporting"))
            .unwoven()
            // On a slow machine, too, the first one stores the event.
            .with("-Dautoskill.telemetry.query-timeout=PT1M")
            .with(Map.of("XDG_CACHE_HOME", cacheHome.toString()));
    hello.compileTime().run(run);
    asking.with("-XX:ArchiveClassesAtExit=" + archive).run(run);
  }

  /** In milliseconds. */
  Map<String, Samples> measure(int rounds) throws Exception {
    Child unpacking = asking.with("-Dorg.sqlite.tmpdir=" + run.resolve("tmp"));
    Child archived = asking.with("-XX:SharedArchiveFile=" + archive);
    return new InTurns()
        .with(JDBI, () -> jdbi.run(run))
        .with(REPORT, () -> asking.run(run))
        .with("SQLite's library unpacked by the driver", () -> unpacking.run(run))
        .with("SQLite's library not in the cache yet", this::withoutCache)
        .with("with an archive of classes", () -> archived.run(run))
        .run(1, rounds, Duration.ofSeconds(45));
  }

  private double withoutCache() throws Exception {
    Folders.delete(cacheHome);
    return asking.run(run);
  }
}
