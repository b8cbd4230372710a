package dev.autoskill.telemetry.cli;

/** The exit codes, which scripts may rely on. */
final class Exit {

  /** All is well. */
  static final int OK = 0;

  /** The gate found a skill that became worse, or the doctor something that is wrong. */
  static final int NO = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** The data, or the settings, cannot be read or written. */
  static final int UNREADABLE = 3;

  /** There are not enough uses to say. */
  static final int INCONCLUSIVE = 4;

  private Exit() {}
}
