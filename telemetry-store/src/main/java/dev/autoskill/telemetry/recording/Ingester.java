package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.error.RecordedEvent;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The thread that takes events from the spools to the store: once the process has lived for a
 * while, or when somebody asks for stored events. It alone uses the store.
 *
 * <p>When the store fails, everything stays where it is, and the thread tries again after a while.
 */
final class Ingester implements Runnable {

  static final String THREAD_NAME = "autoskill-telemetry-ingest";

  /** Small enough that the store's lock is held for some 10 ms and others get their turn. */
  private static final int BATCH_SIZE = 1024;

  /**
   * From the first event on, of the two promised seconds: a shorter process opens no database, and
   * opening takes time.
   */
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(1000);

  /** How long events wait once the store is open, so that several share a transaction. */
  private static final long NEXT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** While somebody waits, or others hold a lock, which is mostly for a short time. */
  private static final long SHORT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Spool spool;
  private final Recorder.Options options;
  final BackgroundThread thread;

  /** The number of the latest request for all spooled events to be stored. */
  private final AtomicLong requested = new AtomicLong();

  private volatile long served;

  /** The requests up to this one are not served, so nobody need wait for them. */
  private volatile long givenUp;

  private volatile boolean hasEnded;
  private volatile boolean isStoreOpen;
  private volatile @Nullable Long failingSinceNanos;
  private volatile boolean isSpoolStuck;
  private volatile boolean finishing;
  private volatile boolean exiting;
  private volatile long deadlineNanos;
  private volatile @Nullable Trouble trouble;

  // The thread's own.
  private long startedNanos;
  private @Nullable EventStore store;

  Ingester(Spool spool, Recorder.Options options) {
    this.spool = spool;
    this.options = options;
    this.thread = new BackgroundThread(THREAD_NAME, this, options.faults());
  }

  /** Called by the writer, after it has spooled something and while it has nothing to do. */
  void wakeIfNeeded() {
    isSpoolStuck = spool.hasUnwritten();
    if (isSpoolStuck ? failingSinceNanos == null : spool.waiting() > 0 && !thread.isAlive()) {
      thread.wake();
    }
  }

  /** Has all events stored that are spooled now, waits for it, and says whether they are. */
  boolean storeSpooled(long untilNanos) {
    Long request = requested.incrementAndGet(); // captured, as in Recorder.awaitSafe
    thread.wake();
    BackgroundThread.await(() -> Math.max(served, givenUp) >= request || hasEnded, untilNanos);
    return served >= request || (hasEnded && spool.waiting() == 0);
  }

  private boolean isRequested() {
    return requested.get() > Math.max(served, givenUp);
  }

  /** The trouble that keeps events from the store; null if there is none. */
  @Nullable Trouble trouble() {
    return thread.isRefused() ? Trouble.NO_THREAD : trouble;
  }

  /** Lets the thread store the spooled events and then end, but give up at the deadline. */
  void finish(long untilNanos) {
    deadlineNanos = untilNanos;
    finishing = true;
    if (!thread.finish(spool.waiting() > 0)) {
      end();
    }
  }

  private void end() {
    spool.release();
    hasEnded = true;
  }

  /**
   * The process ends. Lets the thread store the spooled events if the store is open, or if more
   * waits than should be left to the next process. Gives up at the first failure.
   */
  void exit(long untilNanos) {
    deadlineNanos = untilNanos;
    exiting = true;
    thread.wake();
    if (!thread.isRefused()) {
      storeSpooled(untilNanos);
    }
    exiting = false;
  }

  @Override
  public void run() {
    startedNanos = options.time().nanoTime();
    while (!isDone()) {
      try {
        try {
          work();
        } catch (Throwable fault) {
          failed(fault);
        }
      } catch (Throwable again) {
        // There was no memory even for that. A fault in here would end the thread.
        thread.pause(SHORT_RETRY_NANOS);
      }
    }
    if (store != null) {
      store.close();
    }
    end();
  }

  private boolean isDone() {
    return finishing && (isTimeUp() || (spool.waiting() == 0 && !isRequested()));
  }

  private boolean isTimeUp() {
    return (finishing || exiting) && System.nanoTime() - deadlineNanos >= 0;
  }

  /** Whether events wait in memory because the writer failed to spool them. */
  private boolean hasUnspooled() {
    return isSpoolStuck && spool.hasUnwritten();
  }

  private void work() throws StoreException, IOException {
    long request = requested.get();
    boolean isRequested = isRequested();
    boolean isExit = exiting;
    boolean mayStore =
        !isExit
            || isStoreOpen
            || (options.storeAtExit() && spool.directory.isOverdue(spool.path(), spool.waiting()));
    boolean hasLived = options.time().nanoTime() - startedNanos >= FIRST_NANOS;
    boolean isDue = isRequested || finishing || isStoreOpen || hasUnspooled() || hasLived;
    if (mayStore && isDue) {
      storeOwn();
      storeOthers(isRequested && !isExit);
      // Before anybody is told, and before there is a pause.
      failingSinceNanos = null;
      trouble = null;
    }
    if (isExit && spool.waiting() == 0) {
      spool.release();
    }
    if (isRequested) {
      served = request;
    }
    if (!hasMoreUpkeep() && !finishing && !isRequested() && !hasUnspooled()) {
      thread.pause(NEXT_NANOS);
    }
  }

  private void storeOwn() throws StoreException, IOException {
    long left = spool.waiting();
    SpoolFormat.Batch batch;
    do {
      batch = spool.oldest(BATCH_SIZE);
      if (!batch.events().isEmpty()) {
        spool.stored(batch, storeAll(batch.events()).refused());
      }
      left -= batch.events().size();
    } while (left > 0 && !batch.events().isEmpty() && !isTimeUp());
  }

  private void storeOthers(boolean alsoOfTheLiving) throws StoreException {
    List<File> files = spool.directory.others(spool.path());
    try (OtherSpools others = new OtherSpools(files, alsoOfTheLiving, options.faults())) {
      while (others.hasNext() && !isTimeUp()) {
        List<RecordedEvent> events = others.next(BATCH_SIZE);
        if (!events.isEmpty()) {
          spool.directory.lost(storeAll(events).refused());
        }
        others.stored();
      }
    }
  }

  private EventStore.Stored storeAll(List<RecordedEvent> events) throws StoreException {
    if (store == null) {
      store = options.store().get();
    }
    EventStore.Stored stored = store.store(events);
    isStoreOpen = true;
    spool.directory.databaseIsOurs();
    return stored;
  }

  private boolean hasMoreUpkeep() {
    if (store == null || !isStoreOpen || finishing) {
      return false;
    }
    try {
      return store.maintain();
    } catch (Exception fault) {
      // Upkeep can wait for others, and their locks are no fault.
      if (kindOf(fault) != Trouble.DATABASE_LOCKED) {
        options.faults().swallowed(fault);
      }
      return false;
    }
  }

  private void failed(Throwable fault) {
    Trouble kind = kindOf(fault);
    spool.directory.databaseFailed(kind);
    boolean isLocked = kind == Trouble.DATABASE_LOCKED;
    long now = options.time().nanoTime();
    Long since = failingSinceNanos == null ? (Long) now : failingSinceNanos;
    failingSinceNanos = since;
    // That others hold the lock for a while is how a shared file works.
    if (!isLocked || now - since >= TimeUnit.NANOSECONDS.convert(options.patience())) {
      options.faults().swallowed(fault);
      trouble = kind;
    }
    if (exiting || kind.isLasting()) {
      givenUp = requested.get();
    }
    if (!isTimeUp()) {
      // Never quite as long as another process that failed at the same time.
      boolean isShort = isLocked || finishing || isRequested();
      long half = (isShort ? SHORT_RETRY_NANOS : RETRY_NANOS) / 2;
      thread.pause(half + Math.floorMod(EventFactory.randomBits(), half));
    }
  }

  private static Trouble kindOf(Throwable fault) {
    if (fault instanceof StoreException refused) {
      return refused.trouble();
    }
    if (Trouble.isModuleMissing(fault)) {
      return Trouble.DATABASE_NO_MODULE;
    }
    return fault instanceof IOException ? Trouble.SPOOL_OTHER : Trouble.DATABASE_OTHER;
  }
}
