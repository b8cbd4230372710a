package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.util.List;

/** The newest events. */
final class EventsCommand implements Command {

  private static final String LIMIT = "--limit";
  private static final String FOLLOW = "--follow";
  private static final int USUAL_LIMIT = 20;
  private static final Format[] FORMATS = {
    Format.TABLE, Format.JSON, Format.AUTO_SKILL, Format.JSONL, Format.CSV, Format.MD
  };

  @Override
  public String summary() {
    return "the newest uses, one by one";
  }

  @Override
  public void declare(Syntax syntax) {
    Options.addUses(syntax);
    syntax
        .add(Options.text(LIMIT, "N", "how many, the newest first; 20 unless said"))
        .add(Options.flag(FOLLOW, "then the next ones as they come, the newest last"));
    Options.addSource(syntax);
    Options.addOutput(syntax, FORMATS);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    boolean isTheirs = format == Format.AUTO_SKILL;
    ReportQuery query =
        Options.query(call.arguments(), call.host().clock(), isTheirs ? 0 : Options.DAYS)
            .limit(Options.number(call.arguments(), LIMIT, USUAL_LIMIT));
    if (call.has(FOLLOW)) {
      return new Follower(call, query).run(format);
    }
    try (Source source = call.source()) {
      List<TelemetryEvent> events = source.events(query);
      source.check(call.printer());
      if (isTheirs) {
        call.printer().write(ReportCommand.autoSkill("events", EventRow.AUTO_SKILL, events));
      } else {
        call.printer()
            .print(
                new Answer<>(
                    EventRow.DATA,
                    EventRow.table(call.host()),
                    query.since(),
                    query.until(),
                    events),
                format);
      }
      if (events.isEmpty()) {
        ReportCommand.explain(call, query, true, source);
      }
    }
    return Exit.OK;
  }
}
