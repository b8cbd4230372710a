package dev.autoskill.telemetry.annotations;

import java.util.Objects;

/** How one use of a skill ended. */
public enum Outcome {
  /** The skill did what it was asked to do. */
  SUCCESS("success"),

  /** The skill did not do what it was asked to do. */
  FAILURE("failure"),

  /** The skill did some of what it was asked to do. */
  PARTIAL("partial"),

  /** The skill decided that there was nothing for it to do. */
  SKIPPED("skipped"),

  /**
   * Another program stored an outcome that this library does not know. It is only ever read: an
   * event cannot be recorded with it. Reports count it as a use, neither success nor failure.
   */
  UNRECOGNISED("unrecognised");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /**
   * The outcome as it stands in the database.
   *
   * @return the lower-case text, for example {@code success}
   */
  public String text() {
    return text;
  }

  /**
   * The outcome that a stored text means.
   *
   * @param text the text, for example {@code success}; case matters
   * @return the outcome; {@link #UNRECOGNISED} if it is none of the four that are written
   * @throws NullPointerException if {@code text} is null
   */
  public static Outcome ofText(String text) {
    return switch (Objects.requireNonNull(text, "text must not be null")) {
      case "success" -> SUCCESS;
      case "failure" -> FAILURE;
      case "partial" -> PARTIAL;
      case "skipped" -> SKIPPED;
      default -> UNRECOGNISED;
    };
  }
}
