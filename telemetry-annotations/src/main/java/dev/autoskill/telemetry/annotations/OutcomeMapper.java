package dev.autoskill.telemetry.annotations;

/**
 * Tells by what a skill returned or threw how its use ended.
 *
 * <p>A mapper is either named by {@link TrackedSkill#outcomeMapper()}, or registered for its type
 * as a service: listed in {@code META-INF/services/}<wbr>{@code
 * dev.autoskill.telemetry.annotations.OutcomeMapper}, it is asked about every object of its type
 * that a skill returns or throws. Either way it needs a public constructor without parameters.
 *
 * <pre>{@code
 * public final class HttpOutcomes implements OutcomeMapper<HttpResponse> {
 *   public Class<HttpResponse> type() {
 *     return HttpResponse.class;
 *   }
 *
 *   public Outcome outcomeOf(HttpResponse response) {
 *     return response.statusCode() < 400 ? Outcome.SUCCESS : Outcome.FAILURE;
 *   }
 * }
 * }</pre>
 *
 * <p>A mapper is called a moment after the skill ended, on a thread of the library's, so however
 * long it takes, the skill's caller does not wait. It should only read what other threads may read.
 * One that throws, or takes longer than a second, says nothing; the latter is not asked again.
 * Calls come one at a time. Of a registered mapper there is one object for all classes of a class
 * loader, of a named one an object for each method.
 *
 * @param <T> what it is asked about
 */
public interface OutcomeMapper<T> {

  /**
   * What this mapper is asked about: objects of this class or a subclass of it, returned or thrown.
   * A result yet to come is not asked about; what it comes to is. Of an exception that futures or
   * stages have wrapped in an {@code ExecutionException} or {@code CompletionException}, the mapper
   * gets the cause; the wrapper it gets only if this is a wrapper's class.
   *
   * @return the class; {@code Object.class}: everything but null
   */
  Class<T> type();

  /**
   * How a use ended.
   *
   * @param ending what it returned or threw; never null
   * @return the outcome; null or {@link Outcome#UNRECOGNISED}: this mapper does not say
   */
  Outcome outcomeOf(T ending);

  /** Stands in {@link TrackedSkill#outcomeMapper()} where none is named; says nothing. */
  final class None implements OutcomeMapper<Object> {

    private None() {}

    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      return null;
    }
  }
}
