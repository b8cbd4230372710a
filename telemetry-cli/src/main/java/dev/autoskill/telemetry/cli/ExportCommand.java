package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Rows;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;

/** All events, oldest first, for other programs. */
final class ExportCommand implements Command {

  private static final Format[] FORMATS = {Format.JSONL, Format.CSV};

  @Override
  public String summary() {
    return "all events, oldest first, as JSON Lines or CSV";
  }

  @Override
  public void declare(Syntax syntax) {
    OutputFile.declare(syntax);
    Options.addUses(syntax);
    Options.addDatabase(syntax);
    syntax.add(Options.text(Options.FORMAT, "FORMAT", "jsonl or csv; jsonl unless said"));
  }

  @Override
  public int run(Call call) throws IOException {
    boolean isSaid = call.has(Options.FORMAT);
    Format format = isSaid ? call.printer().format(FORMATS) : Format.JSONL;
    ReportQuery query = Options.query(call.arguments(), call.host().clock(), 0);
    try (Data data = call.open()) {
      long[] events = {0};
      String file =
          OutputFile.write(call, data, out -> events[0] = write(data, query, format, out));
      if (!file.isEmpty()) {
        call.printer().note(events[0] + " events are in " + file + ".");
      }
    }
    return Exit.OK;
  }

  private static long write(Data data, ReportQuery query, Format format, Appendable out)
      throws IOException {
    return Rows.begin(format, out, EventRow.DATA)
        .writeEach(rows -> data.reports().forEachEvent(query, rows));
  }
}
