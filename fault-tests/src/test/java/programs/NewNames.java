package programs;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.SkillUse;
import java.util.concurrent.TimeUnit;

/** Records uses of skills whose names the program makes up, so many new ones an hour. */
final class NewNames {

  private static final long START_NANOS = System.nanoTime();

  private final long nanosPerName;

  NewNames(int perHour) {
    nanosPerName = TimeUnit.HOURS.toNanos(1) / perHour;
  }

  /** Records a use; returns how many nanoseconds it took. */
  long next() {
    long start = System.nanoTime();
    Telemetry.collector().recordEvent(SkillUse.of("s" + (start - START_NANOS) / nanosPerName));
    return System.nanoTime() - start;
  }
}
