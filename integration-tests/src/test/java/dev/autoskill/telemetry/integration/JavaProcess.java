package dev.autoskill.telemetry.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs a program in a JVM of its own, of the same JDK as the tests if no other is named. */
public final class JavaProcess {

  /** The JDK that runs the tests. */
  public static final Path JDK = Path.of(System.getProperty("java.home"));

  /** For short programs: without the second compiler, and without a collector's many threads. */
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** How the program ended, and its output. */
  public record Result(int exitCode, String out, String err) {}

  private JavaProcess() {}

  /**
   * Runs a program to its end.
   *
   * @param directory where the program runs and its output is kept
   * @param environment the whole environment of the program, but for where the tests have their
   *     cache
   * @param arguments what follows {@code java} on the command line
   */
  public static Result run(
      Path directory, Map<String, String> environment, List<String> arguments) {
    return run(JDK, directory, environment, arguments);
  }

  /** Runs a program, as the other does, by the JDK that is at home there. */
  public static Result run(
      Path javaHome, Path directory, Map<String, String> environment, List<String> arguments) {
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        builder(javaHome, directory, environment, arguments).redirectOutput(out.toFile());
    try {
      int exitCode = exitCode(builder.start(), arguments);
      return new Result(exitCode, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a program to talk with: only its stderr goes to a file, {@code err.txt}. */
  public static ProcessBuilder builder(
      Path javaHome, Path directory, Map<String, String> environment, List<String> arguments) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command(javaHome, arguments))
            .directory(directory.toFile())
            .redirectError(directory.resolve("err.txt").toFile());
    builder.environment().keySet().retainAll(Set.of("XDG_CACHE_HOME"));
    builder.environment().putAll(environment);
    return builder;
  }

  private static List<String> command(Path javaHome, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.addAll(SHORT);
    command.addAll(arguments);
    return command;
  }

  private static int exitCode(Process process, List<String> arguments) {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new AssertionError("still running after two minutes: " + arguments);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
