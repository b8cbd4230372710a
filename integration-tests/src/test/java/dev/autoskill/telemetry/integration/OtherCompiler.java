package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compiles what javac does not, each language by its own compiler, for Java 17. */
enum OtherCompiler {
  KOTLIN(
      "kotlin",
      "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
      List.of("-no-stdlib", "-no-reflect", "-jvm-target", "17", "-nowarn")),
  SCALA("scala", "dotty.tools.dotc.Main", List.of("-release", "17"));

  private final String folder;
  private final String main;
  private final List<String> options;

  OtherCompiler(String folder, String main, List<String> options) {
    this.folder = folder;
    this.main = main;
    this.options = options;
  }

  /**
   * Compiles all sources of the language that the tests have.
   *
   * @param directory where it may leave files
   * @return where the classes are
   */
  Path compile(Path directory) {
    Path classes = directory.resolve(folder + "-classes");
    String libraries = String.join(File.pathSeparator, LibraryProgram.libraries().toList());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", libraries, main));
    arguments.addAll(options);
    arguments.addAll(List.of("-classpath", libraries, "-d", classes.toString()));
    arguments.addAll(sources());
    try {
      Files.createDirectories(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JavaProcess.Result result =
        JavaProcess.run(directory.resolve(folder + "-compiler"), Map.of(), arguments);
    assertEquals(0, result.exitCode(), result.out() + result.err());
    return classes;
  }

  private List<String> sources() {
    Path root = Repository.path("integration-tests/src/test").resolve(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
