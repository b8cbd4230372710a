package programs;

/** Interrupts every thread of the JVM, over and over. */
final class Interrupts extends Thread {

  private volatile boolean isOver;
  private volatile long hits;

  private Interrupts() {}

  /** Returns how often threads of the library's were interrupted while a task ran. */
  static String during(Runnable task) {
    Interrupts storm = new Interrupts();
    storm.start();
    task.run();
    storm.isOver = true;
    while (storm.isAlive()) {
      Thread.onSpinWait();
    }
    Thread.interrupted();
    return Long.toString(storm.hits);
  }

  @Override
  public void run() {
    while (!isOver || hits == 0) {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread != this) {
          thread.interrupt();
          hits += thread.getName().startsWith("autoskill-telemetry") ? 1 : 0;
        }
      }
    }
  }
}
