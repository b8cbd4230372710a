package dev.autoskill.telemetry.cli.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.cli.statistics.Regression.Measure;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RegressionsSettingsTest {

  private static final Instant RELEASE = Instant.parse("2026-11-01T00:00:00Z");

  private final Regressions gate = Regressions.since(RELEASE);

  @Test
  void theBaselineEndsWhereTheCurrentWindowBegins() {
    assertEquals(Instant.parse("2026-10-04T00:00:00Z"), gate.baselineStart());
    assertEquals(RELEASE.minusMillis(1), gate.baseline(Duration.ofMillis(1)).baselineStart());
    assertEquals(Instant.MIN, gate.baseline(Duration.ofSeconds(Long.MAX_VALUE)).baselineStart());
  }

  @Test
  void eachSettingIsKept() {
    assertEquals(
        new Regressions(RELEASE, Duration.ofDays(7), 30, 0.01, 0.5, Duration.ofSeconds(1), 0.01),
        gate.baseline(Duration.ofDays(7))
            .minimumUses(30)
            .minimumRateDrop(0.01)
            .minimumP95Rise(0.5)
            .minimumSlowdown(Duration.ofSeconds(1))
            .level(0.01));
  }

  @Test
  void refusesBadArgumentsAndNamesThem() {
    assertRefused("since ", () -> Regressions.since(null));
    assertRefused("baseline ", () -> gate.baseline(null));
    assertRefused("baseline ", () -> gate.baseline(Duration.ZERO));
    assertRefused("minimumUses ", () -> gate.minimumUses(0));
    assertRefused("minimumRateDrop ", () -> gate.minimumRateDrop(-0.01));
    assertRefused("minimumRateDrop ", () -> gate.minimumRateDrop(1.01));
    assertRefused("minimumRateDrop ", () -> gate.minimumRateDrop(Double.NaN));
    assertRefused("minimumP95Rise ", () -> gate.minimumP95Rise(-1));
    assertRefused("minimumP95Rise ", () -> gate.minimumP95Rise(Double.NaN));
    assertRefused("minimumP95Rise ", () -> gate.minimumP95Rise(Double.POSITIVE_INFINITY));
    assertRefused("minimumSlowdown ", () -> gate.minimumSlowdown(null));
    assertRefused("minimumSlowdown ", () -> gate.minimumSlowdown(Duration.ofMillis(-1)));
    assertRefused("level ", () -> gate.level(0));
    assertRefused("level ", () -> gate.level(1));
    assertRefused("level ", () -> gate.level(Double.NaN));
    assertRefused("skills ", () -> gate.among(null));
    UseSummary uses = UseSummary.NONE;
    assertRefused("baseline ", () -> new Windows(null, uses));
    assertRefused("current ", () -> new Windows(uses, null));
    assertRefused("skillName ", () -> new Regression(null, Measure.SUCCESS_RATE, 1, 0, 0));
    assertRefused("measure ", () -> new Regression("a", null, 1, 0, 0));
  }

  private static void assertRefused(String argument, Runnable call) {
    RuntimeException refusal = assertThrows(RuntimeException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(argument), refusal::getMessage);
  }
}
