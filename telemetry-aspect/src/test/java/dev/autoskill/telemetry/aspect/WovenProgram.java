package dev.autoskill.telemetry.aspect;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  /** What a program did. */
  record Result(int exitCode, String out, String err) {}

  private static final String[] NEEDS_NEITHER_TESTS_NOR_TOOLS = {
    "junit", "opentest4j", "apiguardian", "aspectjtools", "aspectjweaver", "test-classes"
  };

  private WovenProgram() {}

  /**
   * Runs a program.
   *
   * @param directory where the program's classes and output go
   * @param environment the whole environment of the program
   */
  static Result run(
      Class<?> main,
      Weaving weaving,
      Path directory,
      Map<String, String> environment,
      String... arguments) {
    try {
      Path classes = copyOfPackage(main, directory.resolve("classes"));
      if (weaving.hasCompiler()) {
        classes = weave(classes, directory.resolve("woven"));
      }
      return fork(command(main, weaving, classes, arguments), directory, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      Class<?> main, Weaving weaving, Path classes, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    if (weaving.hasAgent()) {
      command.add("-javaagent:" + classPathEntry("aspectjweaver"));
    }
    command.add("-cp");
    command.add(classes + File.pathSeparator + productClassPath());
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static Result fork(List<String> command, Path directory, Map<String, String> environment)
      throws IOException {
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new AssertionError("still running after two minutes: " + command);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
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
              classPathEntry(Path.of("telemetry-aspect", "target", "classes").toString()),
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
            .filter(entry -> Stream.of(NEEDS_NEITHER_TESTS_NOR_TOOLS).noneMatch(entry::contains))
            .toList());
  }

  private static String classPathEntry(String part) {
    return classPath().filter(entry -> entry.contains(part)).findFirst().orElseThrow();
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }
}
