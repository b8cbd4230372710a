package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.measuring.Built;
import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import programs.Hello;

/** The command on one JDK, as its launcher starts it, with a home and a cache of its own. */
final class Command {

  static final String HELLO = "a JVM that prints hello";
  static final String VERSION = "skill-telemetry --version";
  static final String HELP = "skill-telemetry --help";
  static final String REPORT = "skill-telemetry report --all";

  private static final long LIMIT_MINUTES = 5;

  private final Path jdk;
  private final Path home;
  private final Path database;

  /** Takes the database, which gets its rollups by the first report. */
  Command(Path jdk, Path home, Path database) {
    this.jdk = jdk;
    this.home = home;
    this.database = database;
  }

  /** In milliseconds, beside other tools where these are found. */
  Map<String, Samples> measure(int rounds) throws Exception {
    String launcher = launcher().toString();
    makeArchive(launcher);
    InTurns turns =
        new InTurns()
            .with(
                HELLO,
                () ->
                    run(
                        jdk.resolve("bin/java").toString(),
                        "-cp",
                        Built.classes().toString(),
                        Hello.class.getName()))
            .with(VERSION, () -> run(launcher, "--version"))
            .with(HELP, () -> run(launcher, "--help"))
            .with(REPORT, () -> run(launcher, "report", "--all"));
    String totals = TheirQueries.TOTALS.formatted("TRUE");
    for (String[] other :
        new String[][] {
          {"sqlite3", "-readonly", database.toString(), totals},
          {"auto-skill", "telemetry", "report", "--json"}
        }) {
      if (isOnPath(other[0])) {
        turns.with(
            other[0].equals("sqlite3") ? "sqlite3, totals" : "Node's auto-skill", () -> run(other));
      }
    }
    return turns.run(1, rounds, Duration.ofSeconds(90));
  }

  private static Path launcher() throws IOException {
    try (Stream<Path> all = Files.walk(Built.repository().resolve("telemetry-cli/target"), 4)) {
      return all.filter(file -> file.endsWith("skill-telemetry/bin/skill-telemetry"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("telemetry-cli is not packaged"));
    }
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** The launcher makes it in the background of its first run, and names it when it is whole. */
  private void makeArchive(String launcher) throws Exception {
    Path folder = home.resolve("cache/autoskill-telemetry/cli");
    run(launcher, "report", "--all");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
    while (!hasArchive(folder)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the launcher makes no archive");
      }
      Thread.sleep(100);
    }
  }

  private static boolean hasArchive(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().matches("jdk\\d+-\\d+"));
    }
  }

  private double run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                System.getenv("PATH"),
                "JAVA_HOME",
                jdk.toString(),
                "HOME",
                home.toString(),
                "XDG_CACHE_HOME",
                home.resolve("cache").toString(),
                "AUTO_SKILL_TELEMETRY_DB",
                database.toString()));
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException("it fails: " + String.join(" ", command));
      }
    } finally {
      process.destroyForcibly();
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
