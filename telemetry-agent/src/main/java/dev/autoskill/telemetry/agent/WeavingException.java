package dev.autoskill.telemetry.agent;

/** The weaver could not make a valid class. */
final class WeavingException extends Exception {

  private static final long serialVersionUID = 1;

  private final String reason;

  WeavingException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** The reason, in the weaver's words or in this library's; names nothing but code. */
  String reason() {
    return reason;
  }
}
