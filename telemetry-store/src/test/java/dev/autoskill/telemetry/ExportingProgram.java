package dev.autoskill.telemetry;

import dev.autoskill.telemetry.report.Export;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** Exports all events of a database to nowhere, and prints how many there were. */
final class ExportingProgram {

  private ExportingProgram() {}

  public static void main(String[] arguments) throws IOException {
    try (TelemetryCollector telemetry = TestTelemetry.open(Path.of(arguments[0]))) {
      System.out.println(
          telemetry.reports().exportEvents(null, Export.Format.JSON_LINES, Writer.nullWriter()));
    }
  }
}
