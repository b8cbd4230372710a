package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autoskill.telemetry.integration.JavaProcess;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A program below {@code src/programs}: compiled once, then run in one way after another. */
final class FieldProgram {

  /** Only what a JVM needs to be quiet, and short programs to be quick. */
  static final List<String> JVM =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          // On a slow machine, too, all is spooled when the program ends.
          "-Dautoskill.telemetry.exit-timeout=PT1M",
          "-Dautoskill.telemetry.close-timeout=PT1M",
          // An MCP server loses an answer if one thread gives it while another has not yet done
          // with the one before, which the client already has: modelcontextprotocol/java-sdk#686.
          "-Dreactor.schedulers.defaultBoundedElasticSize=1");

  private final Path directory;
  private final Path classes;
  private final String main;
  private final List<Path> sources = new ArrayList<>();
  private final List<String> compilerOptions = new ArrayList<>();
  private final List<String> weaverOptions = new ArrayList<>();
  private final List<String> jvmOptions = new ArrayList<>(JVM);
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> printed = new ArrayList<>();
  private final List<String> modules = new ArrayList<>();
  private final Map<String, Long> shortestMillis = new HashMap<>();
  private List<String> arguments = List.of();
  private Libraries libraries = Libraries.NONE;
  private String absent;
  private String compared = ".*";
  private boolean isCompiled;

  /**
   * Names a program.
   *
   * @param directory where all its files go
   * @param main its main class, after its module and a slash if it has one
   * @param names folders of its sources, or of parts of them
   */
  FieldProgram(Path directory, String main, String... names) {
    this.directory = directory;
    this.main = main;
    this.classes = directory.resolve("classes");
    for (String name : names) {
      sources.add(Sources.of(name));
    }
  }

  /** Adds sources that a test has made. */
  FieldProgram withSources(Path root) {
    sources.add(root);
    return this;
  }

  FieldProgram withLibraries(String module) {
    libraries = Libraries.of(module);
    return this;
  }

  /** Adds modules of this library that not every program has. */
  FieldProgram withModules(String... names) {
    Stream.of(names).map(WovenProgram::classPathEntry).forEach(modules::add);
    return this;
  }

  /** Adds options of the compiler of another language than Java. */
  FieldProgram withCompilerOptions(String... more) {
    compilerOptions.addAll(List.of(more));
    return this;
  }

  /** Adds options of ajc. */
  FieldProgram withWeaverOptions(String... more) {
    weaverOptions.addAll(List.of(more));
    return this;
  }

  /** Adds options of the JVM. */
  FieldProgram withJvmOptions(String... more) {
    jvmOptions.addAll(List.of(more));
    return this;
  }

  /** Takes a package away between compiling and running. */
  FieldProgram without(String folder) {
    absent = folder;
    return this;
  }

  FieldProgram withArguments(String... all) {
    arguments = List.of(all);
    return this;
  }

  FieldProgram withEnvironment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Of what the program prints on stdout, only lines like these have to be as they are unwoven. */
  FieldProgram comparing(String pattern) {
    compared = pattern;
    return this;
  }

  /** However it is woven, it prints that line. */
  FieldProgram printing(String line) {
    printed.add(line);
    return this;
  }

  /** A use of that skill lasts so long at least. */
  FieldProgram lasting(String skill, long millis) {
    shortestMillis.put(skill, millis);
    return this;
  }

  /**
   * In each of these ways, the program does what it does unwoven, and this is recorded.
   *
   * @param uses the outcomes of each skill's uses, in the order in which they ended
   */
  Stream<DynamicTest> records(Map<String, String> uses, List<Way> ways) {
    Result unwoven = run(Way.UNWOVEN);
    assertEquals(0, unwoven.exitCode(), unwoven.err());
    return ways.stream().map(way -> dynamicTest(way.name(), () -> check(way, unwoven, uses)));
  }

  private void check(Way way, Result unwoven, Map<String, String> uses) {
    Result woven = run(way);
    assertAll(
        () -> assertEquals(new TreeMap<>(uses), uses(way)),
        () -> assertEquals(List.of(), Uses.shorter(database(way), shortestMillis)),
        () -> assertEquals(lines(unwoven.out(), compared), lines(woven.out(), compared)),
        () -> assertEquals(List.of(), printed.stream().filter(l -> !has(woven.out(), l)).toList()),
        () -> assertEquals(err(unwoven, way), woven.err()),
        () -> assertEquals(unwoven.exitCode(), woven.exitCode()),
        () -> assertEquals(List.of("err.txt", "out.txt"), leftBehind(way)));
  }

  /** Without this library, of which it only has the annotations, there may be no SLF4J. */
  private static String err(Result unwoven, Way way) {
    return way.hasOnlyAnnotations()
        ? unwoven.err().replaceAll("SLF4J\\(W\\): .*\\R", "")
        : unwoven.err();
  }

  private static boolean has(String text, String line) {
    return text.lines().anyMatch(line::equals);
  }

  static List<String> lines(String text, String pattern) {
    return text.lines().filter(line -> line.matches(pattern)).toList();
  }

  /** Runs it to its end. */
  Result run(Way way) {
    return run(way, JavaProcess.JDK);
  }

  Result run(Way way, Path javaHome) {
    return JavaProcess.run(javaHome, workingDirectory(way), environment(way), command(way));
  }

  /** Starts it, to talk with. */
  ProcessBuilder builder(Way way) {
    return JavaProcess.builder(
        JavaProcess.JDK, workingDirectory(way), environment(way), command(way));
  }

  /** The arguments that follow {@code java} on the command line. */
  private List<String> command(Way way) {
    List<String> command = new ArrayList<>(jvmOptions);
    command.addAll(way.agent());
    boolean isModule = main.contains("/");
    command.add(isModule ? "-p" : "-cp");
    command.add(String.join(File.pathSeparator, classPath(way)));
    if (isModule) {
      command.add("-m");
    }
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  /** The names of the files in the directory that it was started in. */
  List<String> leftBehind(Way way) {
    return Sources.files(workingDirectory(way)).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }

  Map<String, String> uses(Way way) {
    return Uses.of(database(way));
  }

  Path workingDirectory(Way way) {
    return directory.resolve("run-" + way);
  }

  Path database(Way way) {
    return directory.resolve("home-" + way).resolve("telemetry").resolve("telemetry.db");
  }

  Map<String, String> environment(Way way) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", database(way).getParent().getParent().toString());
    all.put("AUTO_SKILL_TELEMETRY_DB", database(way).toString());
    // The same for each way: the agent finds what it kept.
    all.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    return all;
  }

  private List<String> classPath(Way way) {
    List<String> entries = new ArrayList<>();
    entries.add((way.isCompiled() ? woven() : classes()).toString());
    if (way.isStock()) {
      entries.add(including().toString());
    }
    entries.addAll(modules);
    entries.addAll(libraries.withProduct(way.hasOnlyAnnotations()));
    return entries;
  }

  Path classes() {
    if (!isCompiled) {
      Sources.compile(sources, libraries, classes, compilerOptions);
      if (absent != null) {
        move(classes.resolve(absent), absent().resolve(absent));
      }
      isCompiled = true;
    }
    return classes;
  }

  private Path woven() {
    Path woven = directory.resolve("woven");
    if (Files.notExists(woven)) {
      List<String> aspects = new ArrayList<>(modules);
      aspects.add(WovenProgram.classPathEntry("telemetry-aspect"));
      List<String> classPath = new ArrayList<>(libraries.toCompileWithProduct());
      classPath.add(absent().toString());
      WovenProgram.weave(
          classes().toString(),
          woven,
          String.join(File.pathSeparator, aspects),
          String.join(File.pathSeparator, classPath),
          weaverOptions);
      // ajc leaves behind what is no class.
      for (Path file : Sources.files(classes)) {
        if (!file.toString().endsWith(".class")) {
          Sources.copy(file, woven.resolve(classes.relativize(file)));
        }
      }
    }
    return woven;
  }

  private Path absent() {
    return directory.resolve("absent");
  }

  /** A class path entry with the {@code aop.xml} that is to be written for AspectJ's agent. */
  private Path including() {
    Path root = directory.resolve("including");
    StringBuilder text =
        new StringBuilder(
            "<aspectj><weaver options='-XmessageHandlerClass:"
                + "dev.autoskill.telemetry.aspect.QuickStart'>");
    for (String pattern : patterns()) {
      text.append("<include within=\"").append(pattern).append("\"/>");
    }
    write(root.resolve("META-INF").resolve("aop.xml"), text + "</weaver></aspectj>");
    return root;
  }

  /** Patterns that match all the program's classes. */
  private TreeSet<String> patterns() {
    TreeSet<String> patterns = new TreeSet<>();
    for (Path file : Sources.files(classes())) {
      String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
      if (name.endsWith(".class") && !name.startsWith("META-INF")) {
        String type = name.replaceFirst("(\\$.*)?\\.class$", "");
        if (type.contains(".")) {
          patterns.add(type.replaceFirst("\\.[^.]*$", "..*"));
        } else {
          patterns.add(type);
          patterns.add(type + "..*");
        }
      }
    }
    return patterns;
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
