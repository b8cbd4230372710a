package dev.autoskill.telemetry.aspect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * When the skills that are now running on this thread were entered.
 *
 * <p>Before and after advice share no variable, so what the one saw has to wait for the other
 * somewhere: in one array of numbers a thread, which, being the JDK's own, keeps no class loader
 * alive, and which is used again by each call.
 */
final class RunningSkills {

  /** How many numbers a running skill takes up: that of its method, and the time of its entry. */
  private static final int FRAME = 2;

  private static final int FIRST_FRAME = 1;
  private static final int INITIAL_LENGTH = FIRST_FRAME + 16 * FRAME;

  /** A longer array, left by a deep recursion, is given back when nothing runs any more. */
  private static final int LONGEST_KEPT = FIRST_FRAME + 512 * FRAME;

  /** The first number tells where the next frame goes. */
  private static final ThreadLocal<long[]> FRAMES = new ThreadLocal<>();

  private RunningSkills() {}

  static void push(int method, long startNanos) {
    long[] frames = FRAMES.get();
    if (frames == null) {
      frames = new long[INITIAL_LENGTH];
      frames[0] = FIRST_FRAME;
      FRAMES.set(frames);
    }
    int top = (int) frames[0];
    if (top == frames.length) {
      frames = Arrays.copyOf(frames, 2 * frames.length - FIRST_FRAME);
      FRAMES.set(frames);
    }
    frames[top] = method;
    frames[top + 1] = startNanos;
    frames[0] = top + FRAME;
  }

  /**
   * Takes the latest entry of a method, and with it those above, whose exits were missed.
   *
   * @return when it was entered
   * @throws IllegalStateException if no entry of the method is known
   */
  static long pop(int method) {
    long[] frames = FRAMES.get();
    for (int frame = top(frames) - FRAME; frame >= FIRST_FRAME; frame -= FRAME) {
      if (frames[frame] == method) {
        long startNanos = frames[frame + 1];
        frames[0] = frame;
        if (frame == FIRST_FRAME && frames.length > LONGEST_KEPT) {
          FRAMES.remove();
        }
        return startNanos;
      }
    }
    throw new IllegalStateException("a skill ended whose start was not seen");
  }

  private static int top(long @Nullable [] frames) {
    return frames == null ? FIRST_FRAME : (int) frames[0];
  }
}
