package dev.autoskill.telemetry.junit;

import static dev.autoskill.telemetry.junit.SkillAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.AssertionFailedError;

@ExtendWith(SkillTelemetryExtension.class)
class UsesAssertTest {

  private static void record(SkillUse use) {
    Telemetry.collector().recordEvent(use);
  }

  private static AssertionFailedError failure(SkillUses uses, UnaryOperator<UsesAssert> assertion) {
    return assertThrows(AssertionFailedError.class, () -> assertion.apply(assertThat(uses)));
  }

  @Test
  void namesTheExpectedAndTheActualNumber(SkillUses uses) {
    record(SkillUse.of("search").duration(Duration.ofMillis(7)));
    record(SkillUse.of("search").outcome(Outcome.FAILURE).agent("cursor").session("s-1"));
    record(SkillUse.of("other"));

    AssertionFailedError thrown = failure(uses, all -> all.of("search").succeeded(2));

    assertEquals(2, thrown.getExpected().getValue());
    assertEquals(1L, thrown.getActual().getValue());
    assertEquals(
        """
        uses with the outcome success of "search": expected 2, but saw 1
        The uses of this test:
          search: success, 7 ms, agent unknown
          search: failure, agent cursor
          other: success, agent unknown""",
        thrown.getMessage());
  }

  @Test
  void countsByOutcome(SkillUses uses) {
    record(SkillUse.of("a"));
    record(SkillUse.of("a").outcome(Outcome.FAILURE));
    record(SkillUse.of("a").outcome(Outcome.FAILURE));
    record(SkillUse.of("a").outcome(Outcome.PARTIAL));
    record(SkillUse.of("a").outcome(Outcome.SKIPPED));

    assertThat(uses).of("a").times(5).succeeded(1).failed(2).partial(1).skipped(1);
    assertThat(uses).of("b").never();
    failure(uses, all -> all.times(4));
    failure(uses, all -> all.never());
    failure(uses, all -> all.succeeded(2));
    failure(uses, all -> all.failed(1));
    failure(uses, all -> all.partial(0));
    failure(uses, all -> all.skipped(2));
  }

  @Test
  void narrowsDownByAgentAndSession(SkillUses uses) {
    record(SkillUse.of("a").agent("cursor").session("s-1"));
    record(SkillUse.of("a").agent("codex").session("s-1"));
    record(SkillUse.of("a"));

    assertThat(uses).byAgent("cursor").times(1);
    assertThat(uses).inSession("s-1").times(2);
    assertThat(uses).of("a").inSession("s-1").byAgent("codex").times(1);
    assertTrue(
        failure(uses, all -> all.of("a").inSession("s-1").byAgent("codex").times(0))
            .getMessage()
            .startsWith(
                "uses of \"a\" in the session \"s-1\" by the agent \"codex\": expected 0, but saw"
                    + " 1\n"));
  }

  @Test
  void saysWhatIsYetToCome(SkillUses uses) throws Exception {
    CompletableFuture<String> pending = new CompletableFuture<>();
    Telemetry.collector().use("slow", () -> pending);

    String message = failure(uses, all -> all.of("slow").times(1)).getMessage();

    assertTrue(message.contains("The results of 1 more are yet to come"), message);
    pending.complete("");
    assertThat(uses).of("slow").times(1);
  }

  @Test
  void saysThatNothingIsWoven(SkillUses uses) {
    String message = failure(uses, all -> all.of("a").times(1)).getMessage();

    assertTrue(message.contains("\nThis test made no use of a skill.\n"), message);
    assertTrue(message.contains("\nNo agent was started that weaves skills"), message);
    record(SkillUse.of("a"));
    assertFalse(failure(uses, all -> all.never()).getMessage().contains("agent was started"));
  }

  @Test
  void refusesWhatMakesNoSense(SkillUses uses) {
    assertThrows(IllegalArgumentException.class, () -> assertThat(uses).times(-1));
    assertThrows(NullPointerException.class, () -> assertThat(uses).of(null));
    assertThrows(NullPointerException.class, () -> assertThat(uses).byAgent(null));
    assertThrows(NullPointerException.class, () -> assertThat(uses).inSession(null));
    assertThrows(NullPointerException.class, () -> assertThat(null));
    assertThrows(NullPointerException.class, () -> uses.carry((Runnable) null));
  }
}
