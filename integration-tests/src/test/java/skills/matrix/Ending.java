package skills.matrix;

import static dev.autoskill.telemetry.annotations.Outcome.FAILURE;
import static dev.autoskill.telemetry.annotations.Outcome.PARTIAL;
import static dev.autoskill.telemetry.annotations.Outcome.SKIPPED;
import static dev.autoskill.telemetry.annotations.Outcome.SUCCESS;
import static dev.autoskill.telemetry.annotations.Outcome.UNRECOGNISED;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** The ways in which the use of a skill can end, and what has to be recorded then. */
public enum Ending {
  RETURNS(SUCCESS, Use::returning),
  RETURNS_INTERRUPTED(SUCCESS, sample -> Use.marking(sample, null, Ending::interruptsItself)),
  THROWS_CHECKED(FAILURE, sample -> Use.throwing(new IOException())),
  THROWS_UNCHECKED(FAILURE, sample -> Use.throwing(new IllegalStateException())),
  THROWS_ERROR(FAILURE, sample -> Use.throwing(new AssertionError())),
  THROWS_INTERRUPTED(SKIPPED, sample -> Use.throwing(new InterruptedException())),
  THROWS_CANCELLED(SKIPPED, sample -> Use.throwing(new CancellationException())),
  THROWS_SKIPPED(SKIPPED, sample -> Use.throwing(new FileNotFoundException())),
  THROWS_PARTIAL(PARTIAL, sample -> Use.throwing(new EOFException())),
  THROWS_SUBCLASS_OF_PARTIAL(PARTIAL, sample -> Use.throwing(new MalformedInputException(1))),
  THROWS_SUBCLASS_OF_SKIPPED(SKIPPED, sample -> Use.throwing(new NoSuchFileException(""))),
  MARKS_PARTIAL(PARTIAL, sample -> Use.marking(sample, null, CurrentSkill::partial)),
  MARKS_SKIPPED(SKIPPED, sample -> Use.marking(sample, null, CurrentSkill::skipped)),
  MARKS_TWICE(PARTIAL, sample -> Use.marking(sample, null, Ending::marksTwice)),
  MARKS_AND_THROWS(PARTIAL, sample -> Use.marking(null, new IOException(), CurrentSkill::partial)),
  MARKS_AND_THROWS_SKIPPED(
      SKIPPED, sample -> Use.marking(null, new FileNotFoundException(), CurrentSkill::partial)),
  MARKS_AND_IS_INTERRUPTED(
      PARTIAL, sample -> Use.marking(null, new InterruptedException(), CurrentSkill::partial)),
  MAPPER_JUDGES_THROWN(PARTIAL, sample -> Use.throwing(new Judged.Thrown(PARTIAL))),
  MAPPER_JUDGES_NOTHING_OF_THROWN(FAILURE, sample -> Use.throwing(new Judged.Thrown(null))),

  RETURNS_NULL(SUCCESS, sample -> Use.returning(null), Result.OBJECT),
  RETURNS_ARRAY(SUCCESS, sample -> Use.returning(new int[] {1}), Result.OBJECT),
  RETURNS_SUCCESS(SUCCESS, sample -> Use.returning(SUCCESS), Result.OBJECT),
  RETURNS_FAILURE(FAILURE, sample -> Use.returning(FAILURE), Result.OBJECT),
  RETURNS_PARTIAL(PARTIAL, sample -> Use.returning(PARTIAL), Result.OBJECT),
  RETURNS_SKIPPED(SKIPPED, sample -> Use.returning(SKIPPED), Result.OBJECT),
  RETURNS_UNRECOGNISED(SUCCESS, sample -> Use.returning(UNRECOGNISED), Result.OBJECT),
  SOURCE_SAYS(PARTIAL, sample -> Use.returning(source(PARTIAL)), Result.OBJECT),
  SOURCE_SAYS_NOTHING(SUCCESS, sample -> Use.returning(source(null)), Result.OBJECT),
  SOURCE_SAYS_UNRECOGNISED(SUCCESS, sample -> Use.returning(source(UNRECOGNISED)), Result.OBJECT),
  SOURCE_THROWS(SUCCESS, sample -> Use.returning((OutcomeSource) Ending::fails), Result.OBJECT),
  SOURCE_WINS_OVER_MARK(
      FAILURE, sample -> Use.marking(FAILURE, null, CurrentSkill::partial), Result.OBJECT),
  MARK_WINS_OVER_SILENT_SOURCE(
      PARTIAL, sample -> Use.marking(source(null), null, CurrentSkill::partial), Result.OBJECT),

  MAPPER_SAYS_SUCCESS(SUCCESS, sample -> judged(SUCCESS), Result.OBJECT),
  MAPPER_SAYS_FAILURE(FAILURE, sample -> judged(FAILURE), Result.OBJECT),
  MAPPER_SAYS_PARTIAL(PARTIAL, sample -> judged(PARTIAL), Result.OBJECT),
  MAPPER_SAYS_SKIPPED(SKIPPED, sample -> judged(SKIPPED), Result.OBJECT),
  MAPPER_SAYS_UNRECOGNISED(SUCCESS, sample -> judged(UNRECOGNISED), Result.OBJECT),
  MAPPER_SAYS_NOTHING(SUCCESS, sample -> judged(null), Result.OBJECT),
  MAPPER_THROWS(SUCCESS, sample -> Use.returning(new Judged.Result(Ending::fails)), Result.OBJECT),
  MAPPER_WINS_OVER_MARK(
      FAILURE,
      sample -> Use.marking(new Judged.Result(() -> FAILURE), null, CurrentSkill::partial),
      Result.OBJECT),
  MARK_WINS_OVER_SILENT_MAPPER(
      PARTIAL,
      sample -> Use.marking(new Judged.Result(() -> null), null, CurrentSkill::partial),
      Result.OBJECT),
  REGISTERED_MAPPER_SAYS(
      SKIPPED, sample -> Use.returning(new Judged.Registered(() -> SKIPPED)), Result.OBJECT),
  REGISTERED_MAPPER_SAYS_NOTHING(
      SUCCESS, sample -> Use.returning(new Judged.Registered(() -> null)), Result.OBJECT),
  REGISTERED_MAPPER_THROWS(
      SUCCESS, sample -> Use.returning(new Judged.Registered(Ending::fails)), Result.OBJECT),

  STAGE_DONE(SUCCESS, sample -> Futures.done(sample, null), Result.OBJECT),
  STAGE_DONE_WITH_NULL(SUCCESS, sample -> Futures.done(null, null), Result.OBJECT),
  STAGE_FAILED(FAILURE, sample -> Futures.done(null, new IOException()), Result.OBJECT),
  STAGE_LATER(SUCCESS, sample -> Futures.later(sample, null), Result.OBJECT),
  STAGE_OF_STAGES_LATER(SUCCESS, sample -> Futures.laterThroughStages(sample, null), Result.OBJECT),
  STAGE_SAYS_LATER(PARTIAL, sample -> Futures.later(source(PARTIAL), null), Result.OBJECT),
  STAGE_JUDGED_LATER(
      FAILURE, sample -> Futures.later(new Judged.Result(() -> FAILURE), null), Result.OBJECT),
  STAGE_FAILS_LATER(FAILURE, sample -> Futures.later(null, new IOException()), Result.OBJECT),
  STAGE_FAILS_LATER_SKIPPED(
      SKIPPED,
      sample -> Futures.laterThroughStages(null, new NoSuchFileException("")),
      Result.OBJECT),
  STAGE_FAILS_LATER_WRAPPED(
      PARTIAL,
      sample -> Futures.later(null, new CompletionException(new EOFException())),
      Result.OBJECT),
  STAGE_CANCELLED(SKIPPED, sample -> Futures.cancelledLater(), Result.OBJECT),
  STAGE_TIMES_OUT(FAILURE, sample -> Futures.timingOut(), Result.OBJECT),
  STAGE_NEVER(null, sample -> Use.returning(new CompletableFuture<>()), Result.OBJECT),

  FUTURE_DONE(SUCCESS, sample -> Futures.plainDone(() -> sample), Result.OBJECT),
  FUTURE_FAILED(SUCCESS, sample -> Futures.plainDone(Ending::fails), Result.OBJECT),
  FUTURE_SAYS(SUCCESS, sample -> Futures.plainDone(() -> FAILURE), Result.OBJECT),
  FUTURE_CANCELLED(SUCCESS, sample -> Futures.plainCancelled(), Result.OBJECT),
  FUTURE_BROKEN(SUCCESS, sample -> Futures.plainBroken(), Result.OBJECT),
  FUTURE_NEVER(SUCCESS, sample -> Use.returning(new FutureTask<>(() -> null)), Result.OBJECT),

  PUBLISHER_AS_AN_OBJECT(SUCCESS, sample -> Use.returning(new Items(null)), Result.OBJECT),
  PUBLISHER_COMPLETES(SUCCESS, sample -> published(null, Items.Reader.ONCE), Result.PUBLISHER),
  PUBLISHER_FAILS(
      FAILURE, sample -> published(new IOException(), Items.Reader.ONCE), Result.PUBLISHER),
  PUBLISHER_FAILS_PARTIALLY(
      PARTIAL, sample -> published(new EOFException(), Items.Reader.ONCE), Result.PUBLISHER),
  PUBLISHER_CANCELLED(
      SKIPPED, sample -> published(null, Items.Reader.CANCELLING), Result.PUBLISHER),
  PUBLISHER_SUBSCRIBED_TWICE(
      SUCCESS, sample -> published(null, Items.Reader.TWICE), Result.PUBLISHER),
  PUBLISHER_NEVER_SUBSCRIBED(
      null, sample -> published(null, Items.Reader.NOBODY), Result.PUBLISHER);

  private static final Set<Ending> TYPICAL =
      EnumSet.of(
          RETURNS,
          THROWS_CHECKED,
          THROWS_ERROR,
          THROWS_SKIPPED,
          MARKS_PARTIAL,
          MAPPER_SAYS_FAILURE,
          STAGE_LATER,
          PUBLISHER_COMPLETES);

  private final Outcome outcome;
  private final Function<Object, Use> maker;
  private final Result result;

  Ending(Outcome outcome, Function<Object, Use> maker) {
    this(outcome, maker, Result.ANY);
  }

  Ending(Outcome outcome, Function<Object, Use> maker, Result result) {
    this.outcome = outcome;
    this.maker = maker;
    this.result = result;
  }

  /** The outcome that is recorded; null if nothing is. */
  public Outcome outcome() {
    return outcome;
  }

  /** Whether a skill that returns such a thing can end so. */
  boolean fits(Result returned) {
    return result == Result.ANY || result == returned;
  }

  /** Whether it stands for those that end in the same advice: one for each way out of it. */
  boolean isTypical() {
    return TYPICAL.contains(this);
  }

  /** Whether neither a mapper nor a list of exceptions nor the result has to say anything. */
  boolean isLeftToTheRules() {
    return this == RETURNS || this == THROWS_UNCHECKED || this == MARKS_PARTIAL;
  }

  Use use(Object sample) {
    return maker.apply(sample);
  }

  private static Use judged(Outcome outcome) {
    return Use.returning(new Judged.Result(() -> outcome));
  }

  private static Use published(Throwable thrown, Items.Reader reader) {
    return Use.publishing(new Items(thrown), reader);
  }

  private static OutcomeSource source(Outcome outcome) {
    return () -> outcome;
  }

  private static Outcome fails() {
    throw new IllegalStateException("on purpose");
  }

  private static boolean marksTwice() {
    return CurrentSkill.skipped() && CurrentSkill.partial();
  }

  private static boolean interruptsItself() {
    Thread.currentThread().interrupt();
    return true;
  }
}
