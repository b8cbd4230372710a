package dev.autoskill.telemetry.outcome;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What was thrown, within what the JDK's futures and stages wrapped it in.
 *
 * <p>The cause is what really went wrong, so it is what rules and mappers are about. A wrapper
 * matters to those alone that are for wrappers: whoever lists {@code RuntimeException} does not
 * mean an {@code IOException} that a stage has wrapped.
 *
 * @param thrown the outermost wrapper
 * @param cause the first that is no wrapper, or has no cause
 */
record Wrapped(Throwable thrown, Throwable cause) {

  /** Nobody wraps so often. But causes may form a cycle. */
  private static final int DEEPEST = 16;

  /** Something thrown: itself if it wraps nothing. */
  static Object of(Throwable thrown) {
    Throwable cause = thrown;
    Throwable next = causeOfWrapper(cause);
    for (int depth = 0; depth < DEEPEST && next != null; depth++) {
      cause = next;
      next = causeOfWrapper(cause);
    }
    return cause == thrown ? thrown : new Wrapped(thrown, cause);
  }

  /**
   * What of an ending is of a type.
   *
   * @param ending what a use returned or threw; if it threw, as {@link #of} has it
   * @return the object of the type; null if there is none
   */
  static @Nullable Object find(Class<?> type, Object ending) {
    if (!(ending instanceof Wrapped wrapped)) {
      return type.isInstance(ending) ? ending : null;
    }
    if (type.isInstance(wrapped.cause)) {
      return wrapped.cause;
    }
    if (isWrapper(type)) {
      Throwable each = wrapped.thrown;
      for (int depth = 0; depth < DEEPEST && each != null; depth++) {
        if (type.isInstance(each)) {
          return each;
        }
        each = causeOfWrapper(each);
      }
    }
    return null;
  }

  private static @Nullable Throwable causeOfWrapper(Throwable thrown) {
    return isWrapper(thrown.getClass()) ? thrown.getCause() : null;
  }

  private static boolean isWrapper(Class<?> type) {
    return CompletionException.class.isAssignableFrom(type)
        || ExecutionException.class.isAssignableFrom(type);
  }
}
