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
    Options.addSource(syntax);
  }

  @Override
  public int run(Call call) throws IOException {
    ReportQuery query = call.query();
    try (Source source = call.source()) {
      String page = HtmlPage.of(source.page(), query, ReportRow.DATA, call.host().clock());
      String file = OutputFile.write(call, source, out -> out.append(page));
      if (!file.isEmpty()) {
        call.printer().note("The page is " + file + ".");
      }
    }
    return Exit.OK;
  }
}
