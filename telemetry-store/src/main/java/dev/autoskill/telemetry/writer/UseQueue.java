package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for many producers and one consumer, who takes everything at once.
 *
 * <p>A use is pushed onto a stack (R. K. Treiber, 1986), which is turned round when it is taken. It
 * becomes visible by a single compare-and-set, so no producer, however it dies, can leave a gap
 * that the consumer would have to wait for; in a ring buffer one can.
 *
 * <p>There are several stacks, and each thread keeps to one of them. Threads that shared one would
 * fetch its head from each other's caches.
 */
final class UseQueue {

  /** So that few of the threads that run at a time share a stack. */
  private static final int STACKS_A_PROCESSOR = 4;

  private static final int MOST_STACKS = 64;

  /** Lies on a stack that has been taken, and looks as if no other use fitted on it. */
  private static final QueuedUse TAKEN = taken();

  private final int capacity;

  /** Up to here a stack need not ask how full the others are. */
  private final int share;

  /**
   * A stack is exchanged when it is taken. A new object is a young one, and it takes the garbage
   * collector (G1) no fence to notice a reference in it.
   *
   * <p>No element needs to be volatile: who still has the old stack finds it {@link #TAKEN}, and
   * whoever has seen that sees the new one.
   */
  private final Stack[] stacks;

  // The consumer's own: a stack on its way out.
  private @Nullable Stack leaving;
  private @Nullable QueuedUse newest;
  private @Nullable QueuedUse turned;

  /** And what left before it, linked to the newer ones. */
  private @Nullable QueuedUse oldest;

  private int held;

  UseQueue(int capacity) {
    this(capacity, stackCount(Runtime.getRuntime().availableProcessors()));
  }

  /** Makes a queue of so many stacks, a power of two. */
  UseQueue(int capacity, int stackCount) {
    this.capacity = capacity;
    this.share = capacity / stackCount;
    this.stacks = new Stack[stackCount];
    for (int i = 0; i < stackCount; i++) {
      stacks[i] = new Stack();
    }
  }

  /**
   * Adds a use unless the queue is full. Never blocks. Threads that add at the same moment may find
   * the last place free for each of them.
   *
   * @return how many uses now wait on the thread's stack, this one included; 0 if the queue is full
   */
  int offer(QueuedUse use) {
    int index = (int) Thread.currentThread().getId() & stacks.length - 1;
    while (true) {
      Stack stack = stacks[index];
      QueuedUse head = stack.get();
      int waiting = head == null ? 1 : head.waiting + 1;
      if (waiting > share) {
        if (head == TAKEN) {
          continue;
        }
        if (size() >= capacity) {
          return 0;
        }
      }
      use.next = head;
      use.waiting = waiting;
      if (stack.compareAndSet(head, use)) {
        return waiting;
      }
    }
  }

  /**
   * Takes all uses, in the order of their ends; those of one thread in the order in which it added
   * them. Not to be called by two threads at once. One that fails loses nothing.
   *
   * @return the oldest, linked to the newer ones; null if there is none
   */
  @Nullable QueuedUse takeAll() {
    goOn();
    takeStacks();
    // Once more, since what came before a use that was found may lie on a stack seen before that.
    takeStacks();
    QueuedUse all = oldest;
    oldest = null;
    held = 0;
    return all;
  }

  private void takeStacks() {
    for (int i = 0; i < stacks.length; i++) {
      if (stacks[i].get() != null) {
        Stack next = new Stack();
        leaving = stacks[i];
        stacks[i] = next;
        goOn();
      }
    }
  }

  /**
   * How many uses have left the stacks and were not taken, because the consumer's stack or the
   * memory ended meanwhile. The next {@link #takeAll()} brings them.
   */
  int held() {
    QueuedUse head = leaving == null ? null : leaving.get();
    return held + (head == null ? 0 : head.waiting);
  }

  /** Each step ends with assignments, which cannot fail, and may be the one that was missed. */
  private void goOn() {
    if (leaving != null) {
      newest = leaving.getAndSet(TAKEN);
      held += newest.waiting;
      leaving = null;
    }
    if (newest != null) {
      turned = turnedRound(newest);
      newest = null;
    }
    if (turned != null) {
      oldest = merged(oldest, turned);
      turned = null;
    }
  }

  /** How many uses wait, at about this moment. */
  int size() {
    int size = 0;
    for (Stack stack : stacks) {
      QueuedUse head = stack.get();
      size += head == null || head == TAKEN ? 0 : head.waiting;
    }
    return size;
  }

  private static @Nullable QueuedUse turnedRound(QueuedUse newest) {
    QueuedUse rest = newest;
    QueuedUse oldest = null;
    while (rest != null) {
      QueuedUse older = rest.next;
      rest.next = oldest;
      oldest = rest;
      rest = older;
    }
    return oldest;
  }

  private static QueuedUse merged(@Nullable QueuedUse one, QueuedUse other) {
    if (one == null) {
      return other;
    }
    QueuedUse a = one;
    QueuedUse b = other;
    QueuedUse first = null;
    QueuedUse last = null;
    while (a != null && b != null) {
      QueuedUse next;
      if (b.endNanos - a.endNanos < 0) {
        next = b;
        b = b.next;
      } else {
        next = a;
        a = a.next;
      }
      if (last == null) {
        first = next;
      } else {
        last.next = next;
      }
      last = next;
    }
    last.next = a == null ? b : a;
    return first;
  }

  private static int stackCount(int processors) {
    return Integer.highestOneBit(Math.min(MOST_STACKS, STACKS_A_PROCESSOR * processors));
  }

  private static QueuedUse taken() {
    QueuedUse taken = new QueuedUse(Skill.named("taken"), null, null, Outcome.SUCCESS, 0, 0);
    taken.waiting = Integer.MAX_VALUE - 1;
    return taken;
  }

  /** As large as two cache lines, so that no two stacks' heads lie in one. */
  @SuppressWarnings("unused")
  private static final class Stack extends AtomicReference<@Nullable QueuedUse> {

    private static final long serialVersionUID = 1;

    private long p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14;
  }
}
