package dev.autoskill.telemetry.annotations;

/**
 * Tells by the object that a skill returned or threw how its use ended.
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
 * <p>A mapper is called a moment after the skill ended, one call at a time, on a thread of the
 * library's: the skill's caller does not wait. One that throws, or takes longer than a second, says
 * nothing; the latter is not asked again. Of a registered mapper there is one object per class
 * loader, of a named one an object per method.
 *
 * @param <T> what it is asked about
 */
public interface OutcomeMapper<T> {

  /**
   * The class of the objects that this mapper is asked about, returned or thrown. Of a result yet
   * to come, that is the object it comes to; of an {@code ExecutionException} or {@code
   * CompletionException}, the cause, unless this is a wrapper's class.
   *
   * @return the class, which stands for its subclasses, too
   */
  Class<T> type();

  /**
   * How a use ended.
   *
   * @param ending the returned or thrown object; never null
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
