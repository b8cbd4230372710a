package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which mappers are asked and futures are watched, so that no caller has to wait for
 * either. It comes into being when it is first needed.
 *
 * <p>A mapper or a future that takes too long to answer costs the thread it sits on: whoever comes
 * next, or waits for the answers, notices, gives it up and lets a new thread go on.
 */
final class OutcomeThread {

  static final String THREAD_NAME = "autoskill-telemetry-outcomes";

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final int capacity;
  private final long patienceNanos;
  private final Recorder recorder;
  private final Faults faults;

  private final ConcurrentLinkedQueue<Question> questions = new ConcurrentLinkedQueue<>();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong looksWanted = new AtomicLong();
  private final FutureWatch futures;

  /** Null before the first, while none could be started, and at the end. */
  private volatile @Nullable Worker worker;

  private volatile boolean isRefused;
  private volatile long refusedNanos;
  private volatile boolean isClosed;

  /**
   * Makes it; starts no thread yet.
   *
   * @param capacity how many questions, and how many futures, may wait
   * @param patienceNanos how long a mapper, or a look at a future, may take
   */
  OutcomeThread(int capacity, long patienceNanos, Recorder recorder, Faults faults) {
    this.capacity = capacity;
    this.patienceNanos = patienceNanos;
    this.recorder = recorder;
    this.faults = faults;
    this.futures = new FutureWatch(capacity);
  }

  /** Does what asking takes, and giving up where there is no thread, but starts none. */
  void rehearse(Question question) {
    questions.add(question);
    new Worker().isStuck();
    answerAllWithoutAsking();
  }

  /** Whether there was room for the question. Once closed, nobody is asked any more. */
  boolean ask(Question question) {
    if (isClosed) {
      return question.giveUp(recorder);
    }
    if (waiting() >= capacity) {
      return false;
    }
    question.number = asked.incrementAndGet();
    questions.add(question);
    wake();
    if (isClosed) {
      // Since a moment ago, and what waited then may have been answered already.
      answerAllWithoutAsking();
    }
    return true;
  }

  /** Whether there was room for the future. Once closed, none is looked at any more. */
  boolean watch(Watched future) {
    boolean isWatched = !isClosed && futures.add(future);
    wakeFor(future);
    if (isClosed) {
      futures.abandonAll();
    }
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
    while (!isAnswered(target) || !hasLooked(look)) {
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
    return isAnswered(target) && hasLooked(look);
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Lets the thread end, and records what is still unanswered as it would be without an answer. */
  void close() {
    isClosed = true;
    Worker last = worker;
    worker = null;
    if (last != null) {
      LockSupport.unpark(last.thread);
      last.giveUpMapper();
    }
    answerAllWithoutAsking();
    futures.abandonAll();
  }

  private void answerAllWithoutAsking() {
    for (Question question : questions) {
      giveUp(question);
    }
  }

  /** Whether it was unanswered. A fault costs this use, and keeps nobody from the others. */
  private boolean giveUp(Question question) {
    boolean wasUnanswered = false;
    try {
      wasUnanswered = question.giveUp(recorder);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
    if (question.isOver) {
      questions.remove(question);
    }
    return wasUnanswered;
  }

  /** One that nobody has taken yet; null if there is none. */
  private @Nullable Question next() {
    for (Question question : questions) {
      if (question.isOver) {
        questions.remove(question);
      } else if (question.isTakenNow()) {
        return question;
      }
    }
    return null;
  }

  private long waiting() {
    Question oldest = questions.peek();
    return oldest == null ? 0 : asked.get() - oldest.number + 1;
  }

  /**
   * Questions stay in the queue until they are over, and are looked for there. A count of answers
   * would be wrong for ever if a fault kept one from being counted.
   */
  private boolean isAnswered(long target) {
    if (questions.isEmpty()) {
      return true;
    }
    for (Question question : questions) {
      if (question.number <= target && !question.isOver) {
        return false;
      }
    }
    return true;
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
    if (current == null && isRefusedLately()) {
      answerAllWithoutAsking();
    } else if (current == null || current.isStuck()) {
      replace(current);
    } else if (current.isAsleep) {
      LockSupport.unpark(current.thread);
    }
  }

  /** One that looks again soon anyway is left alone, however many come. */
  private void wakeFor(Watched newcomer) {
    Worker current = worker;
    if (current == null
        || current.isStuck()
        || current.wakesNanos - newcomer.dueNanos > Watched.SHORTEST_NANOS) {
      wake();
    }
  }

  private boolean isRefusedLately() {
    return isRefused && System.nanoTime() - refusedNanos < RETRY_NANOS;
  }

  private synchronized void replace(@Nullable Worker stuck) {
    if (worker != stuck || isClosed) {
      return;
    }
    worker = null;
    try {
      if (stuck != null) {
        stuck.giveUpMapper();
        stuck.giveUpFuture();
      }
      Worker next = new Worker();
      worker = next;
      next.thread.start();
      isRefused = false;
    } catch (Throwable fault) {
      // The system has no thread to give. Who comes a second later tries again: it takes long.
      worker = null;
      refusedNanos = System.nanoTime();
      isRefused = true;
      faults.swallowed(fault);
      answerAllWithoutAsking();
    }
  }

  private final class Worker implements Runnable, FutureWatch.Looker {

    private final Thread thread = DetachedThread.of(THREAD_NAME, this);

    /** Who owes an answer: a mapper to a question, or a future. */
    private volatile @Nullable Question answering;

    private volatile @Nullable Watched looking;
    private volatile long owingSinceNanos;

    private volatile boolean isAsleep;
    private volatile long wakesNanos = System.nanoTime();
    private volatile long looks;

    boolean isStuck() {
      return (answering != null || looking != null)
          && System.nanoTime() - owingSinceNanos > patienceNanos;
    }

    void giveUpMapper() {
      Question owing = answering;
      if (owing != null && giveUp(owing)) {
        faults.swallowed(new TooSlow("a mapper took too long"));
      }
    }

    void giveUpFuture() {
      Watched owing = looking;
      if (owing != null) {
        futures.giveUp(owing, new TooSlow("a future took too long to say whether it is done"));
      }
    }

    @Override
    public void run() {
      while (worker == this) {
        try {
          Question question = next();
          if (question == null) {
            lookAtFutures();
            continue;
          }
          try {
            answer(question);
          } finally {
            answering = null;
            question.isOver = true;
            questions.remove(question);
          }
        } catch (Throwable fault) {
          faults.swallowed(fault);
          // What fails each time must not take up a processor.
          LockSupport.parkNanos(this, WAIT_NANOS);
        }
      }
    }

    private void answer(Question question) {
      owingSinceNanos = System.nanoTime();
      answering = question;
      question.ask(recorder, faults);
    }

    @Override
    public boolean begins(Watched one) {
      owingSinceNanos = System.nanoTime();
      looking = one;
      return worker == this;
    }

    @Override
    public void ended() {
      looking = null;
    }

    private void lookAtFutures() {
      long wanted = looksWanted.get();
      long untilNext = futures.look(wanted > looks, this);
      looks = wanted;
      wakesNanos = System.nanoTime() + untilNext;
      isAsleep = true;
      if (questions.isEmpty() && looksWanted.get() == wanted) {
        LockSupport.parkNanos(this, futures.hasNewcomers() ? Watched.SHORTEST_NANOS : untilNext);
        // An interrupt would make each further sleep end at once.
        Thread.interrupted();
      }
      isAsleep = false;
    }
  }

  /** What is counted when a mapper or a future is given up. */
  private static final class TooSlow extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooSlow(String message) {
      super(message, null, false, false);
    }
  }
}
