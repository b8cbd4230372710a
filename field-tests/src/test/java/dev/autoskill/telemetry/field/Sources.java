package dev.autoskill.telemetry.field;

import dev.autoskill.telemetry.integration.JavaProcess;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.Repository;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a program, each language by its own compiler, with the options that users have. */
final class Sources {

  private Sources() {}

  /** Where the sources of a program are. */
  static Path of(String program) {
    return Repository.path("field-tests/src/programs").resolve(program);
  }

  /**
   * Compiles all sources in some directories, and copies their other files.
   *
   * @param classes where the classes go
   * @param more options of the compiler of the other language than Java
   */
  static void compile(List<Path> roots, Libraries libraries, Path classes, List<String> more) {
    makeDirectory(classes);
    List<String> java = new ArrayList<>();
    List<String> kotlin = new ArrayList<>();
    List<String> scala = new ArrayList<>();
    List<String> groovy = new ArrayList<>();
    for (Path root : roots) {
      for (Path file : files(root)) {
        switch (file.toString().replaceFirst(".*\\.", "")) {
          case "java" -> java.add(file.toString());
          case "kt" -> kotlin.add(file.toString());
          case "scala" -> scala.add(file.toString());
          case "groovy" -> groovy.add(file.toString());
          default -> copy(file, classes.resolve(root.relativize(file)));
        }
      }
    }
    String classPath = String.join(File.pathSeparator, libraries.toCompileWithProduct());
    // Kotlin's and Scala's compilers read Java's sources as well, to refer to them.
    other(Language.KOTLIN, kotlin, java, libraries, classPath, classes, more);
    other(Language.SCALA, scala, java, libraries, classPath, classes, more);
    other(Language.GROOVY, groovy, List.of(), libraries, classPath, classes, more);
    if (!java.isEmpty()) {
      java(java, libraries, classPath + File.pathSeparator + classes, classes);
    }
  }

  private static void other(
      Language language,
      List<String> sources,
      List<String> java,
      Libraries libraries,
      String classPath,
      Path classes,
      List<String> more) {
    if (!sources.isEmpty()) {
      List<String> arguments = new ArrayList<>(more);
      arguments.addAll(List.of("-classpath", classPath, "-d", classes.toString()));
      arguments.addAll(sources);
      arguments.addAll(java);
      language.compile(libraries, arguments);
    }
  }

  private static void java(
      List<String> sources, Libraries libraries, String classPath, Path classes) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--release", "17", "-g", "-parameters", "-nowarn", "-Xlint:none"));
    boolean isModule = sources.stream().anyMatch(file -> file.endsWith("module-info.java"));
    options.addAll(List.of(isModule ? "--module-path" : "-classpath", classPath));
    options.addAll(List.of("-d", classes.toString()));
    if (libraries.processors().isEmpty()) {
      options.add("-proc:none");
    } else {
      options.addAll(
          List.of("-processorpath", String.join(File.pathSeparator, libraries.processors())));
    }
    if (libraries.processors().isEmpty()) {
      compile(options, sources);
    } else {
      fork(options, sources, classes);
    }
  }

  private static void compile(List<String> options, List<String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromStrings(sources);
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new AssertionError(messages.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lombok reaches into the compiler, and wants one of its own. */
  private static void fork(List<String> options, List<String> sources, Path classes) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--add-modules", "ALL-SYSTEM", "-m", "jdk.compiler/com.sun.tools.javac.Main"));
    arguments.addAll(options);
    arguments.addAll(sources);
    Result result = JavaProcess.run(classes.resolveSibling("javac"), Map.of(), arguments);
    if (result.exitCode() != 0) {
      throw new AssertionError(result.out() + result.err());
    }
  }

  static List<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void copy(Path file, Path target) {
    try {
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
