package programs;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.SkillUse;
import java.util.ArrayDeque;
import java.util.Deque;

/** Uses a skill while there is no memory left. */
final class FullHeap {

  private FullHeap() {}

  /** Answers which exception a tracked method throws, or that it throws none. */
  static String use() throws ClassNotFoundException {
    // To load the class of the skill and the advice is left to the JVM, which fails by itself.
    Class.forName(Skills.class.getName());
    Class.forName("dev.autoskill.telemetry.aspect.TrackedSkillAspect");
    Class.forName("dev.autoskill.telemetry.aspect.SkillCalls");
    Object answer = new Object();
    return thrownBy(() -> Skills.answer(answer));
  }

  /** Answers which exception the first recorded event throws, or that it throws none. */
  static String record(TelemetryCollector telemetry) {
    SkillUse use = SkillUse.of("recorded");
    return thrownBy(() -> telemetry.recordEvent(use));
  }

  private static String thrownBy(Runnable use) {
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
      use.run();
    } catch (Throwable failure) {
      thrown = failure;
    }
    hoard.clear();
    return thrown == null ? "nothing" : thrown.toString();
  }
}
