package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The report, redrawn until somebody interrupts it. */
final class WatchCommand implements Command {

  private static final String EVERY = "--every";
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  @Override
  public String summary() {
    return "the report, redrawn every few seconds";
  }

  @Override
  public void declare(Syntax syntax) {
    ReportCommand.declareQuery(syntax);
    syntax
        .add(Options.text(EVERY, "SECONDS", "how often; 2 unless said"))
        .add(Options.text(Options.COLOR, "WHEN", "auto, always or never"));
  }

  @Override
  public int run(Call call) throws IOException {
    if (!call.host().isTerminal()) {
      throw Failure.usage("watch needs a terminal; report does not");
    }
    Duration every = Duration.ofSeconds(Options.number(call.arguments(), EVERY, 2));
    do {
      try (Source source = call.source()) {
        ReportQuery query = ReportCommand.query(call, Options.DAYS);
        List<EffectivenessReport> reports = source.effectiveness(query);
        call.printer().write(HOME_AND_CLEAR);
        source.check(call.printer());
        ReportCommand.print(call, query, reports, null, Format.TABLE);
        ReportCommand.explain(call, query, reports.isEmpty(), source);
        call.host().out().flush();
      }
    } while (call.host().pause().sleep(every));
    return Exit.OK;
  }
}
