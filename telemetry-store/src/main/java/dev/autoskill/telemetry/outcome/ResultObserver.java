package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows one library's results that are yet to come, or that say themselves how a use ended.
 *
 * <p>The observers of this package are built in. Others are services, found by the class loader
 * that has loaded this library. An observer is called on the thread that the skill returned on, and
 * on any number of them at once. A fault of its own is counted, and the result then counts as a
 * plain object.
 */
public interface ResultObserver {

  /**
   * The types whose instances it knows.
   *
   * @return the binary names of classes and interfaces, which may be missing
   */
  Set<String> types();

  /**
   * Watches a result that a skill has returned.
   *
   * @param result the result
   * @param type the one of the {@link #types()} that it is an instance of
   * @param use to be told how the result comes
   * @return the object that the skill's caller gets: the same result, or one that stands in for it,
   *     if that is of the method's declared type; null if the result is here already
   * @throws Throwable for any reason
   */
  default @Nullable Object observe(Object result, Class<?> type, Use use) throws Throwable {
    return null;
  }

  /**
   * Asks a result that is here how the use ended.
   *
   * @param result the result, as it was returned or has come
   * @param type the one of the {@link #types()} that it is an instance of
   * @return an {@link Outcome}, or the {@link Throwable} that the result carries; null: it does not
   *     say
   * @throws Throwable for any reason
   */
  default @Nullable Object told(Object result, Class<?> type) throws Throwable {
    return null;
  }

  /**
   * A use whose result is yet to come. {@code accept} ends it with a value or an exception, which
   * may both be null. Only the first call of any method counts, and none throws.
   */
  interface Use extends BiConsumer<@Nullable Object, @Nullable Throwable> {

    /**
     * Ends the use as if it had just returned, since nobody can learn how the result comes.
     *
     * @param fault the reason, which is counted
     */
    void unobserved(Throwable fault);

    /** Records nothing, and counts the use as dropped: too many wait for the same result. */
    void drop();
  }
}
