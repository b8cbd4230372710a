package skills;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.TrackedSkill;

/** Lets the stack overflow within a skill, wherever that happens to hit, and then goes on. */
public final class BottomlessProgram {

  private static final int ROUNDS = 20;

  /** So little that the uses of all rounds fit into the queue. */
  private static final long STACK_BYTES = 300_000;

  private BottomlessProgram() {}

  public static void main(String[] args) throws InterruptedException {
    Thread shallow = new Thread(null, BottomlessProgram::run, "shallow", STACK_BYTES);
    shallow.start();
    shallow.join();
  }

  private static void run() {
    for (int round = 0; round < ROUNDS; round++) {
      try {
        System.out.println("the bottom is at " + bottomless(0));
      } catch (StackOverflowError e) {
        System.out.println("no bottom");
      }
      System.out.println(afterwards(round) + ", skills that still run: " + CurrentSkill.depth());
    }
  }

  @TrackedSkill("bottomless")
  private static int bottomless(int depth) {
    return 1 + bottomless(depth + 1);
  }

  @TrackedSkill("afterwards")
  private static int afterwards(int round) {
    return round + 1;
  }
}
