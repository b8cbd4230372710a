package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A mapper, made when it is first asked, and what is known of it by then. */
final class AskedMapper {

  private final Callable<? extends OutcomeMapper<?>> maker;
  private volatile boolean isGivenUp;

  /** Null before the mapper is made. */
  private volatile @Nullable Class<?> type;

  // The mappers' thread's own.
  private @Nullable OutcomeMapper<Object> mapper;

  AskedMapper(Callable<? extends OutcomeMapper<?>> maker) {
    this.maker = maker;
  }

  /**
   * Whether it may have something to say; runs none of its code.
   *
   * @param ending what a use returned or threw; if it threw, as {@link Wrapped#of} has it
   */
  boolean mayJudge(Object ending) {
    Class<?> known = type;
    return !isGivenUp && (known == null || Wrapped.find(known, ending) != null);
  }

  /**
   * Asks it.
   *
   * @param ending as of {@link #mayJudge}
   * @return the outcome; null if it does not say, or is not meant for such objects
   * @throws Exception what the mapper throws; if it cannot even be made, it is asked no more
   */
  @Nullable Outcome ask(Object ending) throws Exception {
    if (mapper == null && !isGivenUp) {
      make();
    }
    Class<?> known = type;
    Object judged = isGivenUp || known == null ? null : Wrapped.find(known, ending);
    if (judged == null) {
      return null;
    }
    Outcome outcome = mapper.outcomeOf(judged);
    return outcome == Outcome.UNRECOGNISED ? null : outcome;
  }

  /** Asks it no more. */
  void giveUp() {
    isGivenUp = true;
  }

  @SuppressWarnings("unchecked") // It is asked about objects of its own type only.
  private void make() throws Exception {
    boolean isMade = false;
    try {
      OutcomeMapper<?> made = maker.call();
      type = made.type();
      mapper = (OutcomeMapper<Object>) made;
      isMade = type != null;
    } finally {
      if (!isMade) {
        giveUp();
      }
    }
  }
}
