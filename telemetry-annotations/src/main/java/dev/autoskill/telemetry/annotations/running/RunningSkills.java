package dev.autoskill.telemetry.annotations.running;

import java.util.Arrays;

/**
 * The skills that are now running on each thread: when they were entered, by whom, and how they
 * were marked from inside.
 *
 * <p>Before and after advice share no variable, so what the one saw has to wait for the other
 * somewhere: in one array of numbers a thread, which, being the JDK's own, keeps no class loader
 * alive, and which is used again by each call.
 *
 * <p>A skill is known by a number. So is its watcher: several aspects may pick out one method, and
 * the use belongs to the one that saw it first.
 */
public final class RunningSkills {

  /** How many numbers a running skill takes up: skill and watcher, time of entry, mark. */
  private static final int FRAME = 3;

  private static final int FIRST_FRAME = 1;
  private static final int INITIAL_LENGTH = FIRST_FRAME + 16 * FRAME;

  /** A longer array, left by a deep recursion, is given back when nothing runs any more. */
  private static final int LONGEST_KEPT = FIRST_FRAME + 512 * FRAME;

  /** What stands for no mark. */
  public static final int UNMARKED = -1;

  /** The first number tells where the next frame goes. */
  private static final ThreadLocal<long[]> FRAMES = new ThreadLocal<>();

  private RunningSkills() {}

  /**
   * Notes that a skill was entered.
   *
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @param startNanos when, by {@link System#nanoTime()}
   */
  public static void enter(int skill, int watcher, long startNanos) {
    long[] frames = FRAMES.get();
    if (frames == null) {
      frames = new long[INITIAL_LENGTH];
      frames[0] = FIRST_FRAME;
      FRAMES.set(frames);
    }
    int top = (int) frames[0];
    if (top > FIRST_FRAME && isSeenByAnother(frames[top - FRAME], skill, watcher)) {
      return;
    }
    if (top == frames.length) {
      frames = Arrays.copyOf(frames, 2 * frames.length - FIRST_FRAME);
      FRAMES.set(frames);
    }
    frames[top] = key(skill, watcher);
    frames[top + 1] = startNanos;
    frames[top + 2] = UNMARKED;
    frames[0] = top + FRAME;
  }

  /**
   * The frames of this thread, in which the other methods look.
   *
   * @return the frames; null if nothing ever ran here
   */
  public static long[] ofThread() {
    return FRAMES.get();
  }

  /**
   * The latest entry of a skill.
   *
   * @param frames the thread's frames
   * @param skill the skill's number
   * @param watcher the number of who saw it
   * @return its place in the frames; 0 if somebody else saw it first
   * @throws IllegalStateException if no entry of the skill is known
   */
  public static int find(long[] frames, int skill, int watcher) {
    if (frames != null) {
      for (int frame = (int) frames[0] - FRAME; frame >= FIRST_FRAME; frame -= FRAME) {
        if ((int) frames[frame] == skill) {
          return frames[frame] == key(skill, watcher) ? frame : 0;
        }
      }
    }
    throw new IllegalStateException("a skill ended whose start was not seen");
  }

  /**
   * When a skill was entered.
   *
   * @param frames the thread's frames
   * @param frame the skill's place
   * @return the time, by {@link System#nanoTime()}
   */
  public static long startNanos(long[] frames, int frame) {
    return frames[frame + 1];
  }

  /**
   * How a skill was marked from inside.
   *
   * @param frames the thread's frames
   * @param frame the skill's place
   * @return the mark; {@link #UNMARKED} if there is none
   */
  public static int markOf(long[] frames, int frame) {
    return (int) frames[frame + 2];
  }

  /**
   * Forgets a skill that was left, and with it those entered later, whose exits were missed.
   *
   * @param frames the thread's frames
   * @param frame the skill's place
   */
  public static void leave(long[] frames, int frame) {
    frames[0] = frame;
    if (frame == FIRST_FRAME && frames.length > LONGEST_KEPT) {
      FRAMES.remove();
    }
  }

  /**
   * Marks the innermost skill.
   *
   * @param mark the mark; not negative
   * @return whether there is one
   */
  public static boolean mark(int mark) {
    long[] frames = FRAMES.get();
    if (frames == null || frames[0] == FIRST_FRAME) {
      return false;
    }
    frames[(int) frames[0] - 1] = mark;
    return true;
  }

  /**
   * How many skills are running on this thread.
   *
   * @return the depth
   */
  public static int depth() {
    long[] frames = FRAMES.get();
    return frames == null ? 0 : ((int) frames[0] - FIRST_FRAME) / FRAME;
  }

  /** A use that begins again would have been entered by the watcher it belongs to. */
  private static boolean isSeenByAnother(long key, int skill, int watcher) {
    return (int) key == skill && key != key(skill, watcher);
  }

  private static long key(int skill, int watcher) {
    return (long) watcher << Integer.SIZE | skill;
  }
}
