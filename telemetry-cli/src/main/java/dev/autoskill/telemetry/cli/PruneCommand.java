package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Deletes old events. */
final class PruneCommand implements Command {

  private static final String OLDER_THAN = "--older-than";
  private static final String YES = "--yes";
  private static final Format[] FORMATS = {Format.TABLE, Format.JSON};

  private record Pruned(String olderThan, long events, boolean deleted) {}

  private static final List<Column<Pruned>> DATA =
      List.of(
          new Column<>("olderThan", Pruned::olderThan),
          new Column<>("events", Pruned::events),
          new Column<>("deleted", Pruned::deleted));

  private static final List<TableColumn<Pruned>> TABLE =
      List.of(
          TableColumn.text("Older than", 0, Pruned::olderThan),
          TableColumn.number("Events", 1, pruned -> Figures.count(pruned.events())),
          TableColumn.text("Deleted", 2, pruned -> pruned.deleted() ? "yes" : "no"));

  @Override
  public String summary() {
    return "deletes old events, which reports still count; only says how many, without --yes";
  }

  @Override
  public void declare(Syntax syntax) {
    syntax
        .add(Options.text(OLDER_THAN, "TIME", "how old, in whole UTC days: 90d, 12w"))
        .add(Options.flag(YES, "delete them, whichever program stored them"));
    Options.addDatabase(syntax);
    Options.addOutput(syntax, FORMATS);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    String text = call.arguments().find(OLDER_THAN);
    if (text == null) {
      throw Failure.usage(OLDER_THAN + " is missing, for example " + OLDER_THAN + " 90d");
    }
    Duration age = Moments.length(OLDER_THAN, text);
    try (Data data = call.open()) {
      long events = countOld(call, data, age);
      data.check(call.printer());
      boolean isWanted = call.has(YES);
      if (isWanted && events > 0) {
        data.reports().prune(age);
        if (countOld(call, data, age) > 0) {
          throw Failure.unreadable("not all old events could be deleted from " + data.file());
        }
      }
      Pruned pruned = new Pruned(text, events, isWanted);
      call.printer().print(new Answer<>(DATA, TABLE, null, null, List.of(pruned)), format);
      if (!isWanted && events > 0) {
        call.printer().note("Nothing was deleted; " + YES + " does so.");
      }
    }
    return Exit.OK;
  }

  /** As retention does: by whole UTC days, and without events of which the time is not known. */
  private static long countOld(Call call, Data data, Duration age) {
    Instant start = call.host().clock().instant().minus(age).truncatedTo(ChronoUnit.DAYS);
    long[] count = {0};
    data.reports()
        .forEachEvent(
            ReportQuery.ALL.until(start),
            event -> count[0] += event.timestamp().equals(Instant.EPOCH) ? 0 : 1);
    return count[0];
  }
}
