package dev.autoskill.telemetry.benchmarks.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentWriterTest {

  @TempDir Path folder;

  @Test
  void budgetsComeFirstAndSayWhetherTheyAreMet() throws IOException {
    String text = write(section());

    assertTrue(text.contains("| start-up | at most 30 ms | 12.3 ms | met |"), text);
    assertTrue(text.contains("| rate | at least 90 % | 80 % | **NOT met** |"), text);
    assertTrue(text.indexOf("## Budgets") < text.indexOf("## Starting"), text);
  }

  @Test
  void aSectionHasItsMethodItsTablesAndItsCharts() throws IOException {
    String text = write(section());

    assertTrue(
        text.contains(
            """
            ## Starting

            As *often* as it takes.

            | way | ms |
            |---|---:|
            | a \\| b | 1.23 |

            ![How long](benchmarks/starting.svg)
            """),
        text);
    assertTrue(Files.readString(folder.resolve("benchmarks/starting.svg")).contains("How long"));
  }

  @Test
  void noFolderOfTheMachineIsNamed() throws IOException {
    assertFalse(write(section()).contains(folder.toString()));
    assertFalse(write(section()).contains(System.getProperty("user.dir")));
    assertFalse(write(section()).contains(System.getProperty("java.home")));
  }

  @Test
  void theSameFiguresMakeTheSameChart() {
    assertEquals(chart().svg(), chart().svg());
  }

  private String write(Section section) throws IOException {
    return Files.readString(DocumentWriter.write(folder, Machine.table(), List.of(section)));
  }

  private static Section section() {
    return new Section(
        "Starting",
        "As *often* as it takes.\n",
        List.of(new Table(List.of("way", "ms"), List.of(List.of("a | b", "1.23")))),
        List.of(chart()),
        List.of(
            new Budget("start-up", "at most 30 ms", "12.3 ms", true),
            new Budget("rate", "at least 90 %", "80 %", false)));
  }

  private static Chart chart() {
    Map<String, Double> bars = new LinkedHashMap<>();
    bars.put("plain", 40.0);
    bars.put("woven by the compiler", 52.25);
    return new Chart("starting", "How long", "ms", bars);
  }
}
