package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.html.HtmlPage;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;

/** The report as a page for browsers. */
final class HtmlCommand implements Command {

  @Override
  public String summary() {
    return "the report, with trends and charts, as a page in one file";
  }

  @Override
  public void declare(Syntax syntax) {
    OutputFile.declare(syntax);
    Options.addUses(syntax);
    Options.addDatabase(syntax);
  }

  @Override
  public int run(Call call) throws IOException {
    ReportQuery query = call.query();
    try (Data data = call.open()) {
      String page = HtmlPage.of(data.reports(), query, ReportRow.DATA, call.host().clock());
      String file = OutputFile.write(call, data, out -> out.append(page));
      if (!file.isEmpty()) {
        call.printer().note("The page is " + file + ".");
      }
    }
    return Exit.OK;
  }
}
