package programs;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls woven skills, one after the other in a session of its own, and checks that each does what
 * it would do if nobody watched. Every fourth use is recorded by code instead.
 *
 * <p>Safe for use by any number of threads.
 */
final class Calls {

  private static final RuntimeException FAILURE = new IllegalStateException("as it should");

  private final String name;
  private final AtomicLong numbers = new AtomicLong();

  /** The sessions are called {@code name-0}, {@code name-1} and so on. */
  Calls(String name) {
    this.name = name;
  }

  /** How many calls there were so far. */
  long count() {
    return numbers.get();
  }

  /** Makes the next call, but one that the aspect records, whichever it would have been. */
  void nextTracked() {
    long number = numbers.getAndIncrement();
    use(name + "-" + number, number);
  }

  /** Makes the next call; returns how many nanoseconds it took. */
  long next() {
    long number = numbers.getAndIncrement();
    String session = name + "-" + number;
    boolean wasInterrupted = Thread.currentThread().isInterrupted();
    long nanos = number % 4 == 3 ? record(session) : use(session, number);
    if (wasInterrupted && !Thread.currentThread().isInterrupted()) {
      throw new AssertionError("the interrupt flag is gone");
    }
    return nanos;
  }

  private static long record(String session) {
    SkillUse use = SkillUse.of(Skills.NAME).session(session);
    long start = System.nanoTime();
    String recorded = Telemetry.collector().recordEvent(use).sessionId();
    long nanos = System.nanoTime() - start;
    if (!recorded.equals(session)) {
      throw new AssertionError("another session: " + recorded);
    }
    return nanos;
  }

  private static long use(String session, long number) {
    Object answer = new Object();
    SkillContext.Scope scope = SkillContext.ofSession(session).open();
    long start = System.nanoTime();
    Object got;
    try {
      got = number % 4 == 0 ? Skills.fail(FAILURE) : Skills.answer(answer);
    } catch (RuntimeException failure) {
      got = failure;
    }
    long nanos = System.nanoTime() - start;
    scope.close();
    if (got != (number % 4 == 0 ? FAILURE : answer)) {
      throw new AssertionError("another result: " + got);
    }
    return nanos;
  }
}
