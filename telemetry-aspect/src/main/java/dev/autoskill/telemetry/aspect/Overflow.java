package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.running.RunningSkills;
import java.lang.reflect.Method;

/**
 * Sets right what a stack overflow has left behind: where it hits, an exit may be missed, and its
 * entry stays. In a recursion each exit then takes the entry of the next one for its own, and those
 * of the outermost calls are left over.
 */
final class Overflow {

  /** Far enough from where the stack has overflown, so that there is room to look. */
  private static final int SHALLOW = 64;

  /** How many frames the JVM shows at most, unless it is told otherwise. */
  private static final int SHOWN = 1024;

  /**
   * The entry of a skill that is left by an overflow.
   *
   * @param latest the place of its latest entry
   * @return the place of the entry that belongs to the call, as far as the stack tells
   */
  int corrected(RunningSkills running, int latest, SkillMethod method, int watcher) {
    int depth = running.depth();
    if (depth < 2 || depth > SHALLOW) {
      return latest;
    }
    try {
      int calls = callsOf(method.method());
      int own = running.findNth(method.number(), watcher, calls);
      return own == 0 ? latest : own;
    } catch (StackOverflowError stillThere) {
      return latest;
    }
  }

  /** How many calls of the method, or of another of its name, are on the stack; or too many. */
  private static int callsOf(Method method) {
    StackTraceElement[] stack = Thread.currentThread().getStackTrace();
    if (stack.length >= SHOWN) {
      return Integer.MAX_VALUE;
    }
    String type = method.getDeclaringClass().getName();
    int count = 0;
    for (StackTraceElement frame : stack) {
      if (frame.getMethodName().equals(method.getName()) && frame.getClassName().equals(type)) {
        count++;
      }
    }
    return count;
  }
}
