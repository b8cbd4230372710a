package skills.matrix;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.concurrent.CountDownLatch;

/** Skills whose mappers are of no use. */
final class Mappers {

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private Mappers() {}

  @TrackedSkill(value = "mapper-slow", outcomeMapper = Slow.class)
  static Object slow(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(value = "mapper-throws", outcomeMapper = Throwing.class)
  static Object throwing(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(value = "mapper-of-wrong-type", outcomeMapper = OfWrongType.class)
  static Object ofWrongType(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(value = "mapper-of-no-type", outcomeMapper = OfNoType.class)
  static Object ofNoType(Body body) throws Throwable {
    return body.run();
  }

  @TrackedSkill(value = "mapper-not-made", outcomeMapper = NotMade.class)
  static Object notMade(Body body) throws Throwable {
    return body.run();
  }

  /** Takes for ever. */
  public static final class Slow implements OutcomeMapper<Object> {
    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      try {
        NEVER.await();
      } catch (InterruptedException e) {
        return Outcome.PARTIAL;
      }
      return Outcome.PARTIAL;
    }
  }

  /** Throws what is not even an exception. */
  public static final class Throwing implements OutcomeMapper<Object> {
    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      throw new StackOverflowError();
    }
  }

  /** Says that it knows everything, and knows nothing of it. */
  public static final class OfWrongType implements OutcomeMapper<Mappers> {
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Class<Mappers> type() {
      return (Class<Mappers>) (Class) Object.class;
    }

    @Override
    public Outcome outcomeOf(Mappers ending) {
      return Outcome.PARTIAL;
    }
  }

  /** Says nothing about what it knows. */
  public static final class OfNoType implements OutcomeMapper<Object> {
    @Override
    public Class<Object> type() {
      return null;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      return Outcome.PARTIAL;
    }
  }

  /** Cannot be made. */
  public static final class NotMade implements OutcomeMapper<Object> {

    public NotMade() {
      throw new LinkageError();
    }

    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      return Outcome.PARTIAL;
    }
  }
}
