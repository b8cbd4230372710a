package dev.autoskill.telemetry.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.event.SkillContext.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

class SkillContextTest {

  private static final SkillContext NONE = new SkillContext(null, null);
  private static final SkillContext REVIEW = new SkillContext("s-1", "cursor");

  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @AfterEach
  void nothingIsLeftOpen() {
    executor.shutdownNow();
    assertNull(SkillContext.currentOrNull());
  }

  @Test
  void isCurrentWhileItsScopeIsOpen() {
    assertEquals(NONE, SkillContext.current());
    Scope scope = REVIEW.open();
    assertEquals(REVIEW, SkillContext.current());
    scope.close();
    assertEquals(NONE, SkillContext.current());
  }

  @Test
  void fillsInWhatAnInnerOneLeavesOpen() {
    Scope outer = REVIEW.open();
    Scope inner = SkillContext.ofAgent("codex").open();
    assertEquals(new SkillContext("s-1", "codex"), SkillContext.current());
    inner.close();
    assertEquals(REVIEW, SkillContext.current());
    outer.close();
  }

  @Test
  void scopesMayBeClosedInAnyOrderAndTwice() {
    Scope outer = SkillContext.ofSession("outer").open();
    Scope middle = SkillContext.ofSession("middle").open();
    Scope inner = SkillContext.ofSession("inner").open();
    middle.close();
    middle.close();
    assertEquals("inner", SkillContext.current().sessionId());
    inner.close();
    assertEquals("outer", SkillContext.current().sessionId());
    inner.close();
    assertEquals("outer", SkillContext.current().sessionId());
    outer.close();
  }

  @Test
  void anotherThreadCanNeitherSeeNorCloseIt() throws Exception {
    Scope scope = REVIEW.open();
    Future<SkillContext> seen =
        executor.submit(
            () -> {
              scope.close();
              return SkillContext.current();
            });
    assertEquals(NONE, seen.get());
    assertEquals(REVIEW, SkillContext.current());
    scope.close();
  }

  @Test
  void isCarriedIntoTasks() throws Exception {
    List<SkillContext> seen = new ArrayList<>();
    Runnable runnable;
    Callable<SkillContext> callable;
    Supplier<SkillContext> supplier;
    Scope scope = REVIEW.open();
    try {
      runnable = SkillContext.carry((Runnable) () -> seen.add(SkillContext.current()));
      callable = SkillContext.carry((Callable<SkillContext>) SkillContext::current);
      supplier = SkillContext.carrySupplier(SkillContext::current);
    } finally {
      scope.close();
    }
    executor.submit(runnable).get();
    assertEquals(List.of(REVIEW), seen);
    assertEquals(REVIEW, executor.submit(callable).get());
    assertEquals(REVIEW, CompletableFuture.supplyAsync(supplier, executor).get());
    assertEquals(NONE, executor.submit(SkillContext::current).get());
  }

  @Test
  void isCarriedAsItWasWhereTheTaskIsMadeEvenIfItWasNone() throws Exception {
    Callable<SkillContext> carried =
        SkillContext.carry((Callable<SkillContext>) SkillContext::current);
    Scope scope = REVIEW.open();
    try {
      assertEquals(NONE, carried.call());
      assertEquals(REVIEW, SkillContext.current());
    } finally {
      scope.close();
    }
  }

  @Test
  void goesWhenATaskThrows() {
    Scope scope = REVIEW.open();
    Callable<Void> failing =
        SkillContext.carry(
            (Callable<Void>)
                () -> {
                  throw new IllegalStateException("failing");
                });
    scope.close();
    assertThrows(IllegalStateException.class, failing::call);
  }

  @Test
  void isCarriedIntoEveryTaskOfAnExecutor() throws Exception {
    ExecutorService carrying = SkillContext.carry(executor);
    List<SkillContext> seen = new ArrayList<>();
    Callable<SkillContext> current = SkillContext::current;
    Runnable see = () -> seen.add(SkillContext.current());
    Scope scope = REVIEW.open();
    try {
      assertEquals(REVIEW, carrying.submit(current).get());
      carrying.execute(see);
      carrying.submit(see).get();
      assertEquals("result", carrying.submit(see, "result").get());
      Runnable nothing = () -> {};
      assertSame(nothing, carrying.submit(nothing, (Object) nothing).get());
      assertEquals(List.of(REVIEW, REVIEW, REVIEW), seen);
      assertEquals(REVIEW, carrying.invokeAll(List.of(current)).get(0).get());
      assertEquals(REVIEW, carrying.invokeAll(List.of(current), 1, TimeUnit.MINUTES).get(0).get());
      assertEquals(REVIEW, carrying.invokeAny(List.of(current)));
      assertEquals(REVIEW, carrying.invokeAny(List.of(current), 1, TimeUnit.MINUTES));
    } finally {
      scope.close();
    }
    assertEquals(NONE, carrying.submit(current).get());
    carrying.shutdown();
    assertEquals(true, carrying.awaitTermination(1, TimeUnit.MINUTES));
    assertEquals(true, executor.isTerminated());
  }

  @TestFactory
  Stream<DynamicTest> refusesBadArgumentsAndNamesThem() {
    return Stream.of(
        refuses("session", NullPointerException.class, () -> SkillContext.ofSession(null)),
        refuses("agent", NullPointerException.class, () -> SkillContext.ofAgent(null)),
        refuses("session", IllegalArgumentException.class, () -> REVIEW.withSession(" ")),
        refuses("agent", IllegalArgumentException.class, () -> REVIEW.withAgent("")),
        refuses(
            "task", NullPointerException.class, () -> SkillContext.carry((Callable<String>) null)),
        refuses("task", NullPointerException.class, () -> SkillContext.carry((Runnable) null)),
        refuses("supplier", NullPointerException.class, () -> SkillContext.carrySupplier(null)),
        refuses(
            "executor",
            NullPointerException.class,
            () -> SkillContext.carry((ExecutorService) null)));
  }

  private static DynamicTest refuses(
      String argument, Class<? extends RuntimeException> expected, Executable call) {
    return DynamicTest.dynamicTest(
        argument + " " + expected.getSimpleName(),
        () -> {
          String message = assertThrows(expected, call).getMessage();
          assertEquals(argument + " must not be", message.substring(0, message.lastIndexOf(' ')));
        });
  }
}
