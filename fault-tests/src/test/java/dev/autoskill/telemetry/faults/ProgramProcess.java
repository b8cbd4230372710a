package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import programs.Program;

/** {@link Program} in a JVM of its own. Any output beyond its answers fails the test. */
final class ProgramProcess implements AutoCloseable {

  private static final int PATIENCE_MINUTES = 3;

  /** Stands for the end of the output. */
  private static final String END = "\0";

  /**
   * How a program is run.
   *
   * @param name what its sessions begin with
   * @param database its database
   * @param through the command that runs the JVM, and so may take something away from it
   * @param options options of the JVM
   */
  record Launch(String name, Path database, List<String> through, List<String> options) {

    Launch(String name, Path database) {
      this(name, database, List.of(), List.of());
    }

    Launch named(String other) {
      return new Launch(other, database, through, options);
    }

    Launch through(List<String> command) {
      return new Launch(name, database, command, options);
    }

    Launch with(String... more) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of(more));
      return new Launch(name, database, through, all);
    }

    ProgramProcess start() {
      return new ProgramProcess(this, Map.of("AUTO_SKILL_TELEMETRY_DB", database.toString()));
    }

    /** Starts it with nothing of the library's in its environment. */
    ProgramProcess startWithoutDatabase() {
      return new ProgramProcess(this, Map.of());
    }
  }

  private final Process process;
  private final PrintStream in;
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final Path err;

  private ProgramProcess(Launch launch, Map<String, String> environment) {
    try {
      err = Files.createTempFile("program", ".err");
      ProcessBuilder builder = new ProcessBuilder(command(launch));
      builder.environment().keySet().retainAll(Set.of("PATH", "XDG_CACHE_HOME"));
      builder.environment().putAll(environment);
      process = builder.redirectError(err.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "reads " + launch.name());
    reader.setDaemon(true);
    reader.start();
  }

  private static List<String> command(Launch launch) {
    List<String> command = new ArrayList<>(launch.through());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    // Cheap to start and to run many of, and without files of the JVM's own.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(launch.options());
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), Program.class.getName(), launch.name()));
    return command;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.add(line);
      }
    } catch (IOException e) {
      // It was killed.
    }
    out.add(END);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Says something to the program without waiting for the answer. */
  void say(String line) {
    in.println(line);
  }

  /** The next answer. */
  String answer() {
    try {
      String answer = out.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (answer == null || answer.equals(END)) {
        throw new AssertionError((answer == null ? "no answer: " : "it has ended: ") + errors());
      }
      return answer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String ask(String line) {
    say(line);
    return answer();
  }

  long number(String line) {
    return Long.parseLong(ask(line));
  }

  Stats stats() {
    return Stats.of(ask("stats"));
  }

  /** The stats when each call is in the books: how one that fails has ended is found out later. */
  Stats balancedStats() {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    Stats stats = stats();
    while (stats.recorded() < stats.calls() && System.nanoTime() < deadline) {
      stats = stats();
    }
    return stats.assertBalanced();
  }

  /** SIGKILL: the process cannot do anything about it. */
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM: shutdown hooks run. */
  void terminate() {
    process.destroy();
    awaitExit();
  }

  /** Ends the program, which must have been silent. */
  void end() {
    say("end returning");
    assertEquals(0, awaitExit(), errors());
    assertSilent();
  }

  int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("still running");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Of a program that has ended: it printed nothing but the answers that were taken. */
  void assertSilent() {
    try {
      assertEquals(END, out.poll(PATIENCE_MINUTES, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertEquals("", errors());
  }

  /** The text on stderr so far. */
  String errors() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
    err.toFile().delete();
  }
}
