package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.measuring.Built;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One and the same program, made ready to run plain and woven in each way. */
final class Programs {

  private static final String CACHE_HOME = "XDG_CACHE_HOME";

  private final Class<?> main;
  private final List<String> arguments;
  private final Path plain;
  private final Path woven;
  private final Path cacheHome;

  /**
   * Puts the program's classes into a jar, as programs are shipped, and weaves it.
   *
   * @param folder where its classes and the agent's cache go
   */
  Programs(Class<?> main, Path folder, String... arguments)
      throws IOException, InterruptedException {
    this.main = main;
    this.arguments = List.of(arguments);
    Files.createDirectories(folder);
    Map<String, byte[]> classes = new TreeMap<>(Map.of(main.getName(), Jars.classFile(main)));
    for (Class<?> nested : main.getDeclaredClasses()) {
      classes.put(nested.getName(), Jars.classFile(nested));
    }
    this.plain = Jars.write(folder.resolve("plain.jar"), classes);
    this.woven = folder.resolve("woven.jar");
    this.cacheHome = folder.resolve("cache");
    weave(folder);
  }

  /** Where the agent keeps what it wove. */
  Path cacheHome() {
    return cacheHome;
  }

  /** The program as it is, with nothing on the class path that it does not need. */
  Child plain() {
    return child(List.of(), List.of(plain, Built.jar("telemetry-annotations")), Map.of());
  }

  /** The same, with all of the library on the class path, and still unwoven. */
  Child unwoven() {
    return child(List.of(), withProduct(plain), Map.of());
  }

  Child compileTime() {
    return child(List.of(), withProduct(woven), Map.of());
  }

  /** Keeps the classes that it loads in an archive, when it ends. */
  Child archiving(Path archive) {
    return compileTime().with("-XX:ArchiveClassesAtExit=" + archive);
  }

  Child archived(Path archive) {
    return compileTime().with("-XX:SharedArchiveFile=" + archive);
  }

  Child optedOut() {
    return child(List.of(), withProduct(woven), Map.of("AUTO_SKILL_NO_TELEMETRY", "1"));
  }

  Child stockWeaver() {
    return child(List.of("-javaagent:" + Built.jar("aspectjweaver")), withProduct(plain), Map.of());
  }

  Child agent(String... variable) {
    Map<String, String> environment =
        variable.length == 0
            ? Map.of(CACHE_HOME, cacheHome.toString())
            : Map.of(CACHE_HOME, cacheHome.toString(), variable[0], variable[1]);
    return child(
        List.of("-javaagent:" + Built.agentJar()),
        List.of(plain, Built.jar("telemetry-annotations")),
        environment);
  }

  private Child child(List<String> jvm, List<Path> classPath, Map<String, String> environment) {
    List<String> program = new ArrayList<>();
    program.add(main.getName());
    program.addAll(arguments);
    return new Child(jvm, classPath, program, environment);
  }

  private static List<Path> withProduct(Path classes) {
    List<Path> classPath = new ArrayList<>();
    classPath.add(classes);
    classPath.addAll(Built.product());
    return classPath;
  }

  /** By AspectJ's compiler, as a build does it. */
  private void weave(Path folder) throws IOException, InterruptedException {
    String classPath =
        String.join(File.pathSeparator, Built.product().stream().map(Path::toString).toList());
    Child compiler =
        new Child(
            List.of(),
            List.of(Built.jar("aspectjtools")),
            List.of(
                "org.aspectj.tools.ajc.Main",
                "-17",
                "-inpath",
                plain.toString(),
                "-aspectpath",
                Built.jar("telemetry-aspect").toString(),
                "-classpath",
                classPath,
                "-outjar",
                woven.toString()),
            Map.of());
    compiler.run(folder.resolve("compiler"));
  }
}
