package dev.autoskill.telemetry.report;

import java.util.Objects;

/**
 * One skill's uses before and after a moment, to be compared.
 *
 * @param baseline the uses before that moment; none if the skill is new
 * @param current the uses from that moment on
 */
public record Windows(UseSummary baseline, UseSummary current) {

  /** Checks the components. */
  public Windows {
    Objects.requireNonNull(baseline, "baseline must not be null");
    Objects.requireNonNull(current, "current must not be null");
  }
}
