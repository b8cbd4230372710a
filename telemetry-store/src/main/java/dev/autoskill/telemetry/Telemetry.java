package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The telemetry of this process: one collector, which woven methods record with.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Telemetry {

  private static volatile @Nullable TelemetryCollector collector;

  /**
   * What the environment wants, once known to be so. It does not change while the process lives.
   */
  private static boolean isOptedOut;

  /** Faults for which no collector could be opened that would count them. */
  private static final AtomicLong UNCOUNTED = new AtomicLong();

  private Telemetry() {}

  /**
   * Whether the user or the environment opted out, so that nothing is recorded or sent.
   *
   * @return true if {@code AUTO_SKILL_NO_TELEMETRY}, or, unless {@code AUTO_SKILL_TELEMETRY} is
   *     {@code local}, {@code DO_NOT_TRACK} or a CI variable is set to anything but the empty
   *     string
   */
  public static boolean isDisabled() {
    return isDisabled(Environment.ofProcess());
  }

  static boolean isDisabled(Environment environment) {
    return !OptOut.decision(environment).allowsRecording();
  }

  /**
   * The collector of this process. It is opened, as {@link TelemetryCollector#open()} does, when it
   * is first asked for; when the process ends, what it recorded is made safe. Nobody should close
   * it. This never fails: if no collector can be opened, the one returned records nothing and
   * counts that as a fault.
   *
   * @return the collector
   */
  public static TelemetryCollector collector() {
    TelemetryCollector current = collector;
    if (current == null) {
      current = openCollector();
    }
    return current;
  }

  /**
   * The collector of this process, for instrumentations, which ask at each call. Unlike {@link
   * #collector()} it opens none that would record nothing since the environment opted out.
   *
   * @return the collector; null if nothing is recorded
   */
  public static @Nullable TelemetryCollector recording() {
    TelemetryCollector current = collector;
    if (current == null) {
      if (isOptedOut || optsOut()) {
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
   * @param fault what was swallowed; only its occurrence is kept
   */
  public static void countFault(Throwable fault) {
    try {
      TelemetryCollector current = collector;
      (current == null ? collector() : current).countFault(fault);
    } catch (Throwable again) {
      UNCOUNTED.incrementAndGet();
    }
  }

  private static boolean optsOut() {
    boolean decision = isDisabled();
    isOptedOut = decision;
    return decision;
  }

  private static synchronized TelemetryCollector openCollector() {
    TelemetryCollector current = collector;
    if (current == null) {
      current = openOrBroken();
      if (current.isRecording()) {
        current.prepare();
        saveAtExit(current);
      }
      collector = current;
      long earlier = UNCOUNTED.get();
      current.addFaults(earlier);
      UNCOUNTED.addAndGet(-earlier);
    }
    return current;
  }

  /**
   * Whether telemetry works in this process and, if not, why not: whether the weaver is present,
   * how many methods are woven and used, where the database is, what is wrong with it.
   *
   * @return what there is to say; {@link TelemetryDiagnostics#lines()} says it in plain words
   */
  public static TelemetryDiagnostics diagnostics() {
    return collector().diagnostics();
  }

  private static TelemetryCollector openOrBroken() {
    try {
      return TelemetryCollector.open();
    } catch (RuntimeException | LinkageError e) {
      return Assembly.brokenCollector(e);
    }
  }

  private static void saveAtExit(TelemetryCollector opened) {
    try {
      Thread hook = DetachedThread.of("autoskill-telemetry-exit", new ExitHook(opened));
      Runtime.getRuntime().addShutdownHook(hook);
      opened.whenClosed(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: what is recorded from here on may be lost.
      opened.countFault(e);
    }
  }

  /**
   * Sends an anonymous beacon, as {@link TelemetryCollector#track} of this process's collector
   * does.
   *
   * @param event what happened
   * @param data counts, timings, scores
   * @throws NullPointerException if an argument is null
   */
  public static void track(String event, Map<String, ?> data) {
    collector().track(event, data);
  }

  /**
   * Sends an anonymous beacon without data.
   *
   * @param event what happened
   * @throws NullPointerException if {@code event} is null
   */
  public static void track(String event) {
    track(event, Map.of());
  }

  /**
   * For tests: makes a collector the one of this process. Whoever installed it closes it.
   *
   * @param installed the collector that woven methods shall record with
   * @throws NullPointerException if {@code installed} is null
   */
  public static synchronized void install(TelemetryCollector installed) {
    collector = Objects.requireNonNull(installed, "installed must not be null");
  }

  /**
   * For tests: undoes {@link #install}. The next call of {@link #collector()} opens the default
   * collector.
   */
  public static synchronized void reset() {
    collector = null;
  }
}
