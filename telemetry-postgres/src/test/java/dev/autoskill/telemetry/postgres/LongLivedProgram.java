package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.SkillUse;
import java.io.IOException;
import java.time.Duration;

/** Records one event, prints the library's threads, and lives until its input ends. */
final class LongLivedProgram {

  private LongLivedProgram() {}

  public static void main(String[] arguments) throws IOException {
    try (TelemetryCollector telemetry = TelemetryCollector.open()) {
      telemetry.recordEvent(SkillUse.of("long-lived"));
      telemetry.flush(Duration.ofSeconds(30));
      Thread.getAllStackTraces().keySet().stream()
          .map(Thread::getName)
          .filter(name -> name.startsWith("autoskill-"))
          .sorted()
          .forEach(System.out::println);
      System.in.read();
    }
  }
}
