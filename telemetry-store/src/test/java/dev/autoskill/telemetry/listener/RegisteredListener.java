package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.function.Consumer;

/** A service, which all collectors of these tests have. */
public final class RegisteredListener implements TelemetryListener {

  /** Does the work of the one that the service loader makes; a test sets it. */
  static volatile Consumer<TelemetryEvent> atService = event -> {};

  private final Consumer<TelemetryEvent> own;

  public RegisteredListener() {
    this(event -> atService.accept(event));
  }

  RegisteredListener(Consumer<TelemetryEvent> own) {
    this.own = own;
  }

  @Override
  public void recorded(TelemetryEvent event) {
    own.accept(event);
  }
}
