package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.OpenCollector;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.annotations.OutcomeSource;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of those who may say how a use ended is listened to. */
class OutcomeOrderTest {

  private static final List<Class<? extends Throwable>> NONE = List.of();

  @TempDir Path directory;

  private TelemetryCollector telemetry;
  private EndedUses uses;

  @BeforeEach
  void open() {
    telemetry = OpenCollector.on(directory.resolve("telemetry.db"));
    uses = new EndedUses(telemetry);
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void returningIsASuccessAndThrowingAFailure() {
    assertEquals(Outcome.SUCCESS, uses.returned(EndedUses.skill(), null));
    assertEquals(Outcome.SUCCESS, uses.returned(EndedUses.skill(), "text"));
    assertEquals(Outcome.FAILURE, uses.threw(EndedUses.skill(), new IOException()));
    assertEquals(Outcome.FAILURE, uses.threw(EndedUses.skill(), new StackOverflowError()));
  }

  @Test
  void beingStoppedBySomebodyElseIsNoFailure() {
    assertEquals(Outcome.SKIPPED, uses.threw(EndedUses.skill(), new InterruptedException()));
    assertEquals(Outcome.SKIPPED, uses.threw(EndedUses.skill(), new CancellationException()));
  }

  @ParameterizedTest
  @EnumSource
  void aReturnedOutcomeIsTheOutcome(Outcome returned) {
    Outcome expected = returned == Outcome.UNRECOGNISED ? Outcome.SUCCESS : returned;
    OutcomeSource source = () -> returned;

    assertEquals(expected, uses.returned(EndedUses.skill(), returned));
    assertEquals(expected, uses.returned(EndedUses.skill(), source));
  }

  @Test
  void aResultThatDoesNotSayLeavesItToTheMark() {
    OutcomeSource silent = () -> null;
    OutcomeSource failing =
        () -> {
          throw new IllegalStateException();
        };

    assertEquals(Outcome.PARTIAL, uses.returned(EndedUses.skill(), silent, Outcome.PARTIAL));
    assertEquals(0, telemetry.stats().faults());
    assertEquals(Outcome.SKIPPED, uses.returned(EndedUses.skill(), failing, Outcome.SKIPPED));
    assertEquals(1, telemetry.stats().faults());
  }

  @Test
  void aResultThatSaysWinsOverTheMark() {
    assertEquals(
        Outcome.FAILURE, uses.returned(EndedUses.skill(), Outcome.FAILURE, Outcome.PARTIAL));
  }

  @Test
  void listedExceptionsWinOverTheMarkAndSkippedOverPartial() {
    SkillDefinition skill =
        EndedUses.skill(List.of(FileNotFoundException.class), List.of(IOException.class));

    assertEquals(Outcome.SKIPPED, uses.threw(skill, new FileNotFoundException(), Outcome.PARTIAL));
    assertEquals(Outcome.PARTIAL, uses.threw(skill, new IOException(), Outcome.SKIPPED));
    assertEquals(Outcome.FAILURE, uses.threw(skill, new RuntimeException()));
    assertEquals(Outcome.PARTIAL, uses.threw(skill, new RuntimeException(), Outcome.PARTIAL));
  }

  @Test
  void aListedExceptionIsFoundInWhatFuturesWrapItIn() {
    SkillDefinition skill = EndedUses.skill(List.of(IOException.class), NONE);
    Throwable wrapped = new CompletionException(new ExecutionException(new IOException()));

    assertEquals(Outcome.SKIPPED, uses.threw(skill, wrapped));
    assertEquals(Outcome.FAILURE, uses.threw(skill, new CompletionException(null)));
  }

  @Test
  void aWrapperCountsWhereItIsListedItself() {
    Throwable wrapped = new CompletionException(new ExecutionException(new IOException()));

    for (Class<? extends Throwable> wrapper :
        List.of(CompletionException.class, ExecutionException.class)) {
      assertEquals(Outcome.SKIPPED, uses.threw(EndedUses.skill(List.of(wrapper), NONE), wrapped));
      assertEquals(Outcome.PARTIAL, uses.threw(EndedUses.skill(NONE, List.of(wrapper)), wrapped));
    }
  }

  /** Every wrapper is a {@code RuntimeException}, whatever it wraps. */
  @Test
  void aWrapperDoesNotCountWhereItsSuperclassIsListed() {
    SkillDefinition skill = EndedUses.skill(List.of(RuntimeException.class), NONE);

    assertEquals(Outcome.FAILURE, uses.threw(skill, new CompletionException(new IOException())));
    assertEquals(
        Outcome.SKIPPED, uses.threw(skill, new CompletionException(new RuntimeException())));
    assertEquals(Outcome.SKIPPED, uses.threw(skill, new CompletionException(null)));
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void causesMayFormACycle() {
    Throwable cyclic = new CompletionException(new Cyclic());

    assertEquals(Outcome.FAILURE, uses.threw(EndedUses.skill(), cyclic));
    assertEquals(Outcome.FAILURE, uses.threw(EndedUses.skill(ByException.class), cyclic));
    assertEquals(Outcome.FAILURE, uses.threw(EndedUses.skill(ByWrapper.class), cyclic));
    SkillDefinition listed = EndedUses.skill(List.of(ExecutionException.class), NONE);
    assertEquals(Outcome.FAILURE, uses.threw(listed, cyclic));
  }

  @Test
  void aMapperWinsOverEverythingElse() {
    SkillDefinition skill = EndedUses.skill(ByText.class);

    assertEquals(Outcome.PARTIAL, uses.returned(skill, "partial", Outcome.SKIPPED));
    assertEquals(Outcome.FAILURE, uses.returned(skill, "failure"));
  }

  @Test
  void aMapperIsNotAskedAboutOtherTypes() {
    assertEquals(Outcome.SUCCESS, uses.returned(EndedUses.skill(ByText.class), 1));
    assertEquals(Outcome.SUCCESS, uses.returned(EndedUses.skill(ByText.class), null));
    assertEquals(0, telemetry.stats().faults());
  }

  @Test
  void aMapperThatDoesNotSayLeavesItToTheOthers() {
    SkillDefinition skill = EndedUses.skill(ByText.class);

    assertEquals(Outcome.SKIPPED, uses.returned(skill, "null", Outcome.SKIPPED));
    assertEquals(Outcome.SUCCESS, uses.returned(skill, "no outcome's name"));
    assertEquals(0, telemetry.stats().faults());
    assertEquals(Outcome.SUCCESS, uses.returned(skill, "throw"));
    assertEquals(1, telemetry.stats().faults());
    assertEquals(Outcome.FAILURE, uses.returned(skill, "failure"));
  }

  @Test
  void aMapperThatCannotBeMadeIsCountedOnceAndAskedNoMore() {
    SkillDefinition skill = EndedUses.skill(Unmakable.class);

    assertEquals(Outcome.SUCCESS, uses.returned(skill, "a"));
    assertEquals(Outcome.SUCCESS, uses.returned(skill, "b"));
    assertEquals(1, telemetry.stats().faults());
  }

  @Test
  void aMapperJudgesExceptionsToo() {
    SkillDefinition skill = EndedUses.skill(ByException.class);

    assertEquals(Outcome.SKIPPED, uses.threw(skill, new IOException()));
    assertEquals(
        Outcome.SKIPPED, uses.threw(skill, new CompletionException(new FileNotFoundException())));
    assertEquals(Outcome.FAILURE, uses.threw(skill, new RuntimeException()));
  }

  @Test
  void aMapperOfWrappersJudgesThose() {
    SkillDefinition skill = EndedUses.skill(ByWrapper.class);
    Throwable wrapped = new CompletionException(new ExecutionException(new IOException()));

    for (int i = 0; i < 2; i++) {
      assertEquals(Outcome.PARTIAL, uses.threw(skill, wrapped));
      assertEquals(Outcome.FAILURE, uses.threw(skill, new CompletionException(new IOException())));
    }
  }

  @Test
  void aMapperOfAllExceptionsJudgesWhatIsWrapped() {
    SkillDefinition skill = EndedUses.skill(ByThrowable.class);

    assertEquals(Outcome.SKIPPED, uses.threw(skill, new CompletionException(new IOException())));
  }

  @Test
  void aMapperThatCannotBeMadeIsMadeNoMore() {
    Faults faults = new Faults(null);
    AtomicInteger attempts = new AtomicInteger();
    Mappers.Mapper mapper =
        new Mappers.Mapper(
            "Some",
            () -> {
              attempts.incrementAndGet();
              throw new IOException();
            });

    assertNull(mapper.ask("ending", faults));
    assertNull(mapper.ask("ending", faults));

    assertEquals(1, attempts.get());
    assertEquals(1, faults.count());
    assertEquals(List.of("mapper Some cannot be made: java.io.IOException"), faults.troubles());
  }

  /** Two methods may name the same one. */
  @Test
  void aMapperThatCannotBeReachedIsNamedAndCountedOnce() {
    for (Class<? extends OutcomeMapper<?>> mapper :
        List.of(Unmakable.class, Hidden.class, Unmakable.class)) {
      assertEquals(Outcome.SUCCESS, uses.returned(EndedUses.skill(mapper), "failure"));
    }

    assertEquals(2, telemetry.stats().faults());
    List<String> expected =
        Stream.of(Unmakable.class, Hidden.class)
            .map(
                mapper ->
                    "mapper "
                        + mapper.getName()
                        + " cannot be reached: open its package (opens "
                        + mapper.getPackageName()
                        + ") or make it public with a public constructor")
            .toList();
    assertEquals(expected, telemetry.diagnostics().troubles());
    List<String> lines = telemetry.diagnostics().lines();
    expected.forEach(line -> assertTrue(lines.contains("trouble: " + line), lines::toString));
  }

  @Test
  void aMapperThatIsMissingIsNamed() {
    assertEquals(Outcome.SUCCESS, uses.returned(EndedUses.skill("com.acme.Missing"), "failure"));

    assertEquals(
        List.of("mapper com.acme.Missing cannot be loaded: java.lang.ClassNotFoundException"),
        telemetry.diagnostics().troubles());
    assertEquals(1, telemetry.stats().faults());
  }

  @Test
  void aRuleForAMissingClassMatchesNothingAndHarmsNoOther() {
    SkillDefinition skill =
        EndedUses.skillWithRules(
            Set.of("com.acme.Missing", "java.io.FileNotFoundException"),
            Set.of("com.acme.Other", "java.io.IOException"));

    assertEquals(Outcome.SKIPPED, uses.threw(skill, new FileNotFoundException()));
    assertEquals(Outcome.PARTIAL, uses.threw(skill, new EOFException()));
    assertEquals(Outcome.FAILURE, uses.threw(skill, new RuntimeException()));
    assertEquals(0, telemetry.stats().faults());
  }

  @Test
  void aSlowMapperHoldsUpNobodyAndIsAskedNoMore() throws InterruptedException {
    SkillDefinition slow = EndedUses.skill(Stuck.class);
    SkillDefinition quick = EndedUses.skill(ByText.class);

    telemetry.endings().ended(slow, null, "first", null, null, 0, System.nanoTime());
    Stuck.ENTERED.await();
    telemetry.endings().ended(slow, null, "second", null, null, 0, System.nanoTime());
    telemetry.endings().ended(quick, null, "partial", null, null, 0, System.nanoTime());
    List<Outcome> outcomes = uses.events().stream().map(TelemetryEvent::outcome).toList();
    Stuck.RELEASE.countDown();

    assertEquals(List.of(Outcome.PARTIAL, Outcome.SUCCESS, Outcome.SUCCESS), outcomes);
    assertEquals(1, telemetry.stats().faults());
    assertEquals(3, telemetry.stats().stored());
  }

  @Test
  void closingEndsTheThreadAndRecordsWhatIsUnanswered() throws InterruptedException {
    Set<Thread> others = outcomeThreads();
    telemetry.endings().ended(EndedUses.skill(ByText.class), null, "partial", null, null, 0, 1);
    Set<Thread> own = outcomeThreads();
    own.removeAll(others);
    Thread thread = own.iterator().next();

    telemetry.close();
    thread.join(EndedUses.PATIENCE.toMillis());

    assertFalse(thread.isAlive());
    assertEquals(Outcome.PARTIAL, telemetry.getEvents().get(0).outcome());
    telemetry.endings().ended(EndedUses.skill(ByText.class), null, "partial", null, null, 0, 1);
    assertEquals(1, telemetry.stats().dropped());
  }

  @Test
  void waitingInVainKeepsTheInterruptOfWhoWaits() {
    telemetry.endings().ended(EndedUses.skill(Silent.class), null, "ending", null, null, 0, 1);
    Thread.currentThread().interrupt();

    boolean isSettled = telemetry.endings().settle(EndedUses.after(Duration.ofMillis(20)));

    assertTrue(Thread.interrupted());
    assertFalse(isSettled);
    Silent.RELEASE.countDown();
  }

  private static Set<Thread> outcomeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("autoskill-telemetry-outcomes"))
        .collect(Collectors.toSet());
  }

  /** Says nothing until it is let go. */
  public static final class Silent implements OutcomeMapper<Object> {

    static final CountDownLatch RELEASE = new CountDownLatch(1);

    public Silent() {}

    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      try {
        RELEASE.await(EndedUses.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return null;
    }
  }

  /** Knows outcomes by their texts. */
  public static final class ByText implements OutcomeMapper<String> {

    public ByText() {}

    @Override
    public Class<String> type() {
      return String.class;
    }

    @Override
    public Outcome outcomeOf(String ending) {
      return switch (ending) {
        case "null" -> null;
        case "throw" -> throw new IllegalStateException();
        default -> Outcome.ofText(ending);
      };
    }
  }

  /** Thinks that there was nothing to read. */
  public static final class ByException implements OutcomeMapper<IOException> {

    public ByException() {}

    @Override
    public Class<IOException> type() {
      return IOException.class;
    }

    @Override
    public Outcome outcomeOf(IOException ending) {
      return Outcome.SKIPPED;
    }
  }

  /** Thinks nothing of tasks that fail. */
  public static final class ByWrapper implements OutcomeMapper<ExecutionException> {

    public ByWrapper() {}

    @Override
    public Class<ExecutionException> type() {
      return ExecutionException.class;
    }

    @Override
    public Outcome outcomeOf(ExecutionException ending) {
      return Outcome.PARTIAL;
    }
  }

  /** Looks at what it is given. */
  public static final class ByThrowable implements OutcomeMapper<Throwable> {

    public ByThrowable() {}

    @Override
    public Class<Throwable> type() {
      return Throwable.class;
    }

    @Override
    public Outcome outcomeOf(Throwable ending) {
      return ending instanceof IOException ? Outcome.SKIPPED : null;
    }
  }

  /** An exception that wraps itself. */
  private static final class Cyclic extends CompletionException {

    private static final long serialVersionUID = 1;

    Cyclic() {
      initCause(new CompletionException(this));
    }
  }

  /** Does not answer. */
  public static final class Stuck implements OutcomeMapper<Object> {

    static final CountDownLatch ENTERED = new CountDownLatch(1);
    static final CountDownLatch RELEASE = new CountDownLatch(1);

    public Stuck() {}

    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      ENTERED.countDown();
      try {
        RELEASE.await(EndedUses.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Outcome.FAILURE;
    }
  }

  /** Cannot be seen from elsewhere. */
  private static final class Hidden implements OutcomeMapper<String> {

    @Override
    public Class<String> type() {
      return String.class;
    }

    @Override
    public Outcome outcomeOf(String ending) {
      return Outcome.FAILURE;
    }
  }

  /** Has no constructor that could be used. */
  public static final class Unmakable implements OutcomeMapper<Object> {

    public Unmakable(int parameter) {}

    @Override
    public Class<Object> type() {
      return Object.class;
    }

    @Override
    public Outcome outcomeOf(Object ending) {
      return Outcome.FAILURE;
    }
  }
}
