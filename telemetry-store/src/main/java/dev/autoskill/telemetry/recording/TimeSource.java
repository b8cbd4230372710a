package dev.autoskill.telemetry.recording;

/** The two clocks of a process. */
@FunctionalInterface
public interface TimeSource {

  /** {@return nanoseconds, comparable with {@link System#nanoTime()} and nothing else} */
  default long nanoTime() {
    return System.nanoTime();
  }

  /** {@return milliseconds since 1970-01-01T00:00Z by the wall clock, which may jump} */
  long currentTimeMillis();

  /** {@return the clocks of the JVM} */
  static TimeSource system() {
    return System::currentTimeMillis;
  }
}
