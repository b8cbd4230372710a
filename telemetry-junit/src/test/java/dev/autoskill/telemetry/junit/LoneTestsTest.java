package dev.autoskill.telemetry.junit;

import static dev.autoskill.telemetry.junit.SkillAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that run one after the other. */
class LoneTestsTest {

  private static void use(String skill) {
    Telemetry.collector().run(skill, () -> {});
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class OfEveryKind {

    static final ExecutorService POOL = Executors.newCachedThreadPool();
    static final TelemetryCollector KEPT = Telemetry.collector();

    @BeforeAll
    static void before() {
      use("before-all");
    }

    @BeforeEach
    void beforeEach() {
      use("before");
    }

    @AfterEach
    void after(SkillUses uses) {
      use("after");
      assertThat(uses).of("before").succeeded(1);
      assertThat(uses).of("after").succeeded(1);
      assertThat(uses).of("before-all").never();
    }

    @Test
    void onItsThread(SkillUses uses) {
      use("own");
      assertThrows(
          IllegalStateException.class,
          () ->
              Telemetry.collector()
                  .use(
                      "own",
                      () -> {
                        throw new IllegalStateException();
                      }));
      Telemetry.collector()
          .recordEvent(SkillUse.of("own").outcome(Outcome.PARTIAL).agent("cursor"));
      Telemetry.collector().recordEvent(SkillUse.of("own").outcome(Outcome.SKIPPED));

      assertThat(uses).times(5);
      assertThat(uses).of("own").times(4).succeeded(1).failed(1).partial(1).skipped(1);
      assertThat(uses).of("own").byAgent("cursor").times(1).partial(1);
      assertEquals("before", uses.events().get(0).skillName());
      assertEquals(4, Telemetry.collector().getEvents("own", 10).size());
    }

    @Test
    void onAnyThread(SkillUses uses) throws Exception {
      Thread thread = new Thread(() -> use("thread"));
      thread.start();
      thread.join();
      POOL.submit(() -> use("pool")).get();
      CompletableFuture.runAsync(() -> use("common")).join();

      assertThat(uses).of("thread").succeeded(1);
      assertThat(uses).of("pool").succeeded(1);
      assertThat(uses).of("common").succeeded(1);
    }

    @RepeatedTest(2)
    void onTheSamePoolAsTheTestBefore(SkillUses uses) throws Exception {
      POOL.submit(() -> use("pool")).get();

      assertThat(uses).of("pool").succeeded(1);
    }

    @Test
    void withinSessions(SkillUses uses) {
      use("any");
      try (SkillContext.Scope scope = SkillContext.ofSession("s-1").open()) {
        use("any");
        assertEquals("s-1", SkillContext.current().sessionId(), scope.toString());
      }

      assertThat(uses).of("any").times(2);
      assertThat(uses).inSession("s-1").of("any").times(1);
    }

    @Test
    void byACollectorThatTheProgramKeeps(SkillUses uses) {
      KEPT.recordEvent(SkillUse.of("kept"));
      KEPT.run("kept", () -> {});

      assertThat(uses).of("kept").times(2);
    }

    @Test
    @Timeout(threadMode = Timeout.ThreadMode.SEPARATE_THREAD, value = 1, unit = TimeUnit.MINUTES)
    void onTheThreadOfATimeout(SkillUses uses) {
      use("timed");

      assertThat(uses).of("timed").succeeded(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void asOftenAsTheParameterSays(int times, SkillUses uses) {
      for (int i = 0; i < times; i++) {
        use("repeated");
      }

      assertThat(uses).of("repeated").succeeded(times);
    }

    @TestFactory
    Stream<DynamicTest> dynamic(SkillUses uses) {
      return Stream.of(1, 2)
          .map(
              number ->
                  DynamicTest.dynamicTest(
                      "dynamic " + number,
                      () -> {
                        use("dynamic");
                        assertThat(uses).of("dynamic").succeeded(number);
                      }));
    }

    @Nested
    class WithinAnother {

      @Test
      void seesItsOwn(SkillUses uses) {
        use("nested");

        assertThat(uses).times(2);
      }
    }
  }

  @Test
  void seeTheirOwnUses() {
    JupiterRun.of(JupiterRun.ALONE, OfEveryKind.class).succeeded(13);
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class WithAStage {

    @RepeatedTest(50)
    void seesTheUseOfAStageThatIsDone(SkillUses uses) throws Exception {
      CompletableFuture<String> result = new CompletableFuture<>();
      Telemetry.collector().use("stage", () -> result);
      assertThat(uses).never();
      Thread thread = new Thread(() -> result.complete("done"));
      thread.start();
      result.join();

      assertThat(uses).of("stage").succeeded(1);
      thread.join();
    }
  }

  @Test
  void waitForTheEndOfAUse() {
    JupiterRun.of(JupiterRun.ALONE, WithAStage.class).succeeded(50);
  }

  static class WithoutAnnotation {

    @Test
    void seesItsUses(SkillUses uses) {
      use("own");

      assertThat(uses).times(1);
    }
  }

  @Test
  void needNoAnnotationWhereJunitDetectsExtensions() {
    Map<String, String> settings = Map.of("junit.jupiter.extensions.autodetection.enabled", "true");
    JupiterRun.of(settings, WithoutAnnotation.class).succeeded(1);
    assertEquals(1, JupiterRun.of(JupiterRun.ALONE, WithoutAnnotation.class).thrown().size());
  }

  static class WithACollectorOfItsOwn {

    @Test
    void installsIt(@TempDir Path place) {
      try (TelemetryCollector own = TelemetryCollector.open(place.resolve("t.db"))) {
        Telemetry.install(own);
        use("own");
        assertEquals(1, own.getEvents().size());
        Telemetry.reset();
      }
    }
  }

  @Test
  void doNotDependOnThoseThatInstallACollector() {
    JupiterRun.of(JupiterRun.ALONE, Places.class, WithACollectorOfItsOwn.class, WithASession.class)
        .succeeded(3);
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class WithASession {

    private SkillContext.Scope scope;

    @BeforeEach
    void open() {
      scope = SkillContext.ofSession("s-2").withAgent("cursor").open();
    }

    @AfterEach
    void close() {
      scope.close();
    }

    @Test
    void keepsIt(SkillUses uses) {
      use("own");

      assertThat(uses).inSession("s-2").byAgent("cursor").of("own").times(1);
      assertThat(uses).times(1);
    }
  }

  @Test
  void areInTheSessionThatTheyOpen() {
    JupiterRun.of(JupiterRun.PARALLEL, WithASession.class).succeeded(1);
  }

  static class WithAKeptCollector {

    static @Nullable TelemetryCollector kept;

    @Test
    @ExtendWith(SkillTelemetryExtension.class)
    void seesItsUses(SkillUses uses) {
      if (kept == null) {
        kept = Telemetry.collector();
      }
      kept.run("kept", () -> {});

      assertThat(uses).of("kept").times(1);
    }
  }

  @Test
  void seeTheUsesOfACollectorThatTheProgramKeepsFromARunBefore() {
    JupiterRun.of(JupiterRun.ALONE, WithAKeptCollector.class).succeeded(1);
    JupiterRun.of(JupiterRun.ALONE, WithAKeptCollector.class).succeeded(1);
  }

  static class Places {

    static SkillUses kept;
    static Path directory;

    @Test
    @ExtendWith(SkillTelemetryExtension.class)
    void keepsItsUses(SkillUses uses) {
      use("kept");
      assertThat(uses).times(1);
      kept = uses;
      directory = Telemetry.diagnostics().database().getParent().getParent();
      assertTrue(Files.isDirectory(directory));
    }
  }

  @Test
  void leaveNothingBehind() {
    TelemetryCollector before = Telemetry.collector();
    JupiterRun.of(JupiterRun.ALONE, Places.class).succeeded(1);

    assertFalse(Files.exists(Places.directory), Places.directory.toString());
    assertThrows(IllegalStateException.class, Places.kept::events);
    assertNotEquals(before, Telemetry.collector());
    assertFalse(Telemetry.collector().isRecording());
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class InAConstructor {

    InAConstructor(SkillUses uses) {}

    @Test
    void isNotReached() {}
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class BeforeAllTests {

    @BeforeAll
    static void before(SkillUses uses) {}

    @Test
    void isNotReached() {}
  }

  @ParameterizedTest
  @ValueSource(classes = {InAConstructor.class, BeforeAllTests.class})
  void getNoUsesWhereThereIsNoTest(Class<?> tests) {
    List<Throwable> thrown = JupiterRun.of(JupiterRun.ALONE, tests).thrown();

    assertEquals(1, thrown.size());
    assertSame(ParameterResolutionException.class, thrown.get(0).getClass());
    assertTrue(thrown.get(0).getMessage().contains("@BeforeEach"), thrown.get(0).getMessage());
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class WithWorkLeftBehind {

    static Thread left;
    static final CountDownLatch GO = new CountDownLatch(1);

    @Test
    void leavesAThread() {
      left =
          new Thread(
              () -> {
                try {
                  GO.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                use("left");
              });
      left.start();
    }
  }

  @ExtendWith(SkillTelemetryExtension.class)
  static class After {

    @Test
    void doesNotSeeWhatAnotherTestsThreadDoes(SkillUses uses) throws Exception {
      WithWorkLeftBehind.GO.countDown();
      WithWorkLeftBehind.left.join(Duration.ofMinutes(1).toMillis());

      assertThat(uses).never();
    }
  }

  @Test
  void doNotSeeWhatATestBeforeHasLeftRunning() {
    JupiterRun.of(JupiterRun.ALONE, WithWorkLeftBehind.class, After.class).succeeded(2);
  }
}
