package dev.autoskill.telemetry;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Uses a skill a number of times, and ends in one way or another. Run in a process of its own. */
final class SpoolingProgram {

  static final String SKILL = "spooled";

  private SpoolingProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int uses = Integer.parseInt(arguments[1]);
    switch (arguments[0]) {
      case "returns" -> use(uses);
      case "exits" -> {
        use(uses);
        System.exit(0);
      }
      case "throws" -> {
        use(uses);
        throw new IllegalStateException("as the test wants it");
      }
      case "runs daemons only" -> {
        Thread daemon = new Thread(() -> use(uses));
        daemon.setDaemon(true);
        daemon.start();
        daemon.join();
      }
      case "waits" -> {
        use(uses);
        System.out.println("ready");
        System.in.read();
      }
      case "waits until it is safe" -> {
        use(uses);
        while (Telemetry.collector().stats().spooled() < uses) {
          Thread.onSpinWait();
        }
        System.out.println("ready");
        System.in.read();
      }
      case "fails and waits" -> {
        System.setProperty("autoskill.telemetry.errors", "class");
        fail(uses);
        while (Telemetry.collector().stats().spooled() < uses) {
          Thread.onSpinWait();
        }
        System.out.println("ready");
        System.in.read();
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void fail(int uses) {
    for (int i = 0; i < uses; i++) {
      try {
        Telemetry.collector().run(SKILL, SpoolingProgram::throwUnchecked);
      } catch (UncheckedIOException e) {
        // The use has failed, as it should.
      }
    }
  }

  private static void throwUnchecked() {
    throw new UncheckedIOException(new IOException("nobody's business"));
  }

  private static void use(int uses) {
    Skill skill = Skill.named(SKILL);
    for (int i = 0; i < uses; i++) {
      long now = System.nanoTime();
      Telemetry.collector().recordUse(skill, null, Outcome.SUCCESS, now, now);
    }
  }
}
