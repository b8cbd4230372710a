package dev.autoskill.telemetry;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The telemetry of this process: one collector, with which woven methods record.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Telemetry {

  private static volatile @Nullable TelemetryCollector collector;

  /** Whether the environment is known to opt out, which does not change while the process lives. */
  private static boolean isOptedOut;

  /** Faults for which no collector could be opened that would count them. */
  private static final AtomicLong UNCOUNTED = new AtomicLong();

  private Telemetry() {}

  /**
   * {@return whether the user or the environment opted out: whether {@code
   * AUTO_SKILL_NO_TELEMETRY}, or, unless {@code AUTO_SKILL_TELEMETRY} is {@code local}, {@code
   * DO_NOT_TRACK} or a CI variable is set to anything but the empty string, or the user's settings
   * file says so or cannot be read}
   */
  public static boolean isDisabled() {
    return !OptOut.decision(Environment.ofProcess(), false).allowsRecording();
  }

  /**
   * {@return the collector of this process} The first call opens it, as {@link
   * TelemetryCollector#open()} does; the end of the process saves its events. Nobody should close
   * it. This never fails: if no collector can be opened, the one returned records nothing and
   * counts that as a fault.
   */
  public static TelemetryCollector collector() {
    TelemetryCollector current = collector;
    if (current == null) {
      current = openCollector();
    }
    return current;
  }

  /**
   * {@return the collector of this process, for instrumentations, which ask at each call; null if
   * nothing is recorded} Unlike {@link #collector()} this opens none that would record nothing
   * since the environment opted out.
   */
  public static @Nullable TelemetryCollector recording() {
    TelemetryCollector current = collector;
    if (current == null) {
      isOptedOut = isOptedOut || isDisabled();
      if (isOptedOut) {
        return null;
      }
      current = openCollector();
    }
    return current.isRecording() ? current : null;
  }

  /**
   * Counts a fault of an instrumentation that was kept from its caller. If the fault is that no
   * collector can be opened at this moment, the next one that can counts it.
   *
   * @param fault the fault; nothing of it is retained
   */
  public static void countFault(Throwable fault) {
    try {
      TelemetryCollector current = collector;
      (current == null ? collector() : current).countFault(fault);
    } catch (Throwable again) {
      UNCOUNTED.incrementAndGet();
    }
  }

  private static synchronized TelemetryCollector openCollector() {
    TelemetryCollector current = collector;
    if (current == null) {
      try {
        current = TelemetryCollector.open();
      } catch (RuntimeException | LinkageError e) {
        current = Assembly.brokenCollector(e);
      }
      if (current.isRecording()) {
        current.parts.prepare();
      }
      collector = current;
      long earlier = UNCOUNTED.get();
      current.parts.faults.add(earlier);
      UNCOUNTED.addAndGet(-earlier);
    }
    return current;
  }

  /**
   * {@return whether telemetry works in this process and, if not, why not} See {@link
   * TelemetryDiagnostics#lines()}.
   */
  public static TelemetryDiagnostics diagnostics() {
    return collector().diagnostics();
  }

  /**
   * Sends an anonymous beacon, as {@link TelemetryCollector#track} of this process's collector
   * does.
   *
   * @param event the kind of event
   * @param data counts, timings, scores
   */
  public static void track(String event, Map<String, ?> data) {
    collector().track(event, data);
  }

  /**
   * Sends an anonymous beacon without data.
   *
   * @param event the kind of event
   */
  public static void track(String event) {
    track(event, Map.of());
  }

  /**
   * For tests: makes a collector the one of this process. The caller closes it.
   *
   * @param installed the collector that woven methods shall record with
   */
  public static synchronized void install(TelemetryCollector installed) {
    collector = Objects.requireNonNull(installed, "installed must not be null");
  }

  /**
   * For tests that run at once: installs a collector that leaves each use and query to another.
   *
   * @param installed the collector where the router names none
   * @param router is asked in each call, on its thread, for the other collector; null: none
   */
  public static void install(
      TelemetryCollector installed, Supplier<@Nullable TelemetryCollector> router) {
    Objects.requireNonNull(router, "router must not be null");
    install(new TelemetryCollector(installed.parts, router));
  }

  /**
   * For tests: undoes {@link #install}. The next call of {@link #collector()} opens the default
   * collector.
   */
  public static synchronized void reset() {
    collector = null;
  }
}
