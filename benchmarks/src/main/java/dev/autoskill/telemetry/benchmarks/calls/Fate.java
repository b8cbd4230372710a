package dev.autoskill.telemetry.benchmarks.calls;

/** The intended fate of the tracked calls of a process. */
enum Fate {
  /** All are recorded. */
  RECORDED,
  /** All find the queue full. */
  DROPPED,
  /** Nobody sees them, because the user opted out. */
  UNSEEN;

  private static final String PROPERTY = "benchmarks.fate";

  static Fate ofProcess() {
    return valueOf(System.getProperty(PROPERTY));
  }

  /** The options that tell a JVM. */
  String flag() {
    return "-D" + PROPERTY + "=" + name();
  }

  /** How many of these calls are counted as recorded. */
  long recorded(long calls) {
    return this == UNSEEN ? 0 : calls;
  }

  /** How many of these calls are counted as dropped. */
  long dropped(long calls) {
    return this == DROPPED ? calls : 0;
  }
}
