package dev.autoskill.telemetry;

import dev.autoskill.telemetry.privacy.OptOut;

/** Says in plain words why a collector records or does not. */
final class RecordingReason {

  static final String BROKEN =
      "off, since a setting is wrong, or no home directory is known to put the database in";

  private RecordingReason() {}

  static String of(OptOut decision, boolean isSwitchedOff) {
    if (!decision.allowsRecording()) {
      return "off, since the environment variable " + decision.variable() + " is set";
    }
    if (isSwitchedOff) {
      return "off, since the program's settings say so";
    }
    return decision.allowsSending()
        ? "on"
        : "on, but nothing is sent, since " + decision.variable() + " is set to record locally";
  }
}
