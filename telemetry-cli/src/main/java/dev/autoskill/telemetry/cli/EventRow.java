package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.cli.output.Cell;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.cli.output.Tone;
import dev.autoskill.telemetry.event.EventColumn;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/** The columns of an event. */
final class EventRow {

  /** In the order of the columns. */
  private static final RecordComponent[] COMPONENTS = TelemetryEvent.class.getRecordComponents();

  /** The components of the record. */
  static final List<Column<TelemetryEvent>> DATA =
      Stream.of(EventColumn.values())
          .map(
              column ->
                  new Column<TelemetryEvent>(COMPONENTS[column.ordinal()].getName(), column::of))
          .toList();

  /** As auto-skill's own tool writes them. */
  static final List<Column<TelemetryEvent>> AUTO_SKILL =
      DATA.stream()
          .map(
              column ->
                  column.name().equals("timestamp")
                      ? new Column<TelemetryEvent>(
                          column.name(), event -> ReportRow.millis(event.timestamp()))
                      : column)
          .toList();

  private EventRow() {}

  static List<TableColumn<TelemetryEvent>> table(Host host) {
    return List.of(
        TableColumn.text("When", 1, event -> Figures.moment(event.timestamp(), host)),
        TableColumn.text("Skill", 0, TelemetryEvent::skillName),
        new TableColumn<>(
            "Outcome", false, 2, event -> new Cell(event.outcome().text(), tone(event.outcome()))),
        TableColumn.number("Took", 3, event -> Figures.millis(event.durationMs())),
        TableColumn.text("Agent", 4, TelemetryEvent::agentId),
        TableColumn.text("Session", 5, TelemetryEvent::sessionId));
  }

  private static Tone tone(Outcome outcome) {
    return switch (outcome) {
      case SUCCESS -> Tone.GOOD;
      case FAILURE -> Tone.BAD;
      case PARTIAL -> Tone.DOUBTFUL;
      default -> Tone.FAINT;
    };
  }
}
