package dev.autoskill.telemetry.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TelemetryListenerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  private final SetClock clock = new SetClock();
  private final List<TelemetryEvent> told = new CopyOnWriteArrayList<>();

  /** The events that a listener is told of that is registered as a service. */
  private final List<TelemetryEvent> toldAsService = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    RegisteredListener.atService = toldAsService::add;
  }

  @AfterEach
  void listenNoMore() {
    RegisteredListener.atService = event -> {};
  }

  private TelemetryConfig.Builder config() {
    return TelemetryConfig.builder()
        .database(directory.resolve("telemetry.db"))
        .closeTimeout(PATIENCE);
  }

  private TelemetryCollector open(TelemetryListener... listeners) {
    TelemetryConfig.Builder config = config();
    for (TelemetryListener listener : listeners) {
      config.listener(listener);
    }
    return TelemetryCollector.open(config.build(), Environment.of(Map.of()), clock);
  }

  private static void use(TelemetryCollector telemetry, int times) {
    for (int i = 0; i < times; i++) {
      telemetry.recordUse(Skill.named("skill"), null, Outcome.SUCCESS, 0, 0);
    }
  }

  private static List<String> troublesOf(TelemetryCollector telemetry, Class<?> listener) {
    return telemetry.diagnostics().troubles().stream()
        .filter(trouble -> trouble.startsWith(listener.getName()))
        .map(trouble -> trouble.substring(listener.getName().length()))
        .toList();
  }

  @Test
  void aListenerIsToldOfTheStoredEventsInTheirOrderOnAThreadOfItsOwn() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    TelemetryCollector telemetry =
        open(
            event -> {
              told.add(event);
              threads.add(Thread.currentThread().getName());
            });
    telemetry.recordEvent(SkillUse.of("/home/me/private").outcome(Outcome.PARTIAL));
    telemetry.run("block", () -> {});
    telemetry.close();

    assertEquals(List.of("redacted", "block"), told.stream().map(e -> e.skillName()).toList());
    assertEquals(Set.copyOf(telemetry.getEvents()), Set.copyOf(told));
    assertEquals(Set.of("autoskill-telemetry-listener"), threads);
  }

  @Test
  void aFlushLetsTheListenersHearOfWhatWasRecorded() {
    try (TelemetryCollector telemetry = open(told::add)) {
      use(telemetry, 1_000);
      assertTrue(telemetry.flush(PATIENCE));
      assertEquals(1_000, told.size());
    }
  }

  @Test
  void aRegisteredListenerIsToldUnlessOneOfItsClassIsSetInCode() {
    TelemetryCollector registered = open();
    use(registered, 1);
    registered.close();
    assertEquals(1, toldAsService.size());

    TelemetryCollector set = open(new RegisteredListener(told::add));
    use(set, 1);
    set.close();
    assertEquals(1, told.size());
    assertEquals(1, toldAsService.size());
  }

  @Test
  void aListenerThatThrowsAHundredTimesIsCutOffAndNamed() {
    AtomicInteger calls = new AtomicInteger();
    TelemetryListener failing =
        event -> {
          if (calls.incrementAndGet() > 1) {
            throw new IllegalStateException();
          }
        };
    TelemetryCollector telemetry = open(failing, told::add);
    use(telemetry, 150);
    telemetry.close();

    assertEquals(101, calls.get());
    assertEquals(150, told.size());
    assertEquals(150, telemetry.stats().stored());
    assertEquals(100 + 1, telemetry.stats().faults());
    assertEquals(
        List.of(" throws too often and is told of nothing more"),
        troublesOf(telemetry, failing.getClass()));
  }

  @Test
  void aListenerThatHangsHoldsUpNothingAndIsCutOffAndNamed() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    TelemetryListener hanging =
        event -> {
          calls.incrementAndGet();
          entered.countDown();
          released.await();
        };
    TelemetryCollector telemetry = open(hanging, told::add);
    use(telemetry, 2);
    entered.await();
    assertEquals(2, telemetry.getEvents().size());
    assertEquals(List.of(), troublesOf(telemetry, hanging.getClass()));

    clock.advance(Duration.ofSeconds(11));
    telemetry.close();

    assertEquals(2, told.size());
    assertEquals(1, calls.get());
    assertEquals(1, telemetry.stats().faults());
    assertEquals(
        List.of(" takes too long and is told of nothing more"),
        troublesOf(telemetry, hanging.getClass()));
    released.countDown();
  }

  @Test
  void aSlowListenerMissesEventsWhile65536WaitAndIsNamed() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    TelemetryListener slow =
        event -> {
          calls.incrementAndGet();
          entered.countDown();
          released.await();
        };
    Faults faults = new Faults(null);
    EventListeners listeners = new EventListeners(List.of(slow), clock, faults);
    TelemetryEvent event = anEvent();
    listeners.accept(event);
    entered.await();
    for (int i = 0; i < 70_000; i++) {
      listeners.accept(event);
    }
    released.countDown();
    listeners.close(System.nanoTime() + PATIENCE.toNanos());

    assertEquals(1 + 65_536, calls.get());
    assertEquals(
        List.of(slow.getClass().getName() + " is too slow and misses events"), faults.troubles());
  }

  private TelemetryEvent anEvent() {
    try (TelemetryCollector telemetry = open()) {
      return telemetry.recordEvent(SkillUse.of("skill"));
    }
  }

  @Test
  void whereTelemetryIsOffNobodyIsToldOfAnything() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    TelemetryConfig config =
        config()
            .disabled()
            .listener(told::add)
            .observer(
                (skill, agentId) -> {
                  throw new AssertionError("observed");
                })
            .build();
    TelemetryCollector telemetry = TelemetryCollector.open(config, Environment.of(Map.of()), clock);
    telemetry.run("skill", () -> {});
    telemetry.recordEvent(SkillUse.of("skill"));
    telemetry.close();

    assertEquals(List.of(), told);
    assertEquals(List.of(), toldAsService);
    assertEquals(0, telemetry.stats().faults());
    assertEquals(Set.of(), startedSince(before));
  }

  private static Set<Thread> startedSince(Set<Thread> before) {
    Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
    started.removeAll(before);
    started.removeIf(thread -> !thread.getName().startsWith("autoskill-telemetry"));
    return started;
  }
}
