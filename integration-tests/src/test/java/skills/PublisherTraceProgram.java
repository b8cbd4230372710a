package skills;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.concurrent.Flow;

/** Prints the stack trace of a skill that fails before it has a publisher to return. */
public final class PublisherTraceProgram {

  private PublisherTraceProgram() {}

  public static void main(String[] args) {
    try {
      publish(args.length);
    } catch (IllegalStateException thrown) {
      for (StackTraceElement frame : thrown.getStackTrace()) {
        System.out.println(frame);
      }
    }
  }

  @TrackedSkill("publish")
  private static Flow.Publisher<String> publish(int items) {
    if (items == 0) {
      throw new IllegalStateException();
    }
    return subscriber -> {};
  }
}
