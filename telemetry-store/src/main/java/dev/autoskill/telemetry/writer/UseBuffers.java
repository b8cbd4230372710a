package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.running.RunningSkills;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The buffers of the threads that are busy. */
final class UseBuffers {

  private static final UseBuffer[] NONE = {};

  private final UseQueue owner;

  /** How many uses fit into each; a power of two. */
  private final int capacity;

  /** Copied when it changes. */
  private final AtomicReference<UseBuffer[]> all = new AtomicReference<>(NONE);

  // The consumer's own. What comes from a buffer.
  private @Nullable QueuedUse first;
  private @Nullable QueuedUse last;

  /** And what came from others before it, linked to the newer ones. */
  private @Nullable QueuedUse oldest;

  private int held;

  UseBuffers(UseQueue owner, int capacity) {
    this.owner = owner;
    this.capacity = capacity;
  }

  int count() {
    return all.get().length;
  }

  /**
   * Gives a thread a buffer.
   *
   * @param count how many there are: if another thread gets one at the same moment, this one does
   *     not
   */
  void give(RunningSkills thread, int count) {
    UseBuffer[] known = all.get();
    if (known.length != count) {
      return;
    }
    UseBuffer given = new UseBuffer(owner, capacity, thread);
    UseBuffer[] more = new UseBuffer[count + 1];
    for (int i = 0; i < count; i++) {
      more[i] = known[i];
    }
    more[count] = given;
    if (all.compareAndSet(known, more)) {
      thread.setBuffer(given);
    }
  }

  /** Takes all uses, to be handed over. One that fails loses nothing. */
  void take() {
    for (UseBuffer buffer : all.get()) {
      goOn();
      take(buffer);
      if (buffer.isOver()) {
        remove(buffer);
      }
    }
    goOn();
  }

  /** What was taken, by the time of their ends. */
  @Nullable QueuedUse handOver() {
    QueuedUse taken = oldest;
    oldest = null;
    held = 0;
    return taken;
  }

  /** How many uses were taken and not handed over. */
  int held() {
    return held;
  }

  /** How many uses wait in the buffers. */
  int size() {
    int size = 0;
    for (UseBuffer buffer : all.get()) {
      size += buffer.size();
    }
    return size;
  }

  /** The threads keep their buffers no longer. What they are just adding can still be taken. */
  void release() {
    for (UseBuffer buffer : all.get()) {
      buffer.release();
    }
  }

  private void goOn() {
    if (first != null) {
      oldest = QueuedUse.merged(oldest, first);
      first = null;
      last = null;
    }
  }

  private void take(UseBuffer buffer) {
    for (int left = buffer.size(); left > 0; left--) {
      QueuedUse use = buffer.oldest();
      buffer.leave();
      held++;
      if (first == null) {
        first = use;
      } else {
        last.next = use;
      }
      last = use;
    }
    buffer.clear();
  }

  private void remove(UseBuffer buffer) {
    UseBuffer[] known = all.get();
    UseBuffer[] others = new UseBuffer[known.length - 1];
    int count = 0;
    for (UseBuffer other : known) {
      if (other != buffer) {
        others[count++] = other;
      }
    }
    // If a thread has got one meanwhile, it goes the next time.
    if (all.compareAndSet(known, others)) {
      buffer.release();
    }
  }
}
