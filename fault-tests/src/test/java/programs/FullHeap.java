package programs;

import java.util.ArrayDeque;
import java.util.Deque;

/** Uses a skill while there is no memory left. */
final class FullHeap {

  private FullHeap() {}

  /** Answers which exception the use throws, or that it throws none. */
  static String use() throws ClassNotFoundException {
    // To load the class of the skill and the advice is left to the JVM, which fails by itself.
    Class.forName(Skills.class.getName());
    Class.forName("dev.autoskill.telemetry.aspect.TrackedSkillAspect");
    Class.forName("dev.autoskill.telemetry.aspect.SkillCalls");
    Object answer = new Object();
    Throwable thrown = null;
    Deque<byte[]> hoard = new ArrayDeque<>(1 << 20);
    for (int size = 1 << 20; size > 0; size /= 2) {
      try {
        while (true) {
          hoard.push(new byte[size]);
        }
      } catch (OutOfMemoryError full) {
        // A smaller piece may still fit.
      }
    }
    try {
      Skills.answer(answer);
    } catch (Throwable failure) {
      thrown = failure;
    }
    hoard.clear();
    return thrown == null ? "nothing" : thrown.toString();
  }
}
