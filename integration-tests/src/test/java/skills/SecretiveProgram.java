package skills;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.time.Duration;
import java.util.Map;

/**
 * Uses skills with a secret (its first argument) wherever a call can carry one: in arguments,
 * fields, results, exceptions, the thread's name and a system property. Ends without closing the
 * database, so that all of its files are left.
 */
public final class SecretiveProgram {

  private final String secret;

  private SecretiveProgram(String secret) {
    this.secret = secret;
  }

  public static void main(String[] args) throws Exception {
    String secret = args[0];
    System.setProperty("secret", secret);
    Thread thread = new Thread(() -> new SecretiveProgram(secret).useSkills(), secret);
    thread.start();
    thread.join();

    TelemetryCollector telemetry = Telemetry.collector();
    Telemetry.track("secretive", Map.of("count", 1, "secret", new SecretiveProgram(secret)));
    boolean isStored = telemetry.flush(Duration.ofMinutes(1));
    while (telemetry.diagnostics().beacon().sent() == 0) {
      Thread.onSpinWait();
    }
    System.out.println(isStored ? "stored" : "NOT STORED");
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private void useSkills() {
    concatenate(secret, secret.toCharArray());
    try {
      divulge(secret);
    } catch (IllegalStateException e) {
      // Its message and its cause hold the secret.
    }
    Telemetry.collector().run("block", () -> concatenate(secret));
  }

  @TrackedSkill("concatenate")
  private String concatenate(String start, char... rest) {
    return start + secret + new String(rest);
  }

  @TrackedSkill("divulge")
  private Object divulge(Object argument) {
    throw new IllegalStateException(secret + argument, new RuntimeException(secret));
  }

  @Override
  public String toString() {
    return secret;
  }
}
