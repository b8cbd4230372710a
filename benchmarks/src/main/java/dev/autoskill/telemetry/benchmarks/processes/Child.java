package dev.autoskill.telemetry.benchmarks.processes;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own, of the same JDK, with folders of its own. It gets no environment
 * but what is said here: neither a CI's nor the user's opt-out reaches it, and it reaches none of
 * the user's files.
 *
 * @param jvmArguments what stands before the class path
 * @param classPath directories and jars
 * @param main the main class, and its arguments
 * @param environment what it is told besides where its folders are
 */
record Child(
    List<String> jvmArguments,
    List<Path> classPath,
    List<String> main,
    Map<String, String> environment) {

  private static final long LIMIT_MINUTES = 2;

  Child with(String... moreJvmArguments) {
    List<String> all = new ArrayList<>(List.of(moreJvmArguments));
    all.addAll(jvmArguments);
    return new Child(all, classPath, main, environment);
  }

  Child with(Map<String, String> moreVariables) {
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(moreVariables);
    return new Child(jvmArguments, classPath, main, all);
  }

  /**
   * Starts it.
   *
   * @param folder where all of its files go
   */
  Process start(Path folder) throws IOException {
    return builder(folder).start();
  }

  private ProcessBuilder builder(Path folder) throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Duser.home=" + home);
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-XX:-UsePerfData");
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.addAll(main);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(folder, home));
    return builder;
  }

  /**
   * Runs it to its end.
   *
   * @return how long that took, from before the JVM was started until it was gone, in milliseconds
   */
  double run(Path folder) throws IOException, InterruptedException {
    ProcessBuilder builder = builder(folder);
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IllegalStateException("still running: " + main);
      }
    } finally {
      process.destroyForcibly();
    }
    double millis = (System.nanoTime() - start) / 1e6;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(main + ": " + Files.readString(folder.resolve("err.txt")));
    }
    return millis;
  }

  private Map<String, String> environment(Path folder, Path home) {
    Map<String, String> all = new TreeMap<>();
    all.put("HOME", home.toString());
    all.put("AUTO_SKILL_TELEMETRY_DB", database(folder).toString());
    all.putAll(environment);
    return all;
  }

  static Path database(Path folder) {
    return folder.resolve("telemetry").resolve("telemetry.db");
  }
}
