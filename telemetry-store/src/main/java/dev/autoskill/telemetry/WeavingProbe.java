package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.Skill;
import java.util.List;

/**
 * Finds out how the skills of this process are woven. The aspect's module has one, as a service.
 *
 * <p>Internal: nothing here is promised to stay.
 */
public interface WeavingProbe {

  /** {@return how the skills are woven} May load classes, though not initialise them. */
  WeavingDiagnostics look();

  /**
   * {@return the skills that a class declares, whether it is woven or not}
   *
   * @param type the class, which is not initialised
   */
  List<Skill> skills(Class<?> type);
}
