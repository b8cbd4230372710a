package dev.autoskill.telemetry.kotlin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.outcome.Mappers;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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

  private static final SkillDefinition SKILL = skill(Set.of(), Mappers.NONE);

  @TempDir Path directory;

  private TelemetryCollector telemetry;
  private URLClassLoader kotlin;

  @BeforeEach
  void open() throws IOException {
    telemetry = TelemetryCollector.open(directory.resolve("telemetry.db"));
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
    SkillDefinition skipping = skill(Set.of(IOException.class.getName()), Mappers.NONE);

    assertEquals(Outcome.FAILURE, outcome(skipping, failure(new IllegalStateException())));
    assertEquals(Outcome.SKIPPED, outcome(skipping, failure(new IOException())));
    assertEquals(0, telemetry.stats().faults());
  }

  @Test
  void isAnsweredAsItIs() throws Exception {
    Object failure = failure(new IOException());

    assertSame(failure, telemetry.endings().ended(SKILL, null, failure, null, null, 0, 1));
  }

  @Test
  void aStageMayComeToOne() throws Exception {
    Object stage = CompletableFuture.completedFuture(failure(new IOException()));

    assertEquals(Outcome.FAILURE, outcome(SKILL, stage));
  }

  /** A mapper of exceptions is asked about the exception. */
  @Test
  void aMapperJudgesTheException() throws Exception {
    String mapper = SkippedByException.class.getName();
    SkillDefinition skill = skill(Set.of(), Mappers.of(KotlinFailureTest.class, mapper));

    assertEquals(Outcome.SKIPPED, outcome(skill, failure(new IOException())));
    assertTrue(telemetry.diagnostics().troubles().isEmpty());
  }

  public static final class SkippedByException implements OutcomeMapper<IOException> {

    public SkippedByException() {}

    @Override
    public Class<IOException> type() {
      return IOException.class;
    }

    @Override
    public Outcome outcomeOf(IOException ending) {
      return Outcome.SKIPPED;
    }
  }

  private static SkillDefinition skill(Set<String> skippedOn, Mappers mappers) {
    return new SkillDefinition(Skill.named("skill"), null, skippedOn, Set.of(), mappers, null);
  }

  private Outcome outcome(SkillDefinition skill, Object result) {
    telemetry.endings().ended(skill, null, result, null, null, 0, System.nanoTime());
    return telemetry.getEvents(null, 1).get(0).outcome();
  }

  private Object failure(Throwable exception) throws Exception {
    return kotlin
        .loadClass("kotlin.Result$Failure")
        .getConstructor(Throwable.class)
        .newInstance(exception);
  }
}
