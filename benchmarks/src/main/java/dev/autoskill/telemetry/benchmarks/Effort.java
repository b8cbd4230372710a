package dev.autoskill.telemetry.benchmarks;

/** How long to measure. */
public enum Effort {
  /** Long enough to see that all benchmarks still run; the figures say nothing. */
  QUICK,
  /** Long enough for figures to publish. */
  FULL
}
