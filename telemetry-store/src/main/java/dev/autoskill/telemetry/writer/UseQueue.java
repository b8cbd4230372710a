package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
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
 *
 * <p>A thread that is busy gets a {@link UseBuffer} of its own, which costs it less. What does not
 * fit in there goes onto the stacks as before.
 */
final class UseQueue {

  /** So that few of the threads that run at a time share a stack. */
  private static final int STACKS_A_PROCESSOR = 4;

  private static final int MOST_STACKS = 64;

  /** Threads that come later do without. */
  private static final int MOST_BUFFERS = 8;

  /** All buffers together take up half of the queue at most. */
  private static final int BUFFERS_A_QUEUE = 2 * MOST_BUFFERS;

  private static final int SMALLEST_BUFFER = 64;
  private static final int LARGEST_BUFFER = 4096;

  /** Lies on a stack that has been taken, and looks as if no other use fitted on it. */
  private static final QueuedUse TAKEN = taken();

  private final int capacity;

  /** How many uses fit into a buffer; a power of two. */
  private final int bufferCapacity;

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

  /** Null before they are prepared, which in most programs they never are. */
  private volatile @Nullable UseBuffers buffers;

  // The consumer's own. Whether buffers were prepared, or could not be.
  private boolean hasPrepared;

  /** What comes from the buffers. */
  private @Nullable QueuedUse unbuffered;

  // A stack on its way out.
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
    this.bufferCapacity =
        Integer.highestOneBit(Math.min(LARGEST_BUFFER, capacity / BUFFERS_A_QUEUE));
    this.share = (capacity - MOST_BUFFERS * buffered(1)) / stackCount;
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
        if (sizeOfStacks() >= capacity - buffered(bufferCount())) {
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
   * Lets threads have buffers from now on. To be called where there is room on the stack: classes
   * are loaded that threads must not fail to load. If that fails, there are no buffers; it is not
   * tried again, since what cannot be loaded once never can.
   */
  void prepareBuffers() {
    if (!hasPrepared && buffered(1) > 0) {
      hasPrepared = true;
      UseBuffers prepared = new UseBuffers(this, bufferCapacity);
      UseBuffer.rehearse(this);
      buffers = prepared;
    }
  }

  /**
   * Gives the calling thread a buffer, if one is left and the stacks leave room for it.
   *
   * @param running what runs on the thread
   */
  void giveBuffer(RunningSkills running) {
    UseBuffers given = buffers;
    int count = bufferCount();
    boolean isLeft = given != null && count < MOST_BUFFERS;
    if (isLeft && sizeOfStacks() + buffered(count + 1) <= capacity) {
      given.give(running, count);
    }
  }

  /**
   * The calling thread's buffer.
   *
   * @param running what runs on the thread
   * @return null if it has none
   */
  @Nullable UseBuffer bufferOf(RunningSkills running) {
    return running.buffer() instanceof UseBuffer buffer && buffer.isOf(this) ? buffer : null;
  }

  /** Whether threads have buffers. */
  boolean hasBuffers() {
    return bufferCount() > 0;
  }

  /** The threads keep no buffers from now on, except those that just get one. */
  void releaseBuffers() {
    UseBuffers given = buffers;
    if (given != null) {
      given.release();
    }
  }

  private int bufferCount() {
    UseBuffers given = buffers;
    return given == null ? 0 : given.count();
  }

  /** How much of the queue so many buffers take up. */
  private int buffered(int count) {
    return bufferCapacity < SMALLEST_BUFFER ? 0 : count * bufferCapacity;
  }

  /**
   * Takes all uses, in the order of their ends; those of one thread in the order in which it added
   * them. Not to be called by two threads at once. One that fails loses nothing.
   *
   * @return the oldest, linked to the newer ones; null if there is none
   */
  @Nullable QueuedUse takeAll() {
    goOn();
    take();
    // Once more, since what came before a use that was found may lie where was looked before that.
    take();
    QueuedUse all = oldest;
    oldest = null;
    held = 0;
    return all;
  }

  private void take() {
    UseBuffers given = buffers;
    if (given != null) {
      given.take();
      int count = given.held();
      unbuffered = given.handOver();
      held += count;
      goOn();
    }
    takeStacks();
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
   * How many uses have left and were not taken, because the consumer's stack or the memory ended
   * meanwhile. The next {@link #takeAll()} brings them.
   */
  int held() {
    QueuedUse head = leaving == null ? null : leaving.get();
    UseBuffers given = buffers;
    return held + (head == null ? 0 : head.waiting) + (given == null ? 0 : given.held());
  }

  /** Each step ends with assignments, which cannot fail, and may be the one that was missed. */
  private void goOn() {
    if (leaving != null) {
      newest = leaving.getAndSet(TAKEN);
      held += newest.waiting;
      leaving = null;
    }
    if (newest != null) {
      turned = QueuedUse.turnedRound(newest);
      newest = null;
    }
    if (turned != null) {
      oldest = QueuedUse.merged(oldest, turned);
      turned = null;
    }
    if (unbuffered != null) {
      oldest = QueuedUse.merged(oldest, unbuffered);
      unbuffered = null;
    }
  }

  /** How many uses wait, at about this moment. Not to be called while another thread takes them. */
  int size() {
    UseBuffers given = buffers;
    return sizeOfStacks() + (given == null ? 0 : given.size());
  }

  private int sizeOfStacks() {
    int size = 0;
    for (Stack stack : stacks) {
      QueuedUse head = stack.get();
      size += head == null || head == TAKEN ? 0 : head.waiting;
    }
    return size;
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
