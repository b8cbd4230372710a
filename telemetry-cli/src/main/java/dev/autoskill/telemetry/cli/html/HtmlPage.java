package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.time.Clock;
import java.util.List;

/** A report in one HTML file, which loads nothing and reads without JavaScript. */
public final class HtmlPage {

  private HtmlPage() {}

  /**
   * The page.
   *
   * @param source answers its queries; whether they are complete so far is said on the page
   * @param query which uses; its order is ignored
   * @param columns the columns of a skill's report, in the data for programs
   * @param clock the time at which the page is made, and the zone in which its days begin
   * @return the document
   */
  public static String of(
      PageSource source,
      ReportQuery query,
      List<Column<EffectivenessReport>> columns,
      Clock clock) {
    Page page = new PageReader(source, clock).read(query);
    Inline inline = Inline.of(new PageData(page, columns));
    StringOutput out = new StringOutput();
    JtepageGenerated.render(new OwaspHtmlTemplateOutput(out), null, page, inline);
    return out.toString();
  }
}
