package dev.autoskill.telemetry.benchmarks.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;

/** Runs trials by JMH, each in processes of its own, since each needs another JVM. */
final class TrialRun {

  /** Programs need these variables; the others may say that nothing be recorded. */
  private static final Set<String> NEEDED = Set.of("PATH", "SystemRoot", "TEMP", "TMP");

  /** The same on every machine. */
  private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

  private final Repetitions repetitions;
  private final Path data;
  private final Path result;
  private final Path log;

  /**
   * Runs trials.
   *
   * @param repetitions how often
   * @param folder to put into what the trials make
   */
  TrialRun(Repetitions repetitions, Path folder) {
    this.repetitions = repetitions;
    this.data = folder.resolve("data");
    this.result = folder.resolve("result.json");
    this.log = folder.resolve("log.txt");
  }

  /** Measures a trial once and adds what comes out. */
  void measure(Trial trial, Samples samples) throws IOException, InterruptedException {
    Files.deleteIfExists(result);
    Files.createDirectories(data);
    ProcessBuilder process = new ProcessBuilder(command(trial));
    Map<String, String> environment = process.environment();
    environment.keySet().retainAll(NEEDED);
    environment.putAll(trial.jvm().environment());
    process.directory(data.toFile());
    process.redirectErrorStream(true).redirectOutput(log.toFile());
    int status = process.start().waitFor();
    // Hundreds of megabytes, and each trial shall have a new database.
    delete(data);
    if (status != 0 || !Files.exists(result)) {
      throw new IllegalStateException(trial.name() + " failed:\n" + output());
    }
    read(new ObjectMapper().readTree(result.toFile()), samples);
  }

  private List<String> command(Trial trial) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    List<String> flags = new ArrayList<>(HEAP);
    flags.addAll(repetitions.flags());
    flags.addAll(trial.jvm().flags());
    boolean forks = repetitions.forks() > 0;
    if (!forks) {
      command.addAll(flags);
    }
    command.add("-Djmh.ignoreLock=true");
    command.add("-cp");
    command.add(classPath(trial.jvm()));
    command.add(Main.class.getName());
    command.add("^" + trial.benchmark().getName().replace(".", "\\.") + "\\.batch$");
    command.addAll(List.of("-p", "kind=" + trial.kind()));
    command.addAll(List.of("-t", Integer.toString(trial.threads())));
    command.addAll(List.of("-f", Integer.toString(repetitions.forks())));
    if (forks) {
      // Of the JVM that only forks, agents would but take up the time.
      command.addAll(List.of("-jvmArgs", "\"" + String.join("\" \"", flags) + "\""));
    }
    int warmups = trial.stores() ? repetitions.storedWarmups() : repetitions.warmups();
    command.addAll(List.of("-wi", Integer.toString(warmups)));
    command.addAll(List.of("-i", Integer.toString(repetitions.batches())));
    command.addAll(List.of("-foe", "true"));
    command.addAll(List.of("-prof", "gc", "-prof", CallerAllocations.class.getName()));
    command.addAll(List.of("-rf", "json", "-rff", result.toString()));
    return command;
  }

  private static String classPath(Jvm jvm) {
    List<String> classPath = new ArrayList<>();
    for (Path first : jvm.classPath()) {
      classPath.add(first.toString());
    }
    for (String own : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classPath.add(Path.of(own).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, classPath);
  }

  private static void read(JsonNode results, Samples samples) {
    JsonNode only = results.path(0);
    for (JsonNode fork : only.path("primaryMetric").path("rawData")) {
      for (JsonNode batch : fork) {
        samples.addNanos(batch.asDouble());
      }
    }
    JsonNode others = only.path("secondaryMetrics");
    samples.addBytes(
        score(others.path(CallerAllocations.NAME)), score(others.path("gc.alloc.rate.norm")));
  }

  private static double score(JsonNode metric) {
    return metric.path("score").asDouble(Double.NaN);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  private String output() throws IOException {
    return Files.readString(log, Charset.defaultCharset());
  }
}
