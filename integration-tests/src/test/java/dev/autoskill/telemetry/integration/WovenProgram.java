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
final class WovenProgram {

  /** How a program comes to be woven. */
  enum Weaving {
    NONE,
    LOAD_TIME,
    COMPILE_TIME,
    BOTH;

    boolean hasAgent() {
      return this == LOAD_TIME || this == BOTH;
    }

    boolean hasCompiler() {
      return this == COMPILE_TIME || this == BOTH;
    }
  }

  /** What of the tests' class path a user's program would have as well. */
  private static final List<String> PRODUCT =
      List.of(
          "telemetry-annotations",
          "telemetry-store",
          "telemetry-aspect",
          "aspectjrt",
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
    try {
      Path classes = copyOfPackage(main, directory.resolve("classes"));
      if (weaving.hasCompiler()) {
        classes = weave(classes, directory.resolve("woven"));
      }
      List<String> arguments = arguments(main, weaving, classes);
      arguments.addAll(List.of(programArguments));
      return JavaProcess.run(directory, environment, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arguments(Class<?> main, Weaving weaving, Path classes) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--enable-native-access=ALL-UNNAMED");
    if (weaving.hasAgent()) {
      arguments.add("-javaagent:" + classPathEntry("aspectjweaver"));
    }
    arguments.add("-cp");
    arguments.add(classes + File.pathSeparator + productClassPath());
    arguments.add(main.getName());
    return arguments;
  }

  private static Path copyOfPackage(Class<?> main, Path target) throws IOException {
    Path root = Path.of(classPathEntry("test-classes"));
    Path source = root.resolve(main.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(root.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return target;
  }

  private static Path weave(Path classes, Path target) {
    MessageHandler messages = new MessageHandler(true);
    new Main()
        .run(
            new String[] {
              "-17",
              "-inpath",
              classes.toString(),
              "-aspectpath",
              classPathEntry("telemetry-aspect"),
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

  private static String productClassPath() {
    return String.join(
        File.pathSeparator,
        classPath()
            .filter(entry -> PRODUCT.stream().anyMatch(fileName(entry)::startsWith))
            .toList());
  }

  private static String classPathEntry(String start) {
    return classPath().filter(entry -> fileName(entry).startsWith(start)).findFirst().orElseThrow();
  }

  private static String fileName(String entry) {
    return Path.of(entry).getFileName().toString();
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }
}
