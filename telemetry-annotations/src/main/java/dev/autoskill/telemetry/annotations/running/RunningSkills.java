package dev.autoskill.telemetry.annotations.running;

import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * The skills that are now running on a thread: when they were entered, by whom, in which context,
 * and how they were marked from inside.
 *
 * <p>Before and after advice share no variable, so what the one saw has to wait for the other
 * somewhere: in an array a thread, which is used again by each call.
 *
 * <p>A skill is known by a number. So is its watcher: several aspects may pick out one method, and
 * the use belongs to the one that saw it first.
 *
 * <p>Contexts change seldom and calls come often, so a call does nothing about them: it is when the
 * context changes that the skills which run by then keep the one in which they were called.
 *
 * <p>It is a reference to its thread, the only one that may use it.
 */
public final class RunningSkills extends WeakReference<Thread> {

  /** What stands for no mark. */
  public static final int UNMARKED = -1;

  /** How many numbers a running skill takes up; one of them is unused, so that shifts divide. */
  private static final int FRAME = 4;

  private static final int FRAME_BITS = 2;
  private static final int START = 1;
  private static final int MARK = 2;

  private static final int FIRST_FRAME = 1;
  private static final int INITIAL_LENGTH = FIRST_FRAME + 16 * FRAME;

  /** A longer array, left by a deep recursion, is given back when nothing runs any more. */
  private static final int LONGEST_KEPT = FIRST_FRAME + 512 * FRAME;

  /** What a skill keeps that was called in no context; it has kept nothing where there is null. */
  private static final Object NO_CONTEXT = new Object();

  // Where everything is among what the thread keeps.
  private static final int SELF = 0;
  private static final int FRAMES = 1;
  private static final int CONTEXT = 2;
  private static final int CONTEXTS = 3;
  private static final int KEPT_LENGTH = 4;

  /**
   * What the thread keeps, so that whoever comes after this goes on with it. It and what stays in
   * it are the JDK's own and keep no class loader alive.
   */
  private final Object[] kept;

  /** The first number tells where the next frame goes. */
  private long[] frames;

  /** The current one, or null. */
  private Object context;

  /** Those that skills keep, by depth; null if none does. */
  private Object[] contexts;

  private Object buffer;

  /** Goes on with what a thread keeps; null: it keeps nothing yet. */
  RunningSkills(Thread thread, Object[] kept) {
    super(thread);
    if (kept == null) {
      this.kept = new Object[KEPT_LENGTH];
      setFrames(noFrames());
    } else {
      this.kept = kept;
      this.frames = (long[]) kept[FRAMES];
      this.context = kept[CONTEXT];
      this.contexts = (Object[]) kept[CONTEXTS];
    }
    this.kept[SELF] = new WeakReference<>(this);
  }

  /**
   * What runs on the calling thread.
   *
   * @return always the same object for as long as somebody has it
   */
  public static RunningSkills ofThread() {
    return RunningThreads.current();
  }

  /**
   * What runs on the calling thread.
   *
   * @return as {@link #ofThread()}, but null if nothing was ever noted for it
   */
  public static RunningSkills ofThreadOrNull() {
    return RunningThreads.currentOrNull();
  }

  /** Who goes on with what a thread keeps; null if that is gone. */
  static RunningSkills keeperOf(Object[] kept) {
    return (RunningSkills) ((WeakReference<?>) kept[SELF]).get();
  }

  Object[] kept() {
    return kept;
  }

  /**
   * Where the thread's uses wait to be stored.
   *
   * @return what was set; null if nothing was
   */
  public Object buffer() {
    return buffer;
  }

  /**
   * Sets where the thread's uses wait to be stored.
   *
   * @param buffer keeps this; else it is gone when this is; null: nowhere
   */
  public void setBuffer(Object buffer) {
    this.buffer = buffer;
  }

  /**
   * Notes that a skill was entered.
   *
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @param startNanos when, by {@link System#nanoTime()}
   */
  public void enter(int skill, int watcher, long startNanos) {
    long[] frames = this.frames;
    int top = (int) frames[0];
    if (top > FIRST_FRAME && isSeenByAnother(frames[top - FRAME], skill, watcher)) {
      return;
    }
    if (top == frames.length) {
      frames = Arrays.copyOf(frames, 2 * frames.length - FIRST_FRAME);
      setFrames(frames);
    }
    frames[top] = key(skill, watcher);
    frames[top + START] = startNanos;
    frames[top + MARK] = UNMARKED;
    frames[0] = top + FRAME;
  }

  /**
   * The latest entry of a skill.
   *
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @return its place; 0 if somebody else saw it first
   * @throws IllegalStateException if no entry of the skill is known
   */
  public int find(int skill, int watcher) {
    for (int frame = (int) frames[0] - FRAME; frame >= FIRST_FRAME; frame -= FRAME) {
      if ((int) frames[frame] == skill) {
        return frames[frame] == key(skill, watcher) ? frame : 0;
      }
    }
    throw new IllegalStateException("a skill ended whose start was not seen");
  }

  /**
   * An entry of a skill, of those that are known.
   *
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @param nth which entry, from the outermost one on, which is 1
   * @return its place; 0 if there are not so many
   */
  public int findNth(int skill, int watcher, int nth) {
    int left = nth;
    for (int frame = FIRST_FRAME; frame < frames[0]; frame += FRAME) {
      if (frames[frame] == key(skill, watcher)) {
        left--;
        if (left == 0) {
          return frame;
        }
      }
    }
    return 0;
  }

  /**
   * Forgets the latest entry of a skill, and those above it, if there is one.
   *
   * @param skill the skill's number
   * @param watcher the number of who saw it
   */
  public void forget(int skill, int watcher) {
    for (int frame = (int) frames[0] - FRAME; frame >= FIRST_FRAME; frame -= FRAME) {
      if (frames[frame] == key(skill, watcher)) {
        leave(frame);
        return;
      }
    }
  }

  /**
   * When a skill was entered.
   *
   * @param frame the skill's place
   * @return the time, by {@link System#nanoTime()}
   */
  public long startNanos(int frame) {
    return frames[frame + START];
  }

  /**
   * In which context a skill was entered.
   *
   * @param frame the skill's place
   * @return the context; null if there was none
   */
  public Object contextOf(int frame) {
    return contexts == null ? context : keptOrCurrent(frame >> FRAME_BITS);
  }

  private Object keptOrCurrent(int depth) {
    Object found = depth < contexts.length ? contexts[depth] : null;
    if (found == null) {
      return context;
    }
    return found == NO_CONTEXT ? null : found;
  }

  /**
   * Notes that the thread is in another context from now on.
   *
   * @param next the context; null: in none
   */
  public void contextChanges(Object next) {
    if (context != next) {
      keepContext();
      context = next;
      kept[CONTEXT] = next;
    }
  }

  /**
   * How a skill was marked from inside.
   *
   * @param frame the skill's place
   * @return the mark; {@link #UNMARKED} if there is none
   */
  public int markOf(int frame) {
    return (int) frames[frame + MARK];
  }

  /**
   * Forgets a skill that was left, and with it those entered later, whose exits were missed.
   *
   * @param frame the skill's place
   */
  public void leave(int frame) {
    long[] frames = this.frames;
    if (contexts != null) {
      // Nothing is called here, so that it is done even where the stack has nearly overflown.
      int end = (int) frames[0] >> FRAME_BITS;
      for (int depth = frame >> FRAME_BITS; depth < end && depth < contexts.length; depth++) {
        contexts[depth] = null;
      }
      if (frame == FIRST_FRAME) {
        contexts = null;
        kept[CONTEXTS] = null;
      }
    }
    frames[0] = frame;
    if (frames.length > LONGEST_KEPT && frame == FIRST_FRAME) {
      setFrames(noFrames());
    }
  }

  /**
   * Marks the innermost skill.
   *
   * @param mark the mark; not negative
   * @return whether there is one
   */
  public boolean mark(int mark) {
    int top = (int) frames[0];
    if (top == FIRST_FRAME) {
      return false;
    }
    frames[top - FRAME + MARK] = mark;
    return true;
  }

  /**
   * How many skills are running.
   *
   * @return the depth
   */
  public int depth() {
    return (int) frames[0] >> FRAME_BITS;
  }

  /** The skills that run were called in this context, down to those that have kept another. */
  private void keepContext() {
    int depth = depth();
    if (depth == 0) {
      return;
    }
    Object[] all = contexts;
    if (all == null) {
      all = new Object[2 * depth];
    } else if (all.length < depth) {
      all = Arrays.copyOf(all, 2 * depth);
    }
    Object current = context == null ? NO_CONTEXT : context;
    for (int i = depth - 1; i >= 0 && all[i] == null; i--) {
      all[i] = current;
    }
    contexts = all;
    kept[CONTEXTS] = all;
  }

  private void setFrames(long[] changed) {
    frames = changed;
    kept[FRAMES] = changed;
  }

  private static long[] noFrames() {
    long[] frames = new long[INITIAL_LENGTH];
    frames[0] = FIRST_FRAME;
    return frames;
  }

  /** A use that begins again would have been entered by the watcher it belongs to. */
  private static boolean isSeenByAnother(long key, int skill, int watcher) {
    return (int) key == skill && key != key(skill, watcher);
  }

  private static long key(int skill, int watcher) {
    return (long) watcher << Integer.SIZE | skill;
  }
}
