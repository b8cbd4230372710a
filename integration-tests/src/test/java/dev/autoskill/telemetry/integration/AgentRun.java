package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs programs under the agent, with a cache folder that they share, and tells what they did. */
final class AgentRun {

  /**
   * The doings of a program.
   *
   * @param result how it ended, and what it printed
   * @param classes the log of the classes that it loaded
   * @param uses how often it used each skill
   */
  record Outcome(Result result, String classes, Map<String, Long> uses) {

    boolean hasLoaded(String type) {
      return classes.contains(" " + type + " ");
    }

    boolean hasWeaver() {
      return hasLoaded("org.aspectj.weaver.bcel.BcelWeaver");
    }

    /** Which takes AspectJ as long as the rest of its start. */
    boolean hasListOfJdk() {
      return hasLoaded("org.aspectj.apache.bcel.util.ClassPath$JImage");
    }

    boolean hasTransformer() {
      return hasLoaded("dev.autoskill.telemetry.agent.SkillTransformer");
    }
  }

  private final Path directory;

  AgentRun(Path directory) {
    this.directory = directory;
  }

  /** Where {@code XDG_CACHE_HOME} points the agent to. */
  Path cacheHome() {
    return directory.resolve("cache");
  }

  Path cacheFolder() {
    return cacheHome().resolve("autoskill-telemetry").resolve("woven-2");
  }

  List<Path> entries() {
    if (Files.notExists(cacheFolder())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cacheFolder())) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a program.
   *
   * @param folder where this run's files go, apart from the cache
   * @param more environment variables besides those that name the folders
   */
  Outcome run(
      Class<?> main,
      Weaving weaving,
      String folder,
      Map<String, String> more,
      String... jvmArguments) {
    Path files = directory.resolve(folder);
    Path database = files.resolve("telemetry").resolve("telemetry.db");
    Path log = files.resolve("classes.log");
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("XDG_CACHE_HOME", cacheHome().toString());
    environment.put("AUTO_SKILL_TELEMETRY_DB", database.toString());
    environment.put(
        "JDK_JAVA_OPTIONS",
        String.join(" ", jvmArguments)
            + " -Dautoskill.telemetry.close-timeout=PT1M -Xlog:class+load:file="
            + log
            + ":uptime");
    Result result = WovenProgram.run(main, weaving, files, environment);
    assertEquals(0, result.exitCode(), result.err());
    try {
      return new Outcome(withoutNote(result), Files.readString(log), uses(database));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JVM says on stderr that it was given options, and which. */
  private static Result withoutNote(Result result) {
    String err = result.err().replaceFirst("NOTE: Picked up JDK_JAVA_OPTIONS: .*\\R", "");
    return new Result(result.exitCode(), result.out(), err);
  }

  private static Map<String, Long> uses(Path database) {
    Map<String, Long> uses = new TreeMap<>();
    // A short program leaves its uses in the spool beside the database.
    if (Files.exists(database.getParent())) {
      TelemetryConfig config =
          TelemetryConfig.builder().database(database).queryTimeout(Duration.ofMinutes(1)).build();
      try (TelemetryCollector telemetry = TelemetryCollector.open(config)) {
        Reports reports = telemetry.reports();
        for (EffectivenessReport report : reports.effectiveness(ReportQuery.ALL)) {
          uses.put(report.skillName(), report.totalUses());
        }
        assertTrue(reports.isComplete(), reports.whyIncomplete());
      }
    }
    return uses;
  }
}
