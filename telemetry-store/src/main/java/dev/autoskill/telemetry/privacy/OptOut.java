package dev.autoskill.telemetry.privacy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the environment allows, and which variable says so. This is the only place that decides.
 *
 * @param mode what is allowed
 * @param variable the variable that decided; null if none spoke and so everything is allowed
 */
public record OptOut(Mode mode, @Nullable String variable) {

  /** What is allowed. */
  public enum Mode {
    /** Events may be recorded and, where someone configured an endpoint, aggregates sent. */
    ON,
    /** Events may be recorded on this machine; nothing may be sent. */
    LOCAL_ONLY,
    /** Nothing may be recorded or sent. */
    OFF
  }

  /** Always wins. */
  static final String NO_TELEMETRY = "AUTO_SKILL_NO_TELEMETRY";

  /** Set to {@value #LOCAL}: the user's wish to record locally all the same. */
  static final String TELEMETRY = "AUTO_SKILL_TELEMETRY";

  static final String LOCAL = "local";

  /** See consoledonottrack.com. */
  static final String DO_NOT_TRACK = "DO_NOT_TRACK";

  /**
   * Decides.
   *
   * @param environment the environment to ask
   * @return what it allows
   * @throws NullPointerException if {@code environment} is null
   */
  public static OptOut decision(Environment environment) {
    Objects.requireNonNull(environment, "environment must not be null");
    if (environment.has(NO_TELEMETRY)) {
      return new OptOut(Mode.OFF, NO_TELEMETRY);
    }
    if (LOCAL.equals(environment.get(TELEMETRY))) {
      return new OptOut(Mode.LOCAL_ONLY, TELEMETRY);
    }
    if (environment.has(DO_NOT_TRACK)) {
      return new OptOut(Mode.OFF, DO_NOT_TRACK);
    }
    String ci = CiVariables.detect(environment);
    return ci == null ? new OptOut(Mode.ON, null) : new OptOut(Mode.OFF, ci);
  }

  /**
   * Whether events may be recorded on this machine.
   *
   * @return true unless the mode is {@link Mode#OFF}
   */
  public boolean allowsRecording() {
    return mode != Mode.OFF;
  }

  /**
   * Whether the beacon may send.
   *
   * @return true if the mode is {@link Mode#ON}
   */
  public boolean allowsSending() {
    return mode == Mode.ON;
  }
}
