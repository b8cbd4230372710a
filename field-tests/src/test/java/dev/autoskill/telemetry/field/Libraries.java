package dev.autoskill.telemetry.field;

import dev.autoskill.telemetry.integration.Repository;
import dev.autoskill.telemetry.integration.WovenProgram;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of a program besides this library: a module below {@code libraries} says which.
 *
 * @param toRun those that it runs with
 * @param toCompile those that it is compiled with, compilers included
 */
record Libraries(List<String> toRun, List<String> toCompile) {

  static final Libraries NONE = new Libraries(List.of(), List.of());

  static Libraries of(String module) {
    return new Libraries(listed(module, "to-run.txt"), listed(module, "to-compile.txt"));
  }

  private static List<String> listed(String module, String file) {
    String name = "field-tests/libraries/" + module + "/target/" + file;
    return Stream.of(Repository.text(name).strip().split(File.pathSeparator))
        .filter(path -> !path.isEmpty())
        .toList();
  }

  /** The annotation processors. */
  List<String> processors() {
    return toCompile.stream().filter(jar -> artifact(jar).equals("lombok")).toList();
  }

  /** The jar of an artifact that it is compiled with. */
  Path jar(String artifact) {
    return toCompile.stream()
        .filter(jar -> artifact(jar).equals(artifact))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  /** The class path of a program that depends on all of this library, or on the annotations. */
  List<String> withProduct(boolean hasOnlyAnnotations) {
    return with(toRun, hasOnlyAnnotations);
  }

  List<String> toCompileWithProduct() {
    return with(toCompile, false);
  }

  /** Of a library that both have, a build tool takes the program's version. */
  private static List<String> with(List<String> jars, boolean hasOnlyAnnotations) {
    List<String> all = new ArrayList<>(jars);
    Set<String> present = jars.stream().map(Libraries::artifact).collect(Collectors.toSet());
    product(hasOnlyAnnotations).filter(jar -> !present.contains(artifact(jar))).forEach(all::add);
    return all;
  }

  private static Stream<String> product(boolean hasOnlyAnnotations) {
    return hasOnlyAnnotations
        ? Stream.of(WovenProgram.classPathEntry("telemetry-annotations"))
        : Stream.of(WovenProgram.productClassPath().split(File.pathSeparator));
  }

  private static String artifact(String jar) {
    return Path.of(jar).getFileName().toString().replaceFirst("-\\d.*", "");
  }
}
