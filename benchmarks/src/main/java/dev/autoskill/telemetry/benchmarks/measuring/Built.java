package dev.autoskill.telemetry.benchmarks.measuring;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes and jars that are measured, as the build made them. */
public final class Built {

  /** The libraries of a program that is woven by a compiler or by the stock weaver. */
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

  private Built() {}

  /**
   * Where the benchmarks' own classes are.
   *
   * @return {@code benchmarks/target/classes}
   */
  public static Path classes() {
    try {
      return Path.of(Built.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The folder of this repository.
   *
   * @return where the modules' folders are
   */
  public static Path repository() {
    return classes().getParent().getParent().getParent();
  }

  /**
   * The jars that a program needs, the library's own first.
   *
   * @return as they are copied by the build
   */
  public static List<Path> product() {
    return PRODUCT.stream().flatMap(name -> jars(name).stream()).toList();
  }

  /**
   * One jar of those that the build copied.
   *
   * @param name how its file name begins
   * @return the jar
   */
  public static Path jar(String name) {
    List<Path> jars = jars(name);
    if (jars.size() != 1) {
      throw new IllegalStateException(
          "one jar " + name + "* expected in benchmarks/target/lib, but found " + jars.size());
    }
    return jars.get(0);
  }

  /**
   * The agent, which is on no class path, since it would hide there what it contains.
   *
   * @return its jar
   */
  public static Path agentJar() {
    return classes().resolveSibling("agents").resolve("telemetry-agent.jar");
  }

  private static List<Path> jars(String name) {
    return files(classes().resolveSibling("lib")).stream()
        .filter(file -> file.getFileName().toString().startsWith(name))
        .toList();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(
          "not built yet: mvn -B -q -ntp -DskipTests -pl benchmarks -am package", e);
    }
  }
}
