package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Printable;
import dev.autoskill.telemetry.cli.output.TableColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Says whether telemetry works here and, if not, why not and what helps. */
final class DoctorCommand implements Command {

  private static final String REPAIR = "--repair";
  private static final Format[] FORMATS = {
    Format.TABLE, Format.JSON, Format.JSONL, Format.CSV, Format.MD
  };

  private static final List<TableColumn<Check>> TABLE =
      List.of(
          TableColumn.text("Status", 1, check -> check.status().word()),
          TableColumn.text("Check", 2, Check::id),
          TableColumn.text("Detail", 0, Check::detail),
          TableColumn.text("Hint", 3, check -> check.hint() == null ? "" : check.hint()));

  @Override
  public String summary() {
    return "whether telemetry works here and, if not, what helps; exits with 1 if something is wrong";
  }

  @Override
  public void declare(Syntax syntax) {
    syntax.add(
        Options.flag(REPAIR, "first count all events anew, which mends rollups that are wrong"));
    Options.addDatabase(syntax);
    Options.addOutput(syntax, FORMATS);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    if (Source.isServer(call.arguments().find(Options.DB))) {
      throw Failure.usage("the doctor checks a local database and this machine, not a server");
    }
    List<Check> checks = new ArrayList<>();
    try (Data data = call.open()) {
      if (call.has(REPAIR) && !data.reports().repairRollups()) {
        call.printer()
            .warn(
                "the rollups were not counted anew, since telemetry is off or others hold the lock");
      }
      checks.addAll(new DatabaseCheckup(call.host(), data).checks());
      checks.addAll(new ProgramCheckup(call.host().machine(), data).checks());
    }
    if (format == Format.TABLE) {
      write(checks, call.printer());
    } else {
      call.printer().print(new Answer<>(Check.DATA, TABLE, null, null, checks), format);
    }
    boolean isIll = checks.stream().anyMatch(check -> check.status() == Check.Status.FAILED);
    return isIll ? Exit.NO : Exit.OK;
  }

  /** One line per check, and one more for what helps; nothing is cut short. */
  private static void write(List<Check> checks, Printer printer) throws IOException {
    for (Check check : checks) {
      String status = "%-8s".formatted(check.status().word());
      printer.write(
          check.status().tone().paint(status, printer.isColoured())
              + "%-10s %s\n".formatted(check.id(), Printable.of(check.detail())));
      if (check.hint() != null) {
        printer.write(" ".repeat(19) + Printable.of(check.hint()) + "\n");
      }
    }
  }
}
