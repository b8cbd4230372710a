package programs;

import java.util.concurrent.atomic.AtomicLong;

/** Makes calls on several threads as fast as it can. */
final class Flood {

  private Flood() {}

  /** Returns the number of calls when all threads have made theirs. */
  static String run(Calls calls, int threads, int callsEach) throws InterruptedException {
    AtomicLong made = new AtomicLong();
    Thread[] running = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      running[i] =
          new Thread(
              () -> {
                for (int n = 0; n < callsEach; n++) {
                  calls.next();
                  made.incrementAndGet();
                }
              });
      running[i].start();
    }
    for (Thread thread : running) {
      thread.join();
    }
    return "" + made.get();
  }
}
