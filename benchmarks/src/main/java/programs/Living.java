package programs;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Uses a skill from time to time, and says when. */
public final class Living {

  private static final int LONGEST_PAUSE_MILLIS = 500;

  private Living() {}

  /**
   * Prints the time after each use.
   *
   * @param arguments how often to use the skill
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] arguments) throws InterruptedException {
    Random random = new Random(1);
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      greet("agent");
      System.out.println(System.currentTimeMillis());
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    }
    // It lives on until nobody wants it any more.
    while (true) {
      TimeUnit.DAYS.sleep(1);
    }
  }

  @TrackedSkill("greet")
  private static String greet(String name) {
    return "hello ".concat(name);
  }
}
