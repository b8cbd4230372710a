package dev.autoskill.telemetry.integration;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;

/**
 * A program that is written with other libraries. All libraries of the tests are on its class path,
 * and of the tests' own classes those that it consists of.
 */
final class LibraryProgram {

  private final String main;
  private final Path classes;
  private final Path directory;
  private final List<Path> resources = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private LibraryProgram(String main, Path classes, Path directory) {
    this.main = main;
    this.classes = classes;
    this.directory = directory;
  }

  /**
   * A program made of the classes of one package.
   *
   * @param directory where it may leave files
   */
  static LibraryProgram ofPackage(Class<?> main, Path directory) {
    try {
      Path root = Path.of(main.getProtectionDomain().getCodeSource().getLocation().getPath());
      Path classes = directory.resolve("classes");
      try (Stream<Path> files = Files.list(root.resolve(main.getPackageName().replace('.', '/')))) {
        for (Path file : files.toList()) {
          Path copy = classes.resolve(root.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
      return new LibraryProgram(main.getName(), classes, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program that another compiler has left in a directory. */
  static LibraryProgram ofClasses(String main, Path classes, Path directory) {
    return new LibraryProgram(main, classes, directory);
  }

  /** Adds one more {@code META-INF/aop.xml} to the class path. */
  LibraryProgram withAopXml(String text) {
    try {
      Path root = directory.resolve("resources-" + resources.size());
      Files.createDirectories(root.resolve("META-INF"));
      Files.writeString(root.resolve("META-INF").resolve("aop.xml"), text);
      resources.add(root);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes libraries from its class path, by how their names start. */
  LibraryProgram without(String... starts) {
    missing.addAll(List.of(starts));
    return this;
  }

  /** Runs it to its end; what it records is in {@link #outcomes}. */
  JavaProcess.Result run(Weaving weaving) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--enable-native-access=ALL-UNNAMED");
    if (weaving.hasAgent()) {
      arguments.add("-javaagent:" + library("aspectjweaver"));
    }
    if (weaving == Weaving.AGENT) {
      arguments.add("-javaagent:" + Repository.agentJar());
    }
    // Which library asks for the first logger differs, and so does what SLF4J says to it.
    arguments.add("-Dslf4j.internal.verbosity=ERROR");
    arguments.add("-cp");
    arguments.add(classPath(weaving.hasCompiler() ? woven() : classes));
    arguments.add(main);
    return JavaProcess.run(
        directory.resolve(weaving.name()),
        Map.of("AUTO_SKILL_TELEMETRY_DB", database(weaving).toString()),
        arguments);
  }

  /** The outcomes of each skill's uses, in the order in which they ended. */
  Map<String, String> outcomes(Weaving weaving) {
    Map<String, String> outcomes = new TreeMap<>();
    for (TelemetryEvent event : events(weaving)) {
      outcomes.merge(
          event.skillName(), event.outcome().text(), (later, earlier) -> earlier + " " + later);
    }
    return outcomes;
  }

  /** The recorded events, newest first. */
  List<TelemetryEvent> events(Weaving weaving) {
    if (!Files.exists(database(weaving).getParent())) {
      return List.of();
    }
    try (TelemetryCollector telemetry = TelemetryCollector.open(database(weaving))) {
      return telemetry.getEvents(null, 1000);
    }
  }

  private Path database(Weaving weaving) {
    return directory.resolve(weaving.name() + "-telemetry").resolve("telemetry.db");
  }

  private Path woven() {
    Path target = directory.resolve("woven");
    MessageHandler messages = new MessageHandler(true);
    new Main()
        .run(
            new String[] {
              "-17",
              "-inpath",
              classes.toString(),
              "-aspectpath",
              library("telemetry-aspect"),
              "-classpath",
              System.getProperty("java.class.path"),
              "-d",
              target.toString()
            },
            messages);
    IMessage[] complaints = messages.getMessages(IMessage.WARNING, true);
    if (complaints.length > 0) {
      throw new AssertionError(Arrays.toString(complaints));
    }
    return target;
  }

  private String classPath(Path ownClasses) {
    List<String> entries = new ArrayList<>();
    entries.add(ownClasses.toString());
    resources.forEach(root -> entries.add(root.toString()));
    libraries()
        .filter(jar -> missing.stream().noneMatch(fileName(jar)::startsWith))
        .forEach(entries::add);
    return String.join(File.pathSeparator, entries);
  }

  static String library(String start) {
    return libraries().filter(jar -> fileName(jar).startsWith(start)).findFirst().orElseThrow();
  }

  static Stream<String> libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar") && !fileName(entry).startsWith("telemetry-junit"));
  }

  private static String fileName(String jar) {
    return Path.of(jar).getFileName().toString();
  }
}
