package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which mappers are asked and plain futures are watched, so that no caller has to
 * wait for either. It comes into being when it is first needed.
 *
 * <p>A mapper that takes too long costs the thread it sits on: the next question, or whoever waits
 * for the answers, notices, gives it up and lets a new thread go on.
 */
final class OutcomeThread {

  static final String THREAD_NAME = "autoskill-telemetry-outcomes";

  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final int capacity;
  private final long patienceNanos;
  private final Recorder recorder;
  private final Faults faults;

  private final ConcurrentLinkedQueue<Question> questions = new ConcurrentLinkedQueue<>();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong looksWanted = new AtomicLong();
  private final FutureWatch futures;

  /** Null before the first, while none could be started, and at the end. */
  private volatile @Nullable Worker worker;

  private volatile boolean isClosed;

  /**
   * Makes it; starts no thread yet.
   *
   * @param capacity how many questions, and how many futures, may wait
   * @param patienceNanos how long a mapper may take
   */
  OutcomeThread(int capacity, long patienceNanos, Recorder recorder, Faults faults) {
    this.capacity = capacity;
    this.patienceNanos = patienceNanos;
    this.recorder = recorder;
    this.faults = faults;
    this.futures = new FutureWatch(capacity);
  }

  /** Does what asking takes, but starts no thread. */
  void rehearse(Question question) {
    questions.add(question);
    new Worker().isStuck();
    questions.clear();
  }

  /** Whether there was room for the question. Once closed, nobody is asked any more. */
  boolean ask(Question question) {
    if (isClosed) {
      return question.giveUp(recorder);
    }
    if (asked.get() - answered.get() >= capacity) {
      return false;
    }
    questions.add(question);
    asked.incrementAndGet();
    wake();
    return true;
  }

  /** Whether there was room for the future. */
  boolean watch(Future<?> future, EndingUse use) {
    boolean isWatched = !isClosed && futures.add(future, use);
    wake();
    return isWatched;
  }

  /**
   * Waits, whatever interrupts come, until all questions asked before are answered, and all futures
   * that were done before are seen.
   *
   * @return whether they are
   */
  boolean settle(long timeoutNanos) {
    long deadline = System.nanoTime() + timeoutNanos;
    long target = asked.get();
    long look = futures.isEmpty() ? 0 : looksWanted.incrementAndGet();
    boolean interrupted = false;
    while (answered.get() < target || !hasLooked(look)) {
      if (System.nanoTime() - deadline >= 0) {
        break;
      }
      wake();
      LockSupport.parkNanos(this, WAIT_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return answered.get() >= target && hasLooked(look);
  }

  /** Lets the thread end, and records what is still unanswered as it would be without an answer. */
  void close() {
    isClosed = true;
    Worker last = worker;
    worker = null;
    if (last != null) {
      last.giveUp();
      LockSupport.unpark(last.thread);
    }
    answerAllWithoutAsking();
  }

  private void answerAllWithoutAsking() {
    for (Question question = questions.poll(); question != null; question = questions.poll()) {
      try {
        question.giveUp(recorder);
      } finally {
        done(question);
      }
    }
  }

  /** Whatever became of it: a question that is never done would keep those waiting who settle. */
  private void done(Question question) {
    if (question.isDone.compareAndSet(false, true)) {
      answered.incrementAndGet();
    }
  }

  private boolean hasLooked(long look) {
    Worker current = worker;
    return look == 0 || isClosed || futures.isEmpty() || (current != null && current.looks >= look);
  }

  private void wake() {
    Worker current = worker;
    if (isClosed) {
      return;
    }
    if (current == null || current.isStuck()) {
      replace(current);
    } else if (current.isAsleep) {
      LockSupport.unpark(current.thread);
    }
  }

  private synchronized void replace(@Nullable Worker stuck) {
    if (worker != stuck || isClosed) {
      return;
    }
    if (stuck != null) {
      stuck.giveUp();
    }
    worker = null;
    try {
      Worker next = new Worker();
      worker = next;
      next.thread.start();
    } catch (Throwable fault) {
      // The system has no thread to give. The next one who comes tries again.
      worker = null;
      faults.swallowed(fault);
      answerAllWithoutAsking();
    }
  }

  private final class Worker implements Runnable {

    private final Thread thread = DetachedThread.of(THREAD_NAME, this);

    private volatile @Nullable Question answering;
    private volatile long answeringSinceNanos;
    private volatile boolean isAsleep;
    private volatile long looks;

    boolean isStuck() {
      return answering != null && System.nanoTime() - answeringSinceNanos > patienceNanos;
    }

    void giveUp() {
      Question owing = answering;
      if (owing != null && owing.giveUp(recorder)) {
        done(owing);
        faults.swallowed(new MapperTooSlow());
      }
    }

    @Override
    public void run() {
      while (worker == this) {
        try {
          Question question = questions.poll();
          if (question != null) {
            try {
              answer(question);
            } finally {
              answering = null;
              done(question);
            }
          } else {
            lookAtFutures();
          }
        } catch (Throwable fault) {
          faults.swallowed(fault);
        }
      }
    }

    private void answer(Question question) {
      answeringSinceNanos = System.nanoTime();
      answering = question;
      question.ask(recorder, faults);
    }

    private void lookAtFutures() {
      long wanted = looksWanted.get();
      long untilNext = futures.look(wanted > looks);
      looks = wanted;
      isAsleep = true;
      if (questions.isEmpty() && looksWanted.get() == wanted) {
        LockSupport.parkNanos(this, futures.isEmpty() ? LONGEST_SLEEP_NANOS : untilNext);
        // An interrupt would make each further sleep end at once.
        Thread.interrupted();
      }
      isAsleep = false;
    }
  }

  /** What is counted when a mapper is given up. */
  private static final class MapperTooSlow extends RuntimeException {

    private static final long serialVersionUID = 1;

    MapperTooSlow() {
      super("a mapper took too long", null, false, false);
    }
  }
}
