package skills.observed;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Uses skills, one within another, which return, throw, and have results that come later. */
public final class ObservedProgram {

  private ObservedProgram() {}

  public static void main(String[] args) throws Exception {
    outer();
    IOException failure = new IOException();
    try {
      failing(failure);
    } catch (IOException thrown) {
      System.out.println("thrown: " + (thrown == failure));
    }
    CompletableFuture<String> result = new CompletableFuture<>();
    System.out.println("returned: " + (later(result) == result));
    Thread other = new Thread(() -> result.complete("result"));
    other.start();
    other.join();
    System.out.println("returned: " + unobservable());
    System.out.println("current: " + PrintingObserver.CURRENT.get());
    // Until the registered mappers are known, another thread looks for them.
    Telemetry.collector().flush(Duration.ofSeconds(30));
  }

  @TrackedSkill("outer")
  private static void outer() {
    CurrentSkill.partial();
    inner();
    System.out.println("current: " + PrintingObserver.CURRENT.get());
  }

  @TrackedSkill("inner")
  private static int inner() {
    return 1;
  }

  @TrackedSkill("failing")
  private static void failing(IOException failure) throws IOException {
    throw failure;
  }

  @TrackedSkill("later")
  private static CompletableFuture<String> later(CompletableFuture<String> result) {
    return result;
  }

  @TrackedSkill("unobservable")
  private static int unobservable() {
    return 7;
  }
}
