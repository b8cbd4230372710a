package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The listeners and observers of a collector.
 *
 * @param listeners is told of events
 * @param observers are told of uses
 * @param recording may keep retention from events; null: nothing is recorded
 */
public record Extensions(
    EventListeners listeners, UseObservers observers, @Nullable Recording recording) {

  /**
   * Those that are set in code, and the services of other classes.
   *
   * @param set listeners and observers, in the order in which they are told
   * @param own a listener of the library's own; null: none
   * @param database where events are recorded; null: nowhere, so nobody is told of anything
   * @param isDebugging whether diagnostics are printed, and so nothing is sent
   * @param defaultAgent the agent of uses for which none is named
   * @param environment the user's names, which observers do not see
   * @param time tells when one takes too long
   * @param faults counts what they throw
   * @return the extensions
   */
  public static Extensions of(
      List<?> set,
      @Nullable TelemetryListener own,
      @Nullable Path database,
      boolean isDebugging,
      String defaultAgent,
      Environment environment,
      TimeSource time,
      Faults faults) {
    List<TelemetryListener> listeners = new ArrayList<>();
    if (own != null) {
      listeners.add(own);
    }
    List<UseObserver> observers = new ArrayList<>();
    Recording recording =
        database == null ? null : new Recording(database, isDebugging, environment, faults);
    if (recording != null) {
      addAll(TelemetryListener.class, set, listeners, faults);
      listeners.removeIf(listener -> !isInterested(listener, recording, faults));
      addAll(UseObserver.class, set, observers, faults);
    }
    PrivacyGuard privacy = PrivacyGuard.ofProcess(environment);
    return new Extensions(
        new EventListeners(listeners, time, faults),
        new UseObservers(observers, defaultAgent, privacy, time, faults),
        recording);
  }

  private static boolean isInterested(
      TelemetryListener listener, Recording recording, Faults faults) {
    try {
      return listener.opened(recording);
    } catch (Throwable fault) {
      faults.swallowed(listener.getClass().getName() + " cannot begin", fault);
      return false;
    }
  }

  /** {@return the greatest rowid of the events that retention may delete} */
  public long lastDeletable() {
    return recording == null ? Long.MAX_VALUE : recording.lastDeletable();
  }

  private static <T> void addAll(Class<T> type, List<?> set, List<T> all, Faults faults) {
    List<Class<?>> classes = new ArrayList<>();
    for (Object each : set) {
      classes.add(each.getClass());
      if (type.isInstance(each)) {
        all.add(type.cast(each));
      }
    }
    for (T service : services(type, faults)) {
      if (!classes.contains(service.getClass())) {
        all.add(service);
      }
    }
  }

  /**
   * {@return the services that the class loader of this library finds}
   *
   * @param <T> their type
   * @param type their type
   * @param faults counts it, for the diagnostics to name, if one cannot be made
   */
  public static <T> List<T> services(Class<T> type, Faults faults) {
    List<T> found = new ArrayList<>();
    try {
      ServiceLoader.load(type, Extensions.class.getClassLoader()).forEach(found::add);
    } catch (Throwable fault) {
      faults.swallowed("a registered " + type.getSimpleName() + " cannot be made", fault);
    }
    return found;
  }
}
