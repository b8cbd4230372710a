package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.measuring.Built;
import dev.autoskill.telemetry.benchmarks.measuring.InTurns;
import dev.autoskill.telemetry.benchmarks.measuring.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import programs.Copied0000;
import programs.LoadClasses;

/** How long a program takes that loads many classes without skills. */
final class ManyClasses {

  static final String WITHOUT = "without";
  static final String WITH_AGENT = "with the agent";

  private final Path folder;
  private final Path jar;
  private final int count;

  ManyClasses(Path folder, int count) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.jar = folder.resolve("classes.jar");
    this.count = count;
    write();
  }

  /** In milliseconds. */
  Map<String, Samples> measure(int rounds) throws Exception {
    Child without =
        new Child(
            List.of(),
            List.of(jar),
            List.of(LoadClasses.class.getName(), prefix(), Integer.toString(count)),
            Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()));
    Child with = without.with("-javaagent:" + Built.agentJar());
    return new InTurns()
        .with(WITHOUT, () -> without.run(folder.resolve("run")))
        .with(WITH_AGENT, () -> with.run(folder.resolve("run")))
        .run(1, rounds, Duration.ofSeconds(70));
  }

  /** Copies the one class under other names of the same length, so that nothing else changes. */
  private void write() throws IOException {
    byte[] original = classFile(Copied0000.class);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      add(zip, LoadClasses.class.getName(), classFile(LoadClasses.class));
      for (int i = 0; i < count; i++) {
        String name = prefix() + String.format(Locale.ROOT, "%04d", i);
        String text = new String(original, StandardCharsets.ISO_8859_1);
        String copy = text.replace(Copied0000.class.getSimpleName(), simpleName(name));
        add(zip, name, copy.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static String prefix() {
    String name = Copied0000.class.getName();
    return name.substring(0, name.length() - "0000".length());
  }

  private static String simpleName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    return Files.readAllBytes(Built.classes().resolve(entry(type.getName())));
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(entry(name)));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static String entry(String name) {
    return name.replace('.', '/') + ".class";
  }
}
