package dev.autoskill.telemetry;

import dev.autoskill.telemetry.privacy.OptOut;
import org.jspecify.annotations.Nullable;

/** Says in plain words why a collector records or does not. */
final class RecordingReason {

  private static final String BROKEN =
      "off, since a setting is wrong, or no home directory is known to put the database in";

  private RecordingReason() {}

  /**
   * The reason.
   *
   * @param decision what the environment allows; null if nothing could be set up
   */
  static String of(@Nullable OptOut decision, boolean isSwitchedOff) {
    if (decision == null) {
      return BROKEN;
    }
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
