package dev.autoskill.telemetry.junit;

import static dev.autoskill.telemetry.junit.SkillAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.outcome.Mappers;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.opentest4j.AssertionFailedError;

/** Tests that run at the same time, which they make sure of by waiting for each other. */
class ParallelTestsTest {

  private static final int TESTS = 4;

  private static void use(String skill) {
    Telemetry.collector().run(skill, () -> {});
  }

  /** Waits until as many tests do. */
  private static void meet(CyclicBarrier barrier) throws Exception {
    barrier.await(1, TimeUnit.MINUTES);
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class OfTheSameSkills {

    static final CyclicBarrier BARRIER = new CyclicBarrier(TESTS);
    static final ExecutorService POOL = Executors.newFixedThreadPool(TESTS);

    @RepeatedTest(TESTS)
    void eachSeesItsOwn(SkillUses uses) throws Exception {
      meet(BARRIER);
      use("own");
      Thread thread = new Thread(() -> new Thread(() -> use("grandchild")).start());
      Thread joined = new Thread(() -> use("child"));
      thread.start();
      joined.start();
      meet(BARRIER);
      try (SkillContext.Scope scope = SkillContext.ofSession("s-1").open()) {
        use("own");
        POOL.submit(uses.carry(() -> use(scope.getClass().getSimpleName()))).get();
      }
      POOL.submit(SkillContext.carry(() -> use("carried"))).get();
      POOL.submit(uses.carry(() -> SkillUse.of("none"))).get();
      Telemetry.collector().recordEvent(SkillUse.of("own").session("s-1"));
      CompletableFuture<Boolean> result =
          Telemetry.collector().use("stage", () -> CompletableFuture.supplyAsync(() -> true, POOL));
      result.join();
      POOL.submit(() -> use("lost")).get();
      meet(BARRIER);
      joined.join();
      thread.join();

      assertThat(uses).of("own").succeeded(3);
      assertThat(uses).of("child").succeeded(1);
      assertThat(uses).of("carried").succeeded(1);
      assertThat(uses).of("OpenScope").succeeded(1);
      assertThat(uses).of("stage").succeeded(1);
      assertThat(uses).of("lost").never();
      meet(BARRIER);
    }
  }

  @Test
  void seeTheirOwnUses() {
    JupiterRun.of(JupiterRun.PARALLEL, OfTheSameSkills.class).succeeded(TESTS);
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class OnThreadsOfJunit {

    static final CyclicBarrier BARRIER = new CyclicBarrier(2);

    @TestFactory
    Stream<DynamicTest> dynamic(SkillUses uses) {
      return Stream.of("a", "b")
          .map(
              name ->
                  DynamicTest.dynamicTest(
                      name,
                      () -> {
                        use("dynamic");
                        meet(BARRIER);
                        assertThat(uses).of("dynamic").times(2);
                      }));
    }

    @Test
    @Timeout(threadMode = Timeout.ThreadMode.SEPARATE_THREAD, value = 1, unit = TimeUnit.MINUTES)
    void timed(SkillUses uses) {
      use("timed");

      assertThat(uses).times(1);
    }
  }

  @Test
  void seeUsesOfDynamicTestsAndUnderATimeout() {
    JupiterRun.of(JupiterRun.PARALLEL, OnThreadsOfJunit.class).succeeded(3);
  }

  /** Its thread is started by the test that comes first, and then serves both. */
  static final class Worker {

    static final ExecutorService EXECUTOR = Executors.newSingleThreadExecutor();

    private Worker() {}
  }

  /** As that, but started while its class is being initialised. */
  static final class Server {

    static final SynchronousQueue<String> TASKS = new SynchronousQueue<>();
    static final SynchronousQueue<String> DONE = new SynchronousQueue<>();

    static {
      Thread thread = new Thread(Server::serve);
      thread.setDaemon(true);
      thread.start();
    }

    private Server() {}

    private static void serve() {
      try {
        while (true) {
          String skill = TASKS.take();
          use(skill);
          DONE.put(skill);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    static void use(String skill) {
      ParallelTestsTest.use(skill);
    }

    static void request(String skill) throws InterruptedException {
      TASKS.put(skill);
      DONE.take();
    }
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class WithThreadsThatServeAll {

    static final CountDownLatch STARTED = new CountDownLatch(1);
    static final CyclicBarrier BARRIER = new CyclicBarrier(2);

    @Test
    void startsThem(SkillUses uses) throws Exception {
      Worker.EXECUTOR.submit(() -> use("worker")).get();
      Server.request("server");
      CompletableFuture.runAsync(() -> use("common")).join();
      STARTED.countDown();
      meet(BARRIER);

      assertThat(uses).never();
      meet(BARRIER);
    }

    @Test
    void usesThemToo(SkillUses uses) throws Exception {
      STARTED.await(1, TimeUnit.MINUTES);
      Worker.EXECUTOR.submit(() -> use("worker")).get();
      Server.request("server");
      CompletableFuture.runAsync(() -> use("common")).join();
      Worker.EXECUTOR.submit(uses.carry(() -> use("carried"))).get();
      meet(BARRIER);

      assertThat(uses).of("carried").succeeded(1);
      assertThat(uses).times(1);
      meet(BARRIER);
    }
  }

  @Test
  void takeNoUsesOfThreadsThatServeAll() {
    JupiterRun.of(JupiterRun.PARALLEL, WithThreadsThatServeAll.class).succeeded(2);
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class WithVirtualThreads {

    @Test
    void seesThem(SkillUses uses) throws Exception {
      // Of JDK 21, against whose API this is not compiled.
      ExecutorService executor =
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      executor.submit(() -> use("virtual")).get();

      assertThat(uses).of("virtual").succeeded(1);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void seeUsesOnVirtualThreads() {
    JupiterRun.of(JupiterRun.PARALLEL, WithVirtualThreads.class).succeeded(1);
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class WithAStray {

    @Test
    void isToldOfIt(SkillUses uses) throws Exception {
      Worker.EXECUTOR.submit(() -> use("stray")).get();
      Worker.EXECUTOR.submit(() -> use("other")).get();

      String message =
          assertThrows(AssertionFailedError.class, () -> assertThat(uses).of("stray").times(1))
              .getMessage();

      assertTrue(message.contains("expected 1, but saw 0\n"), message);
      assertTrue(message.contains("\n1 such uses were made meanwhile on threads"), message);
    }
  }

  /** Whether others happen to run or not. */
  @Test
  void areToldOfUsesThatBelongToNobody() {
    JupiterRun.of(JupiterRun.PARALLEL, WithAStray.class).succeeded(1);
  }

  @Isolated
  @ExtendWith(SkillTelemetryExtension.class)
  static class InIsolation {

    @Test
    void seesAllThreads(SkillUses uses) throws Exception {
      Worker.EXECUTOR.submit(() -> use("isolated")).get();

      assertThat(uses).of("isolated").succeeded(1);
    }
  }

  @Test
  void seeAllWhereTheyAreIsolated() {
    JupiterRun.of(JupiterRun.PARALLEL, InIsolation.class).succeeded(1);
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class WithAUseThatEndsLate {

    static final CompletableFuture<Boolean> STAGE = new CompletableFuture<>();

    @Test
    void leavesIt(SkillUses uses) throws Exception {
      SkillContext.Scope session = SkillContext.ofSession("s-1").open();
      Telemetry.collector().use("late", () -> STAGE);
      session.close();
      assertThat(uses).never();
    }
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class WithAPublisherThatIsLeft {

    static final Flow.Publisher<String> PUBLISHER =
        subscriber ->
            subscriber.onSubscribe(
                new Flow.Subscription() {
                  @Override
                  public void request(long count) {}

                  @Override
                  public void cancel() {}
                });
    static Flow.Publisher<?> returned;

    @Test
    void leavesIt(SkillUses uses) {
      SkillDefinition definition =
          new SkillDefinition(
              Skill.named("late"), null, Set.of(), Set.of(), Mappers.NONE, Flow.Publisher.class);
      returned =
          (Flow.Publisher<?>)
              Telemetry.collector()
                  .endings()
                  .ended(definition, SkillContext.current(), PUBLISHER, null, null, 0, 1);
      assertThat(uses).never();
    }
  }

  /** Subscribes and cancels at once. */
  private record Cancelling() implements Flow.Subscriber<Object> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(Object item) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class Later {

    @Test
    void seesItsOwnOnly(SkillUses uses) {
      use("own");
      WithAUseThatEndsLate.STAGE.complete(true);
      WithAPublisherThatIsLeft.returned.subscribe(new Cancelling());
      List<TelemetryEvent> events = uses.events();

      assertEquals("own", events.get(0).skillName());
      assertEquals(1, events.size());
    }
  }

  @Test
  void doNotSeeTheLateEndOfAUseBefore() {
    JupiterRun.of(
            JupiterRun.ALONE,
            WithAUseThatEndsLate.class,
            WithAPublisherThatIsLeft.class,
            Later.class)
        .succeeded(3);
  }
}
