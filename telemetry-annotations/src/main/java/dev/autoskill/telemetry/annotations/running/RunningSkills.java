package dev.autoskill.telemetry.annotations.running;

import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * The skills that are now running on each thread: when they were entered, by whom, and how they
 * were marked from inside.
 *
 * <p>Before and after advice share no variable, so what the one saw has to wait for the other
 * somewhere: in an array a thread, which is used again by each call. It and all that it holds are
 * the JDK's own and keep no class loader alive.
 *
 * <p>A skill is known by a number. So is its watcher: several aspects may pick out one method, and
 * the use belongs to the one that saw it first.
 *
 * <p>At each depth there is also a note of what was entered there last. Most often it is entered
 * again, and then whoever left the note need not look up anew what is known of the skill.
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

  /** Deeper skills are looked up. */
  private static final int DEEPEST_NOTE = 16;

  /** What stands for no mark. */
  public static final int UNMARKED = -1;

  /** First the frames, the first number of which tells where the next one goes; then the notes. */
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
   * What was noted when a skill was last entered at the depth where the next one will be.
   *
   * @param thread the thread's notes
   * @return the note; null if there is none
   */
  public static Object lastAtNextDepth(Object[] thread) {
    return note(thread, depth(thread));
  }

  /**
   * What was noted when the innermost skill was entered.
   *
   * @param thread the thread's notes
   * @return the note; null if there is none
   */
  public static Object lastAtThisDepth(Object[] thread) {
    return note(thread, depth(thread) - 1);
  }

  /**
   * Notes that a skill was entered.
   *
   * @param thread the thread's notes
   * @param note what to answer when a skill is next entered at this depth; null: nothing
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @param startNanos when, by {@link System#nanoTime()}
   */
  public static void enter(
      Object[] thread, WeakReference<?> note, int skill, int watcher, long startNanos) {
    long[] frames = (long[]) thread[0];
    int top = (int) frames[0];
    if (top > FIRST_FRAME && isSeenByAnother(frames[top - FRAME], skill, watcher)) {
      return;
    }
    if (top == frames.length) {
      frames = Arrays.copyOf(frames, 2 * frames.length - FIRST_FRAME);
      thread[0] = frames;
    }
    int depth = depth(thread);
    // To store a reference costs more than to look at it.
    if (depth < DEEPEST_NOTE && thread[1 + depth] != note) {
      thread[1 + depth] = note;
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
    long[] frames = (long[]) thread[0];
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
    long[] frames = (long[]) thread[0];
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
    long[] frames = (long[]) thread[0];
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
    return ((long[]) thread[0])[frame + START];
  }

  /**
   * How a skill was marked from inside.
   *
   * @param thread the thread's notes
   * @param frame the skill's place
   * @return the mark; {@link #UNMARKED} if there is none
   */
  public static int markOf(Object[] thread, int frame) {
    return (int) ((long[]) thread[0])[frame + MARK];
  }

  /**
   * Forgets a skill that was left, and with it those entered later, whose exits were missed.
   *
   * @param thread the thread's notes
   * @param frame the skill's place
   */
  public static void leave(Object[] thread, int frame) {
    long[] frames = (long[]) thread[0];
    frames[0] = frame;
    if (frame == FIRST_FRAME && frames.length > LONGEST_KEPT) {
      THREAD.remove();
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
    long[] frames = (long[]) thread[0];
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
    long[] frames = new long[INITIAL_LENGTH];
    frames[0] = FIRST_FRAME;
    Object[] thread = new Object[1 + DEEPEST_NOTE];
    thread[0] = frames;
    THREAD.set(thread);
    return thread;
  }

  /**
   * How many skills are running.
   *
   * @param thread the thread's notes
   * @return the depth
   */
  public static int depth(Object[] thread) {
    return (int) ((long[]) thread[0])[0] >> FRAME_BITS;
  }

  private static Object note(Object[] thread, int depth) {
    Object note = depth >= 0 && depth < DEEPEST_NOTE ? thread[1 + depth] : null;
    return note == null ? null : ((WeakReference<?>) note).get();
  }

  /** A use that begins again would have been entered by the watcher it belongs to. */
  private static boolean isSeenByAnother(long key, int skill, int watcher) {
    return (int) key == skill && key != key(skill, watcher);
  }

  private static long key(int skill, int watcher) {
    return (long) watcher << Integer.SIZE | skill;
  }
}
