package programs;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;

/** Uses a skill and then stays, so that it can be looked at. */
public final class Resting {

  private Resting() {}

  /**
   * Stays until its input ends.
   *
   * @param arguments {@code report}, to ask for one as well, or anything else
   * @throws IOException if its input cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    greet("agent");
    if (arguments[0].equals("report")) {
      Telemetry.collector().getEffectivenessReport();
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      continue;
    }
  }

  @TrackedSkill("greet")
  private static String greet(String name) {
    return "hello ".concat(name);
  }
}
