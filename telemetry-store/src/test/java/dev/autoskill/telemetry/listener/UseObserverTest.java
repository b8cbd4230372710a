package dev.autoskill.telemetry.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UseObserverTest {

  @TempDir Path directory;

  private final SetClock clock = new SetClock();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private TelemetryCollector open(UseObserver... observers) {
    TelemetryConfig.Builder config =
        TelemetryConfig.builder().database(directory.resolve("telemetry.db"));
    for (UseObserver observer : observers) {
      config.observer(observer);
    }
    return TelemetryCollector.open(config.build(), Environment.of(Map.of()), clock);
  }

  private static List<String> troubles(TelemetryCollector telemetry, Object observer) {
    String name = observer.getClass().getName();
    return telemetry.diagnostics().troubles().stream()
        .filter(trouble -> trouble.startsWith(name))
        .map(trouble -> trouble.substring(name.length()))
        .toList();
  }

  /** Writes down what it is told. */
  private class Diary implements UseObserver {

    private final String name;

    Diary(String name) {
      this.name = name;
    }

    @Override
    public @Nullable Use began(Skill skill, String agentId) {
      Thread caller = Thread.currentThread();
      seen.add(name + " began " + skill.name());
      return new Use() {
        @Override
        public void left() {
          assertSame(caller, Thread.currentThread());
          seen.add(name + " left");
        }

        @Override
        public void ended(
            @Nullable Outcome outcome, long startNanos, long endNanos, @Nullable Class<?> thrown) {
          assertTrue(outcome == null || endNanos - startNanos >= 0);
          String type = thrown == null ? "" : " " + thrown.getSimpleName();
          seen.add(name + " ended " + outcome + type);
        }
      };
    }
  }

  @Test
  void anObserverIsToldWhenAUseBeginsIsLeftAndEnds() throws Exception {
    try (TelemetryCollector telemetry = open(new Diary("a"))) {
      telemetry.run("outer", () -> telemetry.run("inner", CurrentSkill::skipped));
      IOException failure = new IOException();
      assertSame(
          failure,
          assertThrows(
              IOException.class,
              () ->
                  telemetry.use(
                      "failing",
                      () -> {
                        throw failure;
                      })));
    }
    assertEquals(
        List.of(
            "a began outer",
            "a began inner",
            "a left",
            "a ended SKIPPED",
            "a left",
            "a ended SUCCESS",
            "a began failing",
            "a left",
            "a ended FAILURE IOException"),
        seen);
  }

  @Test
  void observersAreToldOfTheEndInReverseOrder() {
    try (TelemetryCollector telemetry =
        open(new Diary("a"), (skill, agentId) -> null, new Diary("b"))) {
      telemetry.run("skill", () -> {});
    }
    assertEquals(
        List.of(
            "a began skill",
            "b began skill",
            "b left",
            "a left",
            "a ended SUCCESS",
            "b ended SUCCESS"),
        seen);
  }

  @Test
  void aResultThatIsYetToComeEndsTheUseWhenItComes() throws Exception {
    try (TelemetryCollector telemetry = open(new Diary("a"))) {
      CompletableFuture<String> result = new CompletableFuture<>();
      assertSame(result, telemetry.use("later", () -> result));
      assertEquals(List.of("a began later", "a left"), seen);

      Thread other =
          new Thread(
              () -> result.completeExceptionally(new CompletionException(new IOException())));
      other.start();
      other.join();
      assertEquals("a ended FAILURE IOException", seen.get(2));
    }
  }

  @Test
  void theEndOfAUseThatIsDroppedIsNotKnown() throws Exception {
    try (TelemetryCollector telemetry = open(new Diary("a"))) {
      CompletableFuture<String> result = new CompletableFuture<>();
      for (int i = 0; i < 1_001; i++) {
        result.thenRun(() -> {});
      }
      telemetry.use("crowded", () -> result);
      assertEquals(1, telemetry.stats().dropped());
    }
    assertEquals(List.of("a began crowded", "a left", "a ended null"), seen);
  }

  @Test
  void anObserverSeesWhatReportsShow() {
    try (TelemetryCollector telemetry = open(new Diary("a"))) {
      telemetry.run("for me@example.com", () -> {});
      assertEquals("redacted", telemetry.getEvents().get(0).skillName());
    }
    assertEquals("a began redacted", seen.get(0));
  }

  @Test
  @SuppressWarnings("try")
  void anObserverSeesTheAgentThatReportsShow() {
    UseObserver agents =
        (skill, agentId) -> {
          seen.add(agentId);
          return null;
        };
    TelemetryConfig config =
        TelemetryConfig.builder()
            .database(directory.resolve("telemetry.db"))
            .agent("cursor")
            .observer(agents)
            .build();
    try (TelemetryCollector telemetry =
        TelemetryCollector.open(config, Environment.of(Map.of()), clock)) {
      telemetry.run("skill", () -> {});
      for (String agent : List.of("claude-code", "unknown", "me@example.com")) {
        try (SkillContext.Scope scope = SkillContext.ofAgent(agent).open()) {
          telemetry.run("skill", () -> {});
        }
      }
      List<String> shown =
          telemetry.getEvents().stream()
              .map(TelemetryEvent::agentId)
              .collect(Collectors.toCollection(ArrayList::new));
      Collections.reverse(shown);
      assertEquals(List.of("cursor", "claude-code", "unknown", "redacted"), shown);
      assertEquals(shown, seen);
    }
  }

  @Test
  void faultsOfAnObserverAreCountedAndCutItOffWithoutTouchingTheCall() throws Exception {
    UseObserver hostile =
        (skill, agentId) -> {
          if (skill.name().equals("begin")) {
            throw new IllegalStateException();
          }
          return new UseObserver.Use() {
            @Override
            public void left() {
              seen.add("left");
              throw new IllegalStateException();
            }

            @Override
            public void ended(
                @Nullable Outcome outcome,
                long startNanos,
                long endNanos,
                @Nullable Class<?> thrown) {
              seen.add("ended");
              throw new AssertionError();
            }
          };
        };
    TelemetryCollector telemetry = open(hostile);
    Object result = new Object();
    Object outerResult =
        telemetry.use(
            "outer",
            () -> {
              for (int i = 0; i < 49; i++) {
                assertSame(result, telemetry.use("begin", () -> result));
              }
              for (int i = 0; i < 40; i++) {
                assertSame(result, telemetry.use("end", () -> result));
              }
              return result;
            });
    telemetry.close();

    assertSame(result, outerResult);
    // The hundredth failure is the leaving of the 26th use at whose end the observer throws. Of the
    // outer use, which had begun before, only the leaving is told.
    assertEquals(27, Collections.frequency(seen, "left"));
    assertEquals(25, Collections.frequency(seen, "ended"));
    assertEquals(1 + 49 + 40, telemetry.stats().stored());
    assertEquals(49 + 51 + 1 + 1, telemetry.stats().faults());
    assertEquals(
        List.of(" throws too often and is told of nothing more"), troubles(telemetry, hostile));
  }

  @Test
  void anObserverThatHangsIsCutOff() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    List<String> asked = new ArrayList<>();
    UseObserver hanging =
        (skill, agentId) -> {
          asked.add(skill.name());
          entered.countDown();
          released.await();
          return null;
        };
    TelemetryCollector telemetry = open(hanging);
    Thread caller = new Thread(() -> telemetry.run("hangs", () -> {}));
    caller.start();
    entered.await();

    clock.advance(Duration.ofSeconds(11));
    telemetry.run("goes on", () -> {});

    assertEquals(List.of("hangs"), asked);
    assertEquals(
        List.of(" takes too long and is told of nothing more"), troubles(telemetry, hanging));
    released.countDown();
    caller.join();
    telemetry.close();
    assertEquals(2, telemetry.stats().stored());
  }

  @Test
  void theEndOfTheStackSaysNothingAboutAnObserver() {
    UseObserver deep =
        (skill, agentId) -> {
          throw new StackOverflowError();
        };
    try (TelemetryCollector telemetry = open(deep)) {
      for (int i = 0; i < 150; i++) {
        telemetry.run("skill", () -> {});
      }
      assertEquals(150, telemetry.stats().faults());
      assertTrue(troubles(telemetry, deep).isEmpty());
    }
  }
}
