package dev.autoskill.telemetry.cli;

/** Ends a command with a message and an exit code. */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int exitCode;

  private Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static Failure usage(String message) {
    return new Failure(Exit.USAGE, message);
  }

  static Failure unreadable(String message) {
    return new Failure(Exit.UNREADABLE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
