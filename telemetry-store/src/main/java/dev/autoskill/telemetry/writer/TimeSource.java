package dev.autoskill.telemetry.writer;

/** The two clocks of a process. */
public interface TimeSource {

  /**
   * A reading of the clock that durations are taken from.
   *
   * @return nanoseconds, comparable with {@link System#nanoTime()} and nothing else
   */
  long nanoTime();

  /**
   * A reading of the wall clock, which may jump.
   *
   * @return milliseconds since 1970-01-01T00:00Z
   */
  long currentTimeMillis();

  /**
   * The clocks of the JVM.
   *
   * @return the time source
   */
  static TimeSource system() {
    return new TimeSource() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public long currentTimeMillis() {
        return System.currentTimeMillis();
      }
    };
  }
}
