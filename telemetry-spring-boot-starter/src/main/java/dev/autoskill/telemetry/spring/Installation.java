package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * Makes a context's collector that of the process, with which woven methods record.
 *
 * <p>Of several contexts, it is the newest one's that is still open. The last one stays when its
 * context is closed: what is used later is dropped and counted, and does not end up in another
 * database, or anywhere if the application has switched telemetry off.
 */
final class Installation implements DisposableBean {

  /** Those of the open contexts, the newest first. Guarded by the class. */
  private static final Deque<TelemetryCollector> OPEN = new ArrayDeque<>();

  private final @Nullable TelemetryCollector collector;

  /**
   * Installs a collector.
   *
   * @param collector the context's; null if it is not clear which one that is
   */
  Installation(@Nullable TelemetryCollector collector) {
    this.collector = collector == null || isOffForTests(collector) ? null : collector;
    if (this.collector != null) {
      synchronized (Installation.class) {
        OPEN.push(this.collector);
        Telemetry.install(this.collector);
      }
    }
  }

  /** Tests may have installed one that records. */
  private static boolean isOffForTests(TelemetryCollector collector) {
    return !collector.isRecording() && OptOut.isTestRun(Environment.ofProcess());
  }

  @Override
  public void destroy() {
    synchronized (Installation.class) {
      OPEN.remove(collector);
      if (collector != null && !OPEN.isEmpty() && Telemetry.collector() == collector) {
        Telemetry.install(OPEN.peek());
      }
    }
  }
}
