package dev.autoskill.telemetry.error;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.List;

/** Events as a store gets them, where no error is kept. */
public final class Recorded {

  private Recorded() {}

  public static List<RecordedEvent> all(TelemetryEvent... events) {
    return all(List.of(events));
  }

  public static List<RecordedEvent> all(List<TelemetryEvent> events) {
    return events.stream().map(event -> new RecordedEvent(event, null)).toList();
  }
}
