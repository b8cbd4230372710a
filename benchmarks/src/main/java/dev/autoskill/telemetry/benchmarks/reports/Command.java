package dev.autoskill.telemetry.benchmarks.reports;

import dev.autoskill.telemetry.benchmarks.measuring.Built;
import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
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
  static final String MCP = "skill-telemetry mcp, to its answer of initialize";
  static final String MCP_REPORT = "skill-telemetry mcp, to its first report";

  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}
      """;

  private static final String CALL =
      """
      {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"skill_report","arguments":{"since":"all"}}}
      """;

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
            .with(REPORT, () -> run(launcher, "report", "--all"))
            .with(MCP, () -> ask(launcher, INITIALIZE))
            .with(MCP_REPORT, () -> ask(launcher, INITIALIZE, CALL));
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

  /** Until it is gone. */
  private double run(String... command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = builder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    awaitEnd(process, command);
    return millisSince(start);
  }

  /** Until the server has answered the last of some requests, each of which is one line. */
  private double ask(String launcher, String... requests) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = builder(launcher, "mcp").start();
    double millis;
    try (Writer to = process.outputWriter();
        BufferedReader from = process.inputReader()) {
      for (String request : requests) {
        to.write(request);
        to.flush();
        String answer = from.readLine();
        if (answer == null || !answer.contains("\"result\"")) {
          throw new IllegalStateException("no answer to " + request + ": " + answer);
        }
      }
      millis = millisSince(start);
    }
    awaitEnd(process, launcher, "mcp");
    return millis;
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void awaitEnd(Process process, String... command) throws InterruptedException {
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException("it fails: " + String.join(" ", command));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).redirectError(ProcessBuilder.Redirect.DISCARD);
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
    return builder;
  }
}
