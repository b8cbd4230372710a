package dev.autoskill.telemetry.integration;

import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import skills.OneSkill;

/**
 * Measures how long whole processes take, woven in each way, in turns. No test: a program to be run
 * with the tests' class path, once for each JDK.
 */
public final class StartUpTimes {

  private static final int CLASSES = 5_000;

  private final Path directory;
  private final Map<Weaving, Path> prepared = new EnumMap<>(Weaving.class);
  private final Map<String, List<Double>> millis = new LinkedHashMap<>();

  private StartUpTimes(Path directory) {
    this.directory = directory;
  }

  /**
   * Measures and prints medians, with the first line of each group as its base.
   *
   * @param arguments how many rounds
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("start-up-times");
    try {
      new StartUpTimes(directory).measure(rounds);
    } finally {
      delete(directory);
    }
  }

  private void measure(int rounds) throws IOException {
    for (Weaving weaving : Weaving.values()) {
      Path classes = directory.resolve(weaving.name()).resolve("classes");
      prepared.put(weaving, WovenProgram.prepare(OneSkill.class, weaving, classes));
    }
    inTurns(
        rounds,
        Map.of(
            "1 plain", () -> oneSkill(Weaving.NONE),
            "2 woven by the compiler", () -> oneSkill(Weaving.COMPILE_TIME),
            "3 stock weaver", () -> oneSkill(Weaving.LOAD_TIME),
            "4 agent, cold", this::cold,
            "5 agent, warm", () -> oneSkill(Weaving.AGENT)));
    Path classes = manyClasses();
    inTurns(
        rounds,
        Map.of(
            "6 5,000 classes without", () -> load(classes, List.of()),
            "7 5,000 classes with the agent",
                () -> load(classes, List.of("-javaagent:" + Repository.agentJar()))));
  }

  private void cold() {
    try {
      delete(directory.resolve("cache"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    oneSkill(Weaving.AGENT);
  }

  /** Each in each round, so that what else the machine does meets all alike. */
  private void inTurns(int rounds, Map<String, Runnable> programs) {
    List<String> names = programs.keySet().stream().sorted().toList();
    for (int round = -1; round < rounds; round++) {
      for (String name : names) {
        long start = System.nanoTime();
        programs.get(name).run();
        double taken = (System.nanoTime() - start) / 1e6;
        if (round >= 0) {
          millis.computeIfAbsent(name, unused -> new ArrayList<>()).add(taken);
        }
      }
    }
    double base = median(names.get(0));
    for (String name : names) {
      System.out.printf(
          Locale.ROOT,
          "%-34s %8.1f ms  %+8.1f ms  x %.3f%n",
          name,
          median(name),
          median(name) - base,
          median(name) / base);
    }
  }

  private double median(String name) {
    List<Double> sorted = millis.get(name).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private void oneSkill(Weaving weaving) {
    run(WovenProgram.arguments(OneSkill.class, weaving, prepared.get(weaving)));
  }

  private void load(Path classes, List<String> more) {
    List<String> arguments = new ArrayList<>(more);
    arguments.addAll(List.of("-cp", classes.toString(), "generated.Main"));
    run(arguments);
  }

  private void run(List<String> arguments) {
    Map<String, String> environment =
        Map.of(
            "XDG_CACHE_HOME", directory.resolve("cache").toString(),
            "AUTO_SKILL_TELEMETRY_DB", directory.resolve("telemetry/telemetry.db").toString());
    JavaProcess.Result result = JavaProcess.run(directory.resolve("run"), environment, arguments);
    if (result.exitCode() != 0) {
      throw new IllegalStateException(result.err());
    }
  }

  /** A class path of classes of some size, none annotated, and a main class that loads them all. */
  private Path manyClasses() throws IOException {
    Path sources = Files.createDirectories(directory.resolve("sources/generated"));
    List<String> options =
        new ArrayList<>(List.of("-d", directory.resolve("many").toString(), "-proc:none"));
    Files.createDirectories(directory.resolve("many"));
    for (int i = 0; i < CLASSES; i++) {
      options.add(write(sources, "C" + i, body(i)));
    }
    options.add(
        write(
            sources,
            "Main",
            "public class Main { public static void main(String[] a) throws Exception {"
                + " for (int i = 0; i < "
                + CLASSES
                + "; i++) Class.forName(\"generated.C\" + i); } }"));
    int failures =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    if (failures != 0) {
      throw new IllegalStateException("generated classes do not compile");
    }
    Path jar = directory.resolve("many.jar");
    java.util.spi.ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(
            System.out,
            System.err,
            "--create",
            "--file",
            jar.toString(),
            "-C",
            directory.resolve("many").toString(),
            ".");
    return jar;
  }

  private static String body(int number) {
    StringBuilder body = new StringBuilder("public class C" + number + " { int field = 1;\n");
    IntStream.range(0, 12)
        .forEach(
            i ->
                body.append("  public java.util.List<String> method" + i)
                    .append("(String text, int number) {\n    var list = new java.util.")
                    .append("ArrayList<String>(number); for (int i = 0; i < number; i++) {")
                    .append(" list.add(text.substring(i % text.length())); }")
                    .append(" field += list.size() * " + (i + number) + "; return list; }\n"));
    return body.append("}\n").toString();
  }

  private static String write(Path folder, String name, String body) throws IOException {
    Path file = folder.resolve(name + ".java");
    Files.writeString(file, "package generated;\n" + body);
    return file.toString();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
