package dev.autoskill.telemetry.benchmarks.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the document and its charts. */
public final class DocumentWriter {

  private static final String NAME = "benchmarks";

  private DocumentWriter() {}

  /**
   * Writes {@code benchmarks.md}, and beside it a folder with the charts.
   *
   * @param folder where to
   * @param machine on what it was measured
   * @param sections what was measured
   * @return the document
   * @throws IOException if it cannot be written
   */
  public static Path write(Path folder, Table machine, List<Section> sections) throws IOException {
    Path charts = Files.createDirectories(folder.resolve(NAME));
    for (Section section : sections) {
      for (Chart chart : section.charts()) {
        Files.writeString(charts.resolve(chart.name() + ".svg"), chart.svg());
      }
    }
    Path document = folder.resolve(NAME + ".md");
    Files.writeString(document, new MarkdownDocument(NAME).render(machine, sections));
    return document;
  }
}
