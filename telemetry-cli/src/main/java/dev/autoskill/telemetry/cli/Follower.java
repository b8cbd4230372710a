package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Cell;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Rows;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes events as they come, the newest last, until somebody interrupts it. */
final class Follower {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** So much later than it ended an event may be stored, and still be noticed. */
  private static final Duration LATEST = Duration.ofMinutes(1);

  private final Call call;
  private final ReportQuery query;
  private Set<String> seen = Set.of();
  private boolean isBegun;

  Follower(Call call, ReportQuery query) {
    this.call = call;
    this.query = query;
  }

  int run(Format format) throws IOException {
    if (format != Format.TABLE && format != Format.JSONL && format != Format.CSV) {
      throw Failure.usage("events that are followed are written as table, jsonl or csv");
    }
    if (query.until() != null) {
      throw Failure.usage("events that are followed have no end");
    }
    Rows<TelemetryEvent> rows =
        format == Format.TABLE ? null : Rows.begin(format, call.printer().raw(), EventRow.DATA);
    do {
      for (TelemetryEvent event : next()) {
        if (rows == null) {
          call.printer().write(line(event));
        } else {
          rows.write(event);
        }
      }
      call.host().out().flush();
    } while (call.host().pause().sleep(PAUSE));
    return Exit.OK;
  }

  private List<TelemetryEvent> next() throws IOException {
    Instant since = call.host().clock().instant().minus(LATEST);
    List<TelemetryEvent> recent;
    List<TelemetryEvent> fresh;
    try (Source source = call.source()) {
      recent = source.events(Options.window(query, since, null).limit(Integer.MAX_VALUE));
      fresh = new ArrayList<>(isBegun ? recent : source.events(query));
      source.check(call.printer());
    }
    fresh.removeIf(event -> seen.contains(event.id()));
    isBegun = true;
    seen =
        Stream.concat(recent.stream(), fresh.stream())
            .map(TelemetryEvent::id)
            .collect(Collectors.toSet());
    Collections.reverse(fresh);
    return fresh;
  }

  /** Aligned but for the name, since the next ones are not known. */
  private String line(TelemetryEvent event) {
    StringBuilder line = new StringBuilder();
    line.append(event.timestamp().truncatedTo(ChronoUnit.SECONDS));
    for (TableColumn<TelemetryEvent> column : EventRow.table(call.host()).subList(1, 5)) {
      Cell cell = column.cell().apply(event);
      line.append("  ").append(cell.tone().paint(cell.text(), call.printer().isColoured()));
    }
    return line.append('\n').toString();
  }
}
