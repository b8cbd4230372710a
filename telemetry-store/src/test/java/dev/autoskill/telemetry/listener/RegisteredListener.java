package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service; the one that the service loader makes tells its events apart. */
public final class RegisteredListener implements TelemetryListener {

  static final List<TelemetryEvent> EVENTS = new CopyOnWriteArrayList<>();

  private final List<TelemetryEvent> events;

  public RegisteredListener() {
    this(EVENTS);
  }

  RegisteredListener(List<TelemetryEvent> events) {
    this.events = events;
  }

  @Override
  public void recorded(TelemetryEvent event) {
    events.add(event);
  }
}
