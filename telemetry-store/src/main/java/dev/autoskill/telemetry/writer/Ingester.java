package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that takes events from the spools to the store, when it pays to open that: when
 * somebody asks what is stored, or when what waits is much or old. It alone uses the store.
 *
 * <p>When the store fails, everything stays where it is, and the thread tries again, ever more
 * seldom.
 */
final class Ingester implements Runnable {

  static final String THREAD_NAME = "autoskill-telemetry-ingest";

  /** Small enough that the store's lock is held for some 10 ms and others get their turn. */
  private static final int BATCH_SIZE = 1024;

  /** So much costs more to leave in the file than to open the database for. */
  private static final long MANY = 4096;

  /** A process that lives so long can afford to open the database. */
  private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How often an open store is given what processes left that died meanwhile. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How long the store stays open when there is nothing to do. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final OwnSpool spool;
  private final SpoolDirectory directory;
  private final HandOver handOver;
  private final Supplier<? extends EventStore> opener;
  private final Ledger ledger;
  private final Duration patience;
  private final LongSupplier random;
  private final TimeSource time;
  private final Faults faults;
  private final BackgroundThread thread;

  private volatile boolean isStoreOpen;
  private volatile boolean isRetrying;
  private volatile boolean finishing;
  private volatile long finishingDeadline;
  private volatile @Nullable Trouble trouble;

  // The thread's own.
  private @Nullable Backoff backoff;
  private @Nullable EventStore store;
  private boolean hasLooked;
  private long lookedNanos;

  Ingester(
      OwnSpool spool,
      SpoolDirectory directory,
      HandOver handOver,
      Supplier<? extends EventStore> opener,
      Ledger ledger,
      Duration patience,
      LongSupplier random,
      TimeSource time,
      Faults faults) {
    this.spool = spool;
    this.directory = directory;
    this.handOver = handOver;
    this.opener = opener;
    this.ledger = ledger;
    this.patience = patience;
    this.random = random;
    this.time = time;
    this.faults = faults;
    this.thread = new BackgroundThread(THREAD_NAME, this, faults);
  }

  /** Called by the writer, after it has spooled something and while it has nothing to do. */
  void workIfDue() {
    if (!isRetrying && isDue()) {
      thread.wake();
    }
  }

  /** Called by those who asked the ledger for something. */
  void hurry() {
    thread.wake();
  }

  /** Whether the store has been opened, so that ending is worth some time. */
  boolean isStoreOpen() {
    return isStoreOpen;
  }

  /** What keeps events from the store; null if nothing does. */
  @Nullable Trouble trouble() {
    return thread.isRefused() ? Trouble.NO_THREAD : trouble;
  }

  /** Lets the thread store what is spooled and then end, but give up at the deadline. */
  void finish(long deadlineNanos) {
    if (spool.waiting() > 0) {
      thread.start();
    }
    finishingDeadline = deadlineNanos;
    finishing = true;
    if (thread.startNoMore()) {
      thread.wake();
    } else {
      spool.release();
      ledger.end();
    }
  }

  void join(long deadlineNanos) {
    thread.join(deadlineNanos);
  }

  @Override
  public void run() {
    while (!isDone()) {
      try {
        work();
      } catch (Throwable fault) {
        failed(fault);
      }
    }
    if (store != null) {
      store.close();
    }
    spool.release();
    ledger.end();
  }

  private boolean isDone() {
    return finishing && (isPastDeadline() || (spool.waiting() == 0 && !ledger.isAsking()));
  }

  private boolean isPastDeadline() {
    return finishing && System.nanoTime() - finishingDeadline >= 0;
  }

  private boolean isDue() {
    return handOver.isOffered() || (spool.waiting() > 0 && (finishing || isWorthIt()));
  }

  private boolean isWorthIt() {
    return spool.waiting() >= MANY
        || ledger.isWanting()
        || time.nanoTime() - spool.oldestNanos() >= OLD_NANOS;
  }

  private void work() throws StoreException, IOException {
    long request = ledger.asked();
    boolean isAsked = ledger.isAsking();
    if (isAsked || isDue()) {
      storeOwn();
      storeHandedOver();
    }
    if (isAsked || isLookDue()) {
      storeWhatTheDeadLeft();
    }
    // Before anybody is told, and before there is a pause.
    backoff = null;
    trouble = null;
    if (isAsked) {
      ledger.served(request);
    }
    if (!hasMoreUpkeep() && isIdle()) {
      thread.pause(REST_NANOS);
      if (isIdle()) {
        rest();
      }
      // To rest takes time, in which somebody may have come.
      if (isIdle()) {
        thread.pause(LOOK_NANOS);
      }
    }
  }

  private boolean isIdle() {
    return !finishing && !isDue() && !ledger.isAsking();
  }

  /** So that the library loaded by another class loader, which may not share it, gets its turn. */
  private void rest() {
    if (store != null) {
      store.close();
    }
  }

  private void storeOwn() throws StoreException, IOException {
    long left = spool.waiting();
    while (left > 0 && !isPastDeadline()) {
      OwnSpool.Waiting waiting = spool.oldest(BATCH_SIZE);
      if (waiting.uses().isEmpty()) {
        return;
      }
      spool.cutBack(waiting, store(waiting.uses(), spool.seed()).refused());
      left -= waiting.uses().size();
    }
  }

  /** After all that is spooled, which is older; the writer adds nothing to that meanwhile. */
  private void storeHandedOver() throws StoreException {
    if (spool.waiting() > 0) {
      return;
    }
    List<SettledUse> uses = handOver.take();
    if (uses.isEmpty()) {
      return;
    }
    EventStore.Stored stored = null;
    try {
      stored = store(uses, spool.seed());
    } finally {
      if (stored != null) {
        ledger.storedDirectly(uses.size() - stored.refused());
        ledger.failed(stored.refused());
        handOver.stored();
      } else {
        handOver.giveBack();
      }
    }
  }

  private boolean isLookDue() {
    return isStoreOpen && (!hasLooked || time.nanoTime() - lookedNanos >= LOOK_NANOS);
  }

  private void storeWhatTheDeadLeft() throws StoreException {
    try (Adoption adoption = new Adoption(BATCH_SIZE, faults)) {
      for (File file : directory.spools()) {
        if (isPastDeadline()) {
          return;
        }
        adoption.open(file);
        while (!adoption.readOn()) {
          store(adoption);
        }
        if (adoption.isFull()) {
          store(adoption);
        }
      }
      store(adoption);
    }
    hasLooked = true;
    lookedNanos = time.nanoTime();
  }

  private void store(Adoption adoption) throws StoreException {
    if (!adoption.events().isEmpty()) {
      EventStore.Stored stored = store(adoption.events());
      ledger.adopted(stored.added());
      ledger.evicted(stored.refused());
    }
    adoption.stored();
  }

  private EventStore.Stored store(List<SettledUse> uses, IdSeed seed) throws StoreException {
    List<TelemetryEvent> events = new ArrayList<>(uses.size());
    for (SettledUse use : uses) {
      events.add(use.event(seed));
    }
    return store(events);
  }

  private EventStore.Stored store(List<TelemetryEvent> events) throws StoreException {
    if (store == null) {
      store = opener.get();
    }
    EventStore.Stored stored = store.store(events);
    isStoreOpen = true;
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
        faults.swallowed(fault);
      }
      return false;
    }
  }

  private void failed(Throwable fault) {
    Trouble kind = kindOf(fault);
    if (backoff == null) {
      backoff = new Backoff(patience, random, time);
    }
    // That others hold the lock for a while is how a shared file works.
    if (backoff.isFailure(kind == Trouble.DATABASE_LOCKED)) {
      faults.swallowed(fault);
      trouble = kind;
    }
    if (!isPastDeadline()) {
      isRetrying = true;
      thread.pause(backoff.nextNanos(kind == Trouble.DATABASE_LOCKED || finishing));
      isRetrying = false;
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
