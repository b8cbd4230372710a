package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.measuring.Built;
import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import programs.Copied0000;
import programs.IdleAgent;
import programs.LoadClasses;

/** How long a program takes that loads many classes without skills. */
final class ManyClasses {

  static final String WITHOUT = "without";
  static final String IDLE = "with an agent that does nothing";
  static final String WITH_AGENT = "with the agent";

  /** Libraries with classes of all kinds, and none that the agent knows by name. */
  private static final List<String> LIBRARIES =
      List.of(
          "commons-math3",
          "jackson-databind",
          "jackson-core",
          "jackson-annotations",
          "jfreechart",
          "micrometer-commons",
          "micrometer-core",
          "micrometer-observation",
          "jmh-core",
          "opentelemetry-api",
          "opentelemetry-context",
          "HdrHistogram",
          "jopt-simple");

  private final Path folder;
  private final List<Path> classPath;
  private final Path names;

  private ManyClasses(Path folder, List<Path> classPath, List<String> names) throws IOException {
    this.folder = folder;
    this.classPath = classPath;
    this.names = Files.write(folder.resolve("names"), names);
  }

  /** Copies of one class under other names of the same length, so that nothing else changes. */
  static ManyClasses alike(Path folder, int count) throws IOException {
    byte[] original = Jars.classFile(Copied0000.class);
    String text = new String(original, StandardCharsets.ISO_8859_1);
    String name = Copied0000.class.getName();
    Map<String, byte[]> classes = new TreeMap<>();
    classes.put(LoadClasses.class.getName(), Jars.classFile(LoadClasses.class));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String number = String.format(Locale.ROOT, "%04d", i);
      String copy = text.replace(Copied0000.class.getSimpleName(), "Copied" + number);
      String copiedName = name.replace("0000", number);
      classes.put(copiedName, copy.getBytes(StandardCharsets.ISO_8859_1));
      names.add(copiedName);
    }
    Files.createDirectories(folder);
    Path jar = Jars.write(folder.resolve("classes.jar"), Map.of(), classes);
    return new ManyClasses(folder, List.of(jar), names);
  }

  /** Those of some libraries: each class with supertypes and annotations of its own. */
  static ManyClasses real(Path folder, int atMost) throws IOException {
    Files.createDirectories(folder);
    List<Path> jars = new ArrayList<>();
    jars.add(
        Jars.write(
            folder.resolve("program.jar"),
            Map.of(),
            Map.of(LoadClasses.class.getName(), Jars.classFile(LoadClasses.class))));
    for (String library : LIBRARIES) {
      jars.add(Built.jar(library));
    }
    List<String> names = loadable(jars);
    return new ManyClasses(folder, jars, names.subList(0, Math.min(atMost, names.size())));
  }

  /** Some classes extend what is in further libraries, which the program will not have either. */
  private static List<String> loadable(List<Path> jars) throws IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    List<String> names = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      for (Path jar : jars) {
        addLoadable(jar, loader, names);
      }
    }
    return names;
  }

  private static void addLoadable(Path jar, ClassLoader loader, List<String> names)
      throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        String path = entry.getName();
        if (path.endsWith(".class") && !path.contains("-")) {
          String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
          try {
            Class.forName(name, false, loader);
            names.add(name);
          } catch (ClassNotFoundException | LinkageError e) {
            // Left out.
          }
        }
      }
    }
  }

  int count() throws IOException {
    return Files.readAllLines(names).size();
  }

  /** In milliseconds. */
  Map<String, Samples> measure(int rounds) throws Exception {
    Path idle =
        Jars.write(
            folder.resolve("idle.jar"),
            Map.of("Premain-Class", IdleAgent.class.getName()),
            Map.of(IdleAgent.class.getName(), Jars.classFile(IdleAgent.class)));
    Child without =
        new Child(
            List.of(),
            classPath,
            List.of(LoadClasses.class.getName(), names.toString()),
            Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()));
    Child withIdle = without.with("-javaagent:" + idle);
    Child with = without.with("-javaagent:" + Built.agentJar());
    return new InTurns()
        .with(WITHOUT, () -> without.run(folder.resolve("run")))
        .with(IDLE, () -> withIdle.run(folder.resolve("run")))
        .with(WITH_AGENT, () -> with.run(folder.resolve("run")))
        .run(1, rounds, Duration.ofSeconds(70));
  }
}
