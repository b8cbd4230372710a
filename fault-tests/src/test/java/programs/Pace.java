package programs;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Makes calls at a steady rate and says how long they took. */
final class Pace {

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private Pace() {}

  /**
   * Returns the number of calls, and the median, 99.9th percentile and maximum of nanoseconds.
   *
   * @param call makes a call and answers how many nanoseconds it took
   */
  static String run(LongSupplier call, int perSecond, int millis) {
    long[] nanos = new long[(int) ((long) perSecond * millis / 1000)];
    long start = System.nanoTime();
    for (int done = 0; done < nanos.length; ) {
      long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
      for (; done < Math.min(due, nanos.length); done++) {
        nanos[done] = call.getAsLong();
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    Arrays.sort(nanos);
    return nanos.length + " " + at(nanos, 0.5) + " " + at(nanos, 0.999) + " " + at(nanos, 1);
  }

  private static long at(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
  }
}
