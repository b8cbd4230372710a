package dev.autoskill.telemetry.integration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;

/**
 * Runs a main class of the package {@code skills} in a JVM of its own, woven one way or another.
 */
public final class WovenProgram {

  /** How a program comes to be woven. */
  enum Weaving {
    NONE,
    LOAD_TIME,
    COMPILE_TIME,
    BOTH,
    /** By this library's own agent, with nothing else of it but the annotations. */
    AGENT;

    boolean hasAgent() {
      return this == LOAD_TIME || this == BOTH;
    }

    boolean hasCompiler() {
      return this == COMPILE_TIME || this == BOTH;
    }
  }

  /** The part of the tests' class path that a user's program would have as well. */
  private static final List<String> PRODUCT =
      List.of(
          "telemetry-annotations",
          "telemetry-store",
          "telemetry-kotlin",
          "telemetry-aspect",
          "aspectjrt",
          "asm-",
          "geantyref",
          "jdbi3-",
          "jspecify",
          "slf4j-api",
          "sqlite-jdbc",
          "ulid-creator");

  private WovenProgram() {}

  /**
   * Runs a program.
   *
   * @param directory where the program's classes and output go
   * @param environment the whole environment of the program
   */
  static JavaProcess.Result run(
      Class<?> main,
      Weaving weaving,
      Path directory,
      Map<String, String> environment,
      String... programArguments) {
    Path classes = prepare(main, weaving, directory.resolve("classes"));
    List<String> arguments = arguments(main, weaving, classes);
    arguments.addAll(List.of(programArguments));
    return JavaProcess.run(directory, environment, arguments);
  }

  /**
   * Copies the classes of a program, and weaves them if the compiler is to.
   *
   * @return where the classes to be run are
   */
  static Path prepare(Class<?> main, Weaving weaving, Path classes) {
    copyOfPackage(main, classes);
    if (!weaving.hasCompiler()) {
      return classes;
    }
    Path woven =
        weave(
            classes.toString(),
            classes.resolveSibling("woven"),
            classPathEntry("telemetry-aspect"));
    // ajc leaves behind what is no class.
    copyMetaInf(main, woven);
    return woven;
  }

  /** The arguments that follow {@code java} on the command line. */
  static List<String> arguments(Class<?> main, Weaving weaving, Path classes) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--enable-native-access=ALL-UNNAMED");
    if (weaving.hasAgent()) {
      arguments.add("-javaagent:" + classPathEntry("aspectjweaver"));
    }
    if (weaving == Weaving.AGENT) {
      arguments.add("-javaagent:" + Repository.agentJar());
    }
    arguments.add("-cp");
    arguments.add(
        classes
            + File.pathSeparator
            + (weaving == Weaving.AGENT
                ? classPathEntry("telemetry-annotations")
                : productClassPath()));
    arguments.add(main.getName());
    return arguments;
  }

  /**
   * The classes of a package without those below it, and what it keeps for the {@code META-INF}.
   */
  static Path copyOfPackage(Class<?> main, Path target) {
    Path source = Path.of(classPathEntry("test-classes"), packagePath(main));
    copy(source, 1, target.resolve(packagePath(main)));
    copyMetaInf(main, target);
    return target;
  }

  private static void copyMetaInf(Class<?> main, Path target) {
    Path metaInf = Path.of(classPathEntry("test-classes"), packagePath(main), "META-INF");
    if (Files.isDirectory(metaInf)) {
      copy(metaInf, Integer.MAX_VALUE, target.resolve("META-INF"));
    }
  }

  private static String packagePath(Class<?> main) {
    return main.getPackageName().replace('.', '/');
  }

  private static void copy(Path source, int depth, Path target) {
    try (Stream<Path> files = Files.walk(source, depth)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Weaves with ajc.
   *
   * @param input directories and jars
   * @param target a directory or, if its name ends so, a jar
   * @param aspects where the aspects are
   * @param more further options
   */
  static Path weave(String input, Path target, String aspects, String... more) {
    String classPath = System.getProperty("java.class.path");
    return weave(input, target, aspects, classPath, List.of(more));
  }

  /** Weaves with ajc, as the other does, what was compiled against that class path. */
  public static Path weave(
      String input, Path target, String aspects, String classPath, List<String> more) {
    MessageHandler messages = new MessageHandler(true);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-17",
                "-inpath",
                input,
                "-aspectpath",
                aspects,
                "-classpath",
                classPath,
                target.toString().endsWith(".jar") ? "-outjar" : "-d",
                target.toString()));
    arguments.addAll(more);
    new Main().run(arguments.toArray(new String[0]), messages);
    IMessage[] complaints = messages.getMessages(IMessage.WARNING, true);
    if (complaints.length > 0) {
      throw new AssertionError(Arrays.toString(complaints));
    }
    return target;
  }

  public static String productClassPath() {
    return String.join(
        File.pathSeparator,
        classPath()
            .filter(entry -> PRODUCT.stream().anyMatch(fileName(entry)::startsWith))
            .toList());
  }

  public static String classPathEntry(String start) {
    return classPath().filter(entry -> fileName(entry).startsWith(start)).findFirst().orElseThrow();
  }

  private static String fileName(String entry) {
    return Path.of(entry).getFileName().toString();
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }
}
