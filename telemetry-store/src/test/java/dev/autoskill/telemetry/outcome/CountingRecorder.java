package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.UseRecorder;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the uses that are recorded and dropped, and keeps nothing of them. */
final class CountingRecorder {

  private final AtomicLong recorded = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicReference<Throwable> nextFault = new AtomicReference<>();
  private final Faults faults = new Faults(null);

  UseRecorder recorder() {
    return (UseRecorder)
        Proxy.newProxyInstance(
            UseRecorder.class.getClassLoader(),
            new Class<?>[] {UseRecorder.class},
            (proxy, method, arguments) -> {
              Throwable fault = nextFault.getAndSet(null);
              if (fault != null) {
                throw fault;
              }
              switch (method.getName()) {
                case "record" -> recorded.incrementAndGet();
                case "drop" -> dropped.incrementAndGet();
                default -> throw new UnsupportedOperationException(method.getName());
              }
              return null;
            });
  }

  /** Fails the next time that it is to record or to count something. */
  void failOnce(Throwable fault) {
    nextFault.set(fault);
  }

  Faults faults() {
    return faults;
  }

  long recorded() {
    return recorded.get();
  }

  long dropped() {
    return dropped.get();
  }
}
