package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Rows;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.PrivateFiles;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All events, oldest first, for other programs. */
final class ExportCommand implements Command {

  private static final Format[] FORMATS = {Format.JSONL, Format.CSV};

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String summary() {
    return "all events, oldest first, as JSON Lines or CSV";
  }

  @Override
  public void declare(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel("FILE")
            .description("where to, readable by the user alone; stdout unless said")
            .build());
    Options.addUses(spec);
    Options.addDatabase(spec);
    spec.addOption(Options.text(Options.FORMAT, "FORMAT", "jsonl or csv; jsonl unless said"));
  }

  @Override
  public int run(Call call) throws IOException {
    boolean isSaid = call.has(Options.FORMAT);
    Format format = isSaid ? call.printer().format(FORMATS) : Format.JSONL;
    ReportQuery query = Options.query(call.arguments(), call.host().clock(), 0);
    String name = call.parameter(0);
    try (Data data = call.open()) {
      if (name.isEmpty()) {
        write(data, query, format, call.printer().raw());
        data.check(call.printer());
      } else {
        long events = writeFile(data, query, format, name, call.printer());
        call.printer().note(events + " events are in " + name + ".");
      }
    }
    return Exit.OK;
  }

  /** The file appears whole or not at all. */
  private static long writeFile(
      Data data, ReportQuery query, Format format, String name, Printer printer)
      throws IOException {
    try {
      Path file = Path.of(name).toAbsolutePath();
      Path written = PrivateFiles.createTempFile(file.getParent(), "export");
      try {
        long events;
        try (Writer out = Files.newBufferedWriter(written)) {
          events = write(data, query, format, out);
        }
        data.check(printer);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        return events;
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException | InvalidPathException e) {
      throw Failure.unreadable("the file " + name + " cannot be written: " + e.getMessage());
    }
  }

  private static long write(Data data, ReportQuery query, Format format, Appendable out)
      throws IOException {
    List<Column<TelemetryEvent>> columns = EventRow.DATA;
    Rows<TelemetryEvent> rows = Rows.begin(format, out, columns);
    long[] count = {0};
    try {
      data.reports()
          .forEachEvent(
              query,
              event -> {
                try {
                  rows.write(event);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                count[0]++;
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return count[0];
  }
}
