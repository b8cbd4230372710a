package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import dev.autoskill.telemetry.listener.Extensions;
import dev.autoskill.telemetry.recording.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the observer of a result. Safe for use by any number of threads. */
final class Results {

  /** The name of no type: the result itself tells the outcome. */
  private static final String TELLING = "!";

  private final Faults faults;

  /** By the names of their types; null before the first result. */
  private volatile @Nullable Map<String, ResultObserver> observers;

  /**
   * The name of the observed type that instances of a class have; empty if they have none and say
   * no more of a use than that it returned. The class retains it, so it must not be an object that
   * refers to a class loader.
   */
  private final ClassValue<String> typeNames =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          Class<?> observed = superType(type, observers().keySet());
          boolean isTelling = type == Outcome.class || OutcomeSource.class.isAssignableFrom(type);
          return observed != null ? observed.getName() : isTelling ? TELLING : "";
        }
      };

  Results(Faults faults) {
    this.faults = faults;
  }

  /** Whether a result says no more of a use than that it returned. */
  boolean isPlain(Object result) {
    return typeNames.get(result.getClass()).isEmpty();
  }

  /** The object that the caller gets; null if the result is here already. */
  @Nullable Object observe(Object result, ResultObserver.Use use) throws Throwable {
    Class<?> type = observedType(result);
    return type == null ? null : observers().get(type.getName()).observe(result, type, use);
  }

  /** The outcome that a result tells, or the exception that it carries; null if neither. */
  @Nullable Object told(Object result) {
    try {
      if (result instanceof OutcomeSource source) {
        return source.outcome();
      }
      if (result instanceof Outcome) {
        return result;
      }
      Class<?> type = observedType(result);
      return type == null ? null : observers().get(type.getName()).told(result, type);
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return null;
    }
  }

  private @Nullable Class<?> observedType(Object result) {
    return superType(result.getClass(), Set.of(typeNames.get(result.getClass())));
  }

  private Map<String, ResultObserver> observers() {
    Map<String, ResultObserver> known = observers;
    if (known == null) {
      List<ResultObserver> all =
          new ArrayList<>(List.of(new JdkObserver(), new ReactorObserver(), new McpObserver()));
      known = new HashMap<>();
      all.addAll(Extensions.services(ResultObserver.class, faults));
      for (ResultObserver observer : all) {
        for (String type : observer.types()) {
          known.put(type, observer);
        }
      }
      observers = known;
    }
    return known;
  }

  /** The first of the named types that a class is, extends or implements; null if none. */
  static @Nullable Class<?> superType(Class<?> type, Set<String> names) {
    for (Class<?> current = type; current != null; current = current.getSuperclass()) {
      if (names.contains(current.getName())) {
        return current;
      }
      for (Class<?> implemented : current.getInterfaces()) {
        Class<?> found = superType(implemented, names);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
