package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Format;
import java.io.IOException;

/**
 * Copies events to a server that somebody named, and tells how far that came. Refers to nothing of
 * the module of servers, which the agent's jar lacks: it has this command's help.
 */
final class SyncCommand implements Command {

  static final String TO = "--to";

  private static final String WATCH = "--watch";
  private static final String DRY_RUN = "--dry-run";
  private static final String FULL = "--full";
  private static final Format[] FORMATS = {Format.TABLE, Format.JSON, Format.JSONL, Format.CSV};

  @Override
  public String summary() {
    return "copies events to a PostgreSQL server or an OpenTelemetry collector that you name";
  }

  @Override
  public void declare(Syntax syntax) {
    Options.addParameter(syntax, "ACTION", "push, or status: how far that came");
    syntax
        .add(
            Options.text(
                TO,
                "URL",
                "jdbc:postgresql://host/database or otlp:http://host:4318; that of the settings unless"
                    + " said. A collector gets spans, of uses up to the time when programs"
                    + " with telemetry-otel began to send their own"))
        .add(Options.flag(DRY_RUN, "writes each event that a push would send, and sends nothing"))
        .add(
            Options.flag(
                FULL,
                "sends all events again; PostgreSQL leaves out those it has, a collector does not"))
        .add(Options.flag(WATCH, "pushes again and again, until somebody interrupts it"));
    Options.addDatabase(syntax);
    Options.addOutput(syntax, FORMATS);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    String action = call.parameter(0);
    boolean isStatus = action.equals("status");
    if (!isStatus && !action.equals("push")) {
      throw Failure.usage("sync does push or status: " + action);
    }
    if (isStatus && (call.has(WATCH) || call.has(DRY_RUN) || call.has(FULL))) {
      throw Failure.usage(String.join(", ", WATCH, DRY_RUN, FULL) + " belong to push");
    }
    if (call.has(WATCH) && (call.has(DRY_RUN) || call.has(FULL))) {
      throw Failure.usage(WATCH + " excludes " + DRY_RUN + " and " + FULL);
    }
    if (isStatus) {
      SyncStatus.print(call, format);
      return Exit.OK;
    }
    SyncPush push = new SyncPush(call, format, call.has(FULL));
    if (call.has(DRY_RUN)) {
      push.dryRun();
    } else if (call.has(WATCH)) {
      push.watch();
    } else {
      push.once();
    }
    return Exit.OK;
  }
}
