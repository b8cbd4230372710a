package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Forgets a skill everywhere. */
final class ForgetCommand implements Command {

  /** A living program stores what lies in its own spool within so much time. */
  private static final Duration UNTIL_STORED = Duration.ofMillis(2500);

  private static final Format[] FORMATS = {Format.TABLE, Format.JSON};

  private record Forgotten(String skillName, long uses) {}

  private static final List<Column<Forgotten>> DATA =
      List.of(
          new Column<>("skillName", Forgotten::skillName), new Column<>("uses", Forgotten::uses));

  private static final List<TableColumn<Forgotten>> TABLE =
      List.of(
          TableColumn.text("Forgotten", 0, Forgotten::skillName),
          TableColumn.number("Uses", 1, forgotten -> Figures.count(forgotten.uses())));

  @Override
  public String summary() {
    return "deletes everything of a skill: events, counts, and what lies in spools";
  }

  @Override
  public void declare(Syntax syntax) {
    Options.addParameter(syntax, "SKILL", "the skill's name");
    Options.addDatabase(syntax);
    Options.addOutput(syntax, FORMATS);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    String skill = call.parameter(0);
    try (Data data = call.open()) {
      long uses =
          data.reports().effectiveness(ReportQuery.ALL.skill(skill)).stream()
              .mapToLong(EffectivenessReport::totalUses)
              .sum();
      data.check(call.printer());
      if (uses > 0) {
        forget(data, skill);
        // A living program's spool stays its own, and it may store once more what lay in it.
        if (Spools.of(data.file()).count() > 0 && call.host().pause().sleep(UNTIL_STORED)) {
          forget(data, skill);
        }
        data.check(call.printer());
      }
      call.printer()
          .print(
              new Answer<>(DATA, TABLE, null, null, List.of(new Forgotten(skill, uses))), format);
    }
    return Exit.OK;
  }

  private static void forget(Data data, String skill) {
    if (!data.reports().forget(skill)) {
      throw Failure.unreadable("not everything could be deleted from " + data.file());
    }
  }
}
