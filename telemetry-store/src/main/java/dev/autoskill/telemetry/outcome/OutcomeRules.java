package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a use becomes its outcome where no mapper and no result says so. Immutable.
 *
 * <p>Of an exception in the wrappers of the JDK's futures and stages, the cause counts. A wrapper
 * counts only for what is about wrappers: a rule for {@code RuntimeException} does not mean an
 * {@code IOException} that a stage has wrapped.
 */
public final class OutcomeRules {

  /** The rules of a skill that lists no exceptions. */
  public static final OutcomeRules STANDARD = new OutcomeRules(List.of(), List.of());

  /** The use was stopped from outside, which says nothing about the skill. */
  private static final Set<String> STOPPED =
      Set.of("java.lang.InterruptedException", "java.util.concurrent.CancellationException");

  /** Causes may form a cycle. */
  private static final int MOST_WRAPPERS = 16;

  private final Set<String> skippedOn;
  private final Set<String> partialOn;

  /**
   * Makes rules. Exceptions go by the binary names of their classes, which may be missing.
   *
   * @param skippedOn exceptions that mean {@link Outcome#SKIPPED}; they win
   * @param partialOn exceptions that mean {@link Outcome#PARTIAL}
   */
  public OutcomeRules(List<String> skippedOn, List<String> partialOn) {
    this.skippedOn = Set.copyOf(skippedOn);
    this.partialOn = Set.copyOf(partialOn);
  }

  Outcome whenThrown(Throwable thrown, @Nullable Outcome mark) {
    if (isAnyOf(skippedOn, thrown)) {
      return Outcome.SKIPPED;
    }
    if (isAnyOf(partialOn, thrown)) {
      return Outcome.PARTIAL;
    }
    if (mark != null) {
      return mark;
    }
    return isAnyOf(STOPPED, thrown) ? Outcome.SKIPPED : Outcome.FAILURE;
  }

  /** What is of a type: the object that a use ended with, or an exception that it wraps. */
  static @Nullable Object find(Class<?> type, Object ending) {
    return find(ending, type, Set.of(), 0);
  }

  private static boolean isAnyOf(Set<String> names, Throwable thrown) {
    return !names.isEmpty() && find(thrown, null, names, 0) != null;
  }

  /** Looks for a type, or for the names of types. */
  private static @Nullable Object find(
      Object ending, @Nullable Class<?> type, Set<String> names, int wrappers) {
    Class<?> wanted = type == null ? ResultKind.superType(ending.getClass(), names) : type;
    Object wrapped = wrappedIn(ending, wrappers);
    if (wanted != null && wanted.isInstance(ending) && (wrapped == null || isWrapper(wanted))) {
      return ending;
    }
    return wrapped == null ? null : find(wrapped, type, names, wrappers + 1);
  }

  private static @Nullable Throwable wrappedIn(Object wrapper, int depth) {
    boolean mayWrap = depth < MOST_WRAPPERS && isWrapper(wrapper.getClass());
    return mayWrap ? ((Throwable) wrapper).getCause() : null;
  }

  private static boolean isWrapper(Class<?> type) {
    return CompletionException.class.isAssignableFrom(type)
        || ExecutionException.class.isAssignableFrom(type);
  }
}
