package dev.autoskill.telemetry.annotations.running;

import java.util.Arrays;

/**
 * The skills that are running on the calling thread, one frame each: which method it is, which
 * aspect saw it at which join point, and how it was marked from inside.
 *
 * <p>Methods, join points and aspects go by numbers, and frames by their place, so that a thread
 * keeps an array of the JDK's only and no class loader alive. Internal: programs use {@code
 * CurrentSkill}.
 */
public final class RunningSkills {

  /** Stands for no mark. */
  public static final int UNMARKED = -1;

  /** The answer of {@link #enter} if the use is not to be counted. */
  public static final int SEEN_ALREADY = 0;

  /** The first number tells where the next frame goes. */
  private static final int FIRST_FRAME = 1;

  private static final int FRAME = 2;
  private static final int SEER = 1;
  private static final int INITIAL_LENGTH = FIRST_FRAME + 8 * FRAME;

  private static final ThreadLocal<long[]> FRAMES = new ThreadLocal<>();

  private RunningSkills() {}

  /**
   * Pushes a frame, unless another aspect, or this one at another join point, has just pushed one
   * for the same call. A recursive call comes to the frame's own aspect and join point first.
   *
   * @param method the method's number
   * @param joinPoint the number of the join point in the method
   * @param aspect the aspect's number
   * @return the frame's place; {@link #SEEN_ALREADY} if there is none
   */
  public static int enter(int method, int joinPoint, int aspect) {
    long[] frames = FRAMES.get();
    if (frames == null) {
      frames = new long[INITIAL_LENGTH];
      frames[0] = FIRST_FRAME;
      FRAMES.set(frames);
    }
    int frame = (int) frames[0];
    long seer = (long) joinPoint << Integer.SIZE | aspect;
    // Blocks have the number 0.
    boolean isOfSameMethod =
        method != 0 && frame > FIRST_FRAME && (int) frames[frame - FRAME] == method;
    if (isOfSameMethod && frames[frame - FRAME + SEER] != seer) {
      return SEEN_ALREADY;
    }
    if (frame == frames.length) {
      frames = Arrays.copyOf(frames, 2 * frames.length - FIRST_FRAME);
      FRAMES.set(frames);
    }
    frames[frame] = (long) UNMARKED << Integer.SIZE | method;
    frames[frame + SEER] = seer;
    frames[0] = frame + FRAME;
    return frame;
  }

  /**
   * Pops a frame, and those above it whose exits a stack overflow has prevented.
   *
   * @param frame its place
   * @return how the skill was marked; {@link #UNMARKED} if it was not
   */
  public static int leave(int frame) {
    long[] frames = FRAMES.get();
    if (frames == null || frame >= frames[0]) {
      return UNMARKED;
    }
    frames[0] = frame;
    return (int) (frames[frame] >> Integer.SIZE);
  }

  /**
   * Marks the innermost skill.
   *
   * @param mark the mark; not negative
   * @return whether there is a skill to mark
   */
  public static boolean mark(int mark) {
    long[] frames = FRAMES.get();
    if (frames == null || frames[0] == FIRST_FRAME) {
      return false;
    }
    int innermost = (int) frames[0] - FRAME;
    frames[innermost] = (long) mark << Integer.SIZE | (int) frames[innermost];
    return true;
  }

  /**
   * How many skills are running.
   *
   * @return the depth
   */
  public static int depth() {
    long[] frames = FRAMES.get();
    return frames == null ? 0 : (int) (frames[0] - FIRST_FRAME) / FRAME;
  }
}
