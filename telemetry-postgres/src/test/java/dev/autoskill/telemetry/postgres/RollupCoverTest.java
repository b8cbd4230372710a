package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.postgres.RollupCover.Gap;
import dev.autoskill.telemetry.postgres.RollupCover.Span;
import dev.autoskill.telemetry.postgres.RollupCover.State;
import dev.autoskill.telemetry.postgres.RollupDao.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollupCoverTest {

  private static final long DAY = 86_400_000_000L;
  private static final long HOUR = DAY / 24;
  private static final Long[] NO_STARTS = {};

  /** From the day 20,000 to the end of the day 20,999. */
  private static final Extent EXTENT = new Extent(20_000 * DAY + 5, 20_999 * DAY + 7);

  @Test
  void everythingIsAFewSpans() {
    RollupCover cover = RollupCover.of(null, null, NO_STARTS, new State(EXTENT, null, Set.of()));

    assertEquals(List.of(), cover.gaps());
    assertTrue(cover.spans().size() <= 15, cover.spans().toString());
  }

  @Test
  void allDaysBeforeTodayAreOneSpan() {
    State state = new State(EXTENT, 20_996, Set.of(new Span(0, 20_999), new Span(1, 5_249)));

    RollupCover cover = RollupCover.of(null, null, NO_STARTS, state);

    assertEquals(
        List.of(new Span(7, 20_996), new Span(0, 20_996), new Span(0, 20_997), new Span(0, 20_998)),
        cover.spans());
    assertEquals(List.of(new Gap(20_999 * DAY, 21_000 * DAY)), cover.gaps());
    state = new State(EXTENT, 30_000, Set.of());
    cover = RollupCover.of(EXTENT.first() - DAY, null, NO_STARTS, state);
    assertEquals(List.of(new Span(7, 30_000)), cover.spans(), "nothing since then");
  }

  @Test
  void daysThatTheWindowCutsAreGaps() {
    RollupCover cover =
        RollupCover.of(
            20_500 * DAY + HOUR,
            20_503 * DAY + 2 * HOUR,
            NO_STARTS,
            new State(EXTENT, null, Set.of()));

    assertEquals(List.of(new Span(0, 20_501), new Span(0, 20_502)), cover.spans());
    assertEquals(
        List.of(
            new Gap(20_500 * DAY + HOUR, 20_501 * DAY),
            new Gap(20_503 * DAY, 20_503 * DAY + 2 * HOUR)),
        cover.gaps());
  }

  @Test
  void aStaleDayIsAGapAndSoIsNoSpanAroundIt() {
    RollupCover cover =
        RollupCover.of(
            20_480 * DAY,
            20_496 * DAY,
            NO_STARTS,
            new State(EXTENT, null, Set.of(new Span(0, 20_485))));

    assertEquals(List.of(new Gap(20_485 * DAY, 20_486 * DAY)), cover.gaps());
    assertEquals(
        List.of(
            new Span(1, 5_120),
            new Span(0, 20_484),
            new Span(0, 20_486),
            new Span(0, 20_487),
            new Span(1, 5_122),
            new Span(1, 5_123)),
        cover.spans());
  }

  @Test
  void noEventsHaveNoSpansAndNoGaps() {
    RollupCover cover =
        RollupCover.of(null, null, NO_STARTS, new State(new Extent(null, null), 9, Set.of()));

    assertTrue(cover.spans().isEmpty() && cover.gaps().isEmpty());
  }

  @Test
  void eachMomentOfTheWindowIsCoveredOnceAndInItsPeriod() {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      Extent extent =
          new Extent(
              (-300 + random.nextInt(200)) * DAY + random.nextInt(), random.nextInt(5_000) * DAY);
      long since = extent.first() - 5 * DAY + (long) (random.nextDouble() * 400 * DAY);
      long until = since + 1 + (long) (random.nextDouble() * 3_000 * DAY);
      Long[] starts = new Long[random.nextInt(4)];
      for (int i = 0; i < starts.length; i++) {
        long start = since + (long) (random.nextDouble() * (until - since));
        starts[i] = random.nextBoolean() ? start : Math.floorDiv(start, DAY) * DAY;
      }
      Arrays.sort(starts);
      List<Span> stale = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        int level = random.nextInt(4);
        stale.add(new Span(level, random.nextInt(5_000) - 300 >> 2 * level));
      }

      Integer total = random.nextBoolean() ? null : random.nextInt(4_000) / 4 * 4;
      assertCovered(since, until, starts, new State(extent, total, Set.copyOf(stale)));
    }
  }

  private static void assertCovered(long since, long until, Long[] starts, State state) {
    RollupCover cover = RollupCover.of(since, until, starts, state);
    long latest = Math.floorDiv(state.extent().last(), DAY) * DAY + DAY;
    long first = Math.max(since, Math.floorDiv(state.extent().first(), DAY) * DAY);
    record Part(long start, long end) {}
    List<Part> parts = new ArrayList<>();
    Integer[] periods = cover.periods();
    for (int i = 0; i < periods.length; i++) {
      Span span = cover.spans().get(i);
      long length = DAY << 2 * (span.level() % 7);
      long start = span.level() == 7 ? first : span.span() * length;
      long end = span.level() == 7 ? Math.min(span.span() * DAY, latest) : start + length;
      parts.add(new Part(start, end));
      assertEquals(period(starts, start), periods[i]);
      assertEquals(period(starts, start), period(starts, end - 1), "no start in it");
      for (Span each : state.stale()) {
        long staleStart = each.span() * (DAY << 2 * each.level());
        boolean isWithin =
            (span.level() == 7 ? each.level() == 0 : each.level() <= span.level())
                && staleStart >= start
                && staleStart < end;
        assertFalse(isWithin, each + " in " + span);
      }
    }
    cover.gaps().forEach(gap -> parts.add(new Part(gap.since(), gap.until())));
    parts.sort((one, other) -> Long.compare(one.start, other.start));
    long reached = first;
    long end = Math.min(until, latest);
    for (Part part : parts) {
      assertEquals(reached, part.start);
      reached = part.end;
    }
    assertTrue(reached == end || parts.isEmpty() && reached >= end, reached + " " + end);
  }

  private static int period(Long[] starts, long moment) {
    return (int) Arrays.stream(starts).filter(start -> start <= moment).count();
  }
}
