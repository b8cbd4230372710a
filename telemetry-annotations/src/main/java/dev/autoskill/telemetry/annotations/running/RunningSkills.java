package dev.autoskill.telemetry.annotations.running;

import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * The skills that are now running on each thread: when they were entered, by whom, in which
 * context, and how they were marked from inside.
 *
 * <p>Before and after advice share no variable, so what the one saw has to wait for the other
 * somewhere: in an array a thread, which is used again by each call. It and what stays in it are
 * the JDK's own and keep no class loader alive.
 *
 * <p>A skill is known by a number. So is its watcher: several aspects may pick out one method, and
 * the use belongs to the one that saw it first.
 *
 * <p>Contexts change seldom and calls come often, so a call does nothing about them: it is when the
 * context changes that the skills which run by then keep the one in which they were called.
 */
public final class RunningSkills {

  /** How many numbers a running skill takes up; one of them is unused, so that shifts divide. */
  private static final int FRAME = 4;

  private static final int FRAME_BITS = 2;
  private static final int START = 1;
  private static final int MARK = 2;

  private static final int FIRST_FRAME = 1;
  private static final int INITIAL_LENGTH = FIRST_FRAME + 16 * FRAME;

  /** A longer array, left by a deep recursion, is given back when nothing runs any more. */
  private static final int LONGEST_KEPT = FIRST_FRAME + 512 * FRAME;

  // Where everything is among a thread's notes.
  private static final int FRAMES = 0;
  private static final int CONTEXT = 1;
  private static final int KEPT_CONTEXTS = 2;
  private static final int BUFFER = 3;
  private static final int NOTES = 4;

  /** What a skill keeps that was called in no context; it has kept nothing where there is null. */
  private static final Object NO_CONTEXT = new Object();

  /** What stands for no mark. */
  public static final int UNMARKED = -1;

  /**
   * The frames, the first number of which tells where the next one goes; the current context, or
   * null; the contexts that skills keep, by depth, or null if none does; the thread's buffer, or
   * null.
   */
  private static final ThreadLocal<Object[]> THREAD = new ThreadLocal<>();

  private RunningSkills() {}

  /**
   * What is noted for this thread, in which the other methods look.
   *
   * @return the thread's notes
   */
  public static Object[] ofThread() {
    Object[] thread = THREAD.get();
    return thread == null ? begin() : thread;
  }

  /**
   * Where the thread's uses wait to be stored.
   *
   * @param thread the thread's notes
   * @return what was set; null if nothing was, or if it is gone
   */
  public static Object bufferOf(Object[] thread) {
    Object buffer = thread[BUFFER];
    return buffer == null ? null : ((WeakReference<?>) buffer).get();
  }

  /**
   * Sets where the thread's uses wait to be stored.
   *
   * @param thread the thread's notes
   * @param buffer one of the JDK's references, so that the thread does not keep the buffer
   */
  public static void setBuffer(Object[] thread, WeakReference<?> buffer) {
    thread[BUFFER] = buffer;
  }

  /**
   * Notes that a skill was entered.
   *
   * @param thread the thread's notes
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @param startNanos when, by {@link System#nanoTime()}
   */
  public static void enter(Object[] thread, int skill, int watcher, long startNanos) {
    long[] frames = (long[]) thread[FRAMES];
    int top = (int) frames[0];
    if (top > FIRST_FRAME && isSeenByAnother(frames[top - FRAME], skill, watcher)) {
      return;
    }
    if (top == frames.length) {
      frames = Arrays.copyOf(frames, 2 * frames.length - FIRST_FRAME);
      thread[FRAMES] = frames;
    }
    frames[top] = key(skill, watcher);
    frames[top + MARK] = UNMARKED;
    frames[top + START] = startNanos;
    frames[0] = top + FRAME;
  }

  /**
   * The latest entry of a skill.
   *
   * @param thread the thread's notes
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @return its place; 0 if somebody else saw it first
   * @throws IllegalStateException if no entry of the skill is known
   */
  public static int find(Object[] thread, int skill, int watcher) {
    long[] frames = (long[]) thread[FRAMES];
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
   * @param thread the thread's notes
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @param nth which entry, from the outermost one on, which is 1
   * @return its place; 0 if there are not so many
   */
  public static int findNth(Object[] thread, int skill, int watcher, int nth) {
    long[] frames = (long[]) thread[FRAMES];
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
   * @param thread the thread's notes
   * @param skill the skill's number
   * @param watcher the number of who saw it
   */
  public static void forget(Object[] thread, int skill, int watcher) {
    long[] frames = (long[]) thread[FRAMES];
    for (int frame = (int) frames[0] - FRAME; frame >= FIRST_FRAME; frame -= FRAME) {
      if (frames[frame] == key(skill, watcher)) {
        leave(thread, frame);
        return;
      }
    }
  }

  /**
   * When a skill was entered.
   *
   * @param thread the thread's notes
   * @param frame the skill's place
   * @return the time, by {@link System#nanoTime()}
   */
  public static long startNanos(Object[] thread, int frame) {
    return ((long[]) thread[FRAMES])[frame + START];
  }

  /**
   * In which context a skill was entered.
   *
   * @param thread the thread's notes
   * @param frame the skill's place
   * @return the context; null if there was none
   */
  public static Object contextOf(Object[] thread, int frame) {
    Object[] contexts = (Object[]) thread[KEPT_CONTEXTS];
    int depth = frame >> FRAME_BITS;
    Object kept = contexts != null && depth < contexts.length ? contexts[depth] : null;
    if (kept == null) {
      return thread[CONTEXT];
    }
    return kept == NO_CONTEXT ? null : kept;
  }

  /**
   * Notes that this thread is in another context from now on.
   *
   * @param context the context; null: in none
   */
  public static void contextChanges(Object context) {
    Object[] thread = ofThread();
    if (thread[CONTEXT] != context) {
      keepContext(thread);
      thread[CONTEXT] = context;
    }
  }

  /**
   * How a skill was marked from inside.
   *
   * @param thread the thread's notes
   * @param frame the skill's place
   * @return the mark; {@link #UNMARKED} if there is none
   */
  public static int markOf(Object[] thread, int frame) {
    return (int) ((long[]) thread[FRAMES])[frame + MARK];
  }

  /**
   * Forgets a skill that was left, and with it those entered later, whose exits were missed.
   *
   * @param thread the thread's notes
   * @param frame the skill's place
   */
  public static void leave(Object[] thread, int frame) {
    long[] frames = (long[]) thread[FRAMES];
    if (thread[KEPT_CONTEXTS] != null) {
      // Nothing is called here, so that it is done even where the stack has nearly overflown.
      Object[] contexts = (Object[]) thread[KEPT_CONTEXTS];
      int end = (int) frames[0] >> FRAME_BITS;
      for (int depth = frame >> FRAME_BITS; depth < end && depth < contexts.length; depth++) {
        contexts[depth] = null;
      }
      if (frame == FIRST_FRAME) {
        thread[KEPT_CONTEXTS] = null;
      }
    }
    frames[0] = frame;
    if (frame == FIRST_FRAME && frames.length > LONGEST_KEPT) {
      thread[FRAMES] = noFrames();
    }
  }

  /**
   * Marks the innermost skill.
   *
   * @param mark the mark; not negative
   * @return whether there is one
   */
  public static boolean mark(int mark) {
    Object[] thread = THREAD.get();
    if (thread == null) {
      return false;
    }
    long[] frames = (long[]) thread[FRAMES];
    if (frames[0] == FIRST_FRAME) {
      return false;
    }
    frames[(int) frames[0] - FRAME + MARK] = mark;
    return true;
  }

  /**
   * How many skills are running on this thread.
   *
   * @return the depth
   */
  public static int depth() {
    Object[] thread = THREAD.get();
    return thread == null ? 0 : depth(thread);
  }

  private static Object[] begin() {
    Object[] thread = new Object[NOTES];
    thread[FRAMES] = noFrames();
    THREAD.set(thread);
    return thread;
  }

  private static long[] noFrames() {
    long[] frames = new long[INITIAL_LENGTH];
    frames[0] = FIRST_FRAME;
    return frames;
  }

  /** The skills that run were called in this context, down to those that have kept another. */
  private static void keepContext(Object[] thread) {
    int depth = depth(thread);
    if (depth == 0) {
      return;
    }
    Object[] contexts = (Object[]) thread[KEPT_CONTEXTS];
    if (contexts == null) {
      contexts = new Object[2 * depth];
    } else if (contexts.length < depth) {
      contexts = Arrays.copyOf(contexts, 2 * depth);
    }
    Object current = thread[CONTEXT] == null ? NO_CONTEXT : thread[CONTEXT];
    for (int i = depth - 1; i >= 0 && contexts[i] == null; i--) {
      contexts[i] = current;
    }
    thread[KEPT_CONTEXTS] = contexts;
  }

  /**
   * How many skills are running.
   *
   * @param thread the thread's notes
   * @return the depth
   */
  public static int depth(Object[] thread) {
    return (int) ((long[]) thread[FRAMES])[0] >> FRAME_BITS;
  }

  /** A use that begins again would have been entered by the watcher it belongs to. */
  private static boolean isSeenByAnother(long key, int skill, int watcher) {
    return (int) key == skill && key != key(skill, watcher);
  }

  private static long key(int skill, int watcher) {
    return (long) watcher << Integer.SIZE | skill;
  }
}
