package dev.autoskill.telemetry;

/**
 * Finds out how the skills of this process are woven. The aspect's module has one, as a service.
 *
 * <p>Internal: nothing here is promised to stay.
 */
public interface WeavingProbe {

  /** {@return how the skills are woven} May load classes, though not initialise them. */
  WeavingDiagnostics look();
}
