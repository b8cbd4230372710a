package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.document.Table;
import dev.autoskill.telemetry.benchmarks.measuring.Built;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How large the jars are that a program comes to need. */
final class JarSizes {

  private static final double KIB = 1024;

  private JarSizes() {}

  static Table table() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    long all = 0;
    for (Path jar : Built.product()) {
      rows.add(row(jar.getFileName().toString(), Files.size(jar)));
      all += Files.size(jar);
    }
    rows.add(row("together", all));
    Path agent = Built.agentJar();
    rows.add(row(agent.getFileName() + " (instead of all these)", Files.size(agent)));
    return new Table(List.of("jar", "KiB"), rows);
  }

  private static List<String> row(String name, long bytes) {
    return List.of(name, Figures.whole(bytes / KIB));
  }
}
