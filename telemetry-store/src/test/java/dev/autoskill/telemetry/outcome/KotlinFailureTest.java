package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.OpenCollector;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure of Kotlin's {@code Result} is returned as an object that carries the exception. */
class KotlinFailureTest {

  private static final String SOURCE =
      """
      package kotlin;

      public final class Result {
        public static final class Failure {
          public final Throwable exception;

          public Failure(Throwable exception) {
            this.exception = exception;
          }
        }
      }
      """;

  @TempDir Path directory;

  private TelemetryCollector telemetry;
  private EndedUses uses;
  private URLClassLoader kotlin;

  @BeforeEach
  void open() throws IOException {
    telemetry = OpenCollector.on(directory.resolve("telemetry.db"));
    uses = new EndedUses(telemetry);
    Path source = Files.writeString(directory.resolve("Result.java"), SOURCE);
    Path classes = Files.createDirectory(directory.resolve("classes"));
    String[] arguments = {"-d", classes.toString(), source.toString()};
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments));
    kotlin = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
  }

  @AfterEach
  void close() throws IOException {
    telemetry.close();
    kotlin.close();
  }

  @Test
  void countsAsThrown() throws Exception {
    SkillDefinition skill = EndedUses.skill(List.of(IOException.class), List.of());

    assertEquals(Outcome.FAILURE, uses.returned(skill, failure(new IllegalStateException())));
    assertEquals(Outcome.SKIPPED, uses.returned(skill, failure(new IOException())));
    assertEquals(0, telemetry.stats().faults());
  }

  @Test
  void isAnsweredAsItIs() throws Exception {
    Object failure = failure(new IOException());

    assertSame(
        failure, telemetry.endings().ended(EndedUses.skill(), null, failure, null, null, 0, 1));
  }

  @Test
  void aStageMayComeToOne() throws Exception {
    Object stage = CompletableFuture.completedFuture(failure(new IOException()));

    assertEquals(Outcome.FAILURE, uses.returned(EndedUses.skill(), stage));
  }

  /** A mapper of exceptions is asked about the exception. */
  @Test
  void aMapperJudgesTheException() throws Exception {
    SkillDefinition skill = EndedUses.skill(OutcomeOrderTest.ByException.class);

    assertEquals(Outcome.SKIPPED, uses.returned(skill, failure(new IOException())));
    assertTrue(telemetry.diagnostics().troubles().isEmpty());
  }

  private Object failure(Throwable exception) throws Exception {
    return kotlin
        .loadClass("kotlin.Result$Failure")
        .getConstructor(Throwable.class)
        .newInstance(exception);
  }
}
