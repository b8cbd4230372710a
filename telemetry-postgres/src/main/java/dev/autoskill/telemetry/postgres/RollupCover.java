package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.postgres.RollupDao.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The largest spans of the rollups that make up a window, and the gaps between them, in which
 * events have to be counted: at the ends of the window and of periods, and where a span is stale.
 */
final class RollupCover {

  private static final long DAY = 86_400_000_000L;
  private static final int TOP_LEVEL = 6;
  private static final int TOTAL_LEVEL = 7;
  private static final int CHILDREN = 4;
  private static final int LOG2_CHILDREN = 2;

  /**
   * A day of UTC, or some days.
   *
   * @param level 0 for a day; each level up to 6 has four spans of the one below it; 7 for all days
   *     before one
   * @param span its number, counted from 1970-01-01, or that of the one day
   */
  record Span(int level, int span) {

    private Span parent() {
      return new Span(level + 1, span >> LOG2_CHILDREN);
    }

    private long start() {
      return (long) span * length();
    }

    private long length() {
      return DAY << (LOG2_CHILDREN * level);
    }
  }

  /** From a moment until another one, in microseconds since 1970. */
  record Gap(long since, long until) {}

  /**
   * The rollups, as one transaction sees them.
   *
   * @param extent of all events
   * @param total the day before which all days are one span; null: there is none
   * @param stale the spans whose counts are not right, and so neither are those around them
   */
  record State(Extent extent, @Nullable Integer total, Set<Span> stale) {}

  private final Set<Span> unusable = new HashSet<>();
  private final long[] cuts;
  private final long until;
  private long since;
  private final List<Span> spans = new ArrayList<>();
  private final List<Integer> periods = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();

  private RollupCover(long since, long until, Long[] starts) {
    this.since = since;
    this.until = until;
    this.cuts = Arrays.stream(starts).mapToLong(Long::longValue).toArray();
  }

  /**
   * Finds it.
   *
   * @param since the beginning of the window in microseconds since 1970; null: it has none
   * @param until its end, likewise
   * @param starts of periods, in their order; no span reaches over one of them
   * @param state of the rollups
   */
  static RollupCover of(@Nullable Long since, @Nullable Long until, Long[] starts, State state) {
    Extent extent = state.extent;
    if (extent.first() == null || extent.last() == null) {
      return new RollupCover(0, 0, starts);
    }
    int firstDay = Math.toIntExact(Math.floorDiv(extent.first(), DAY));
    int lastDay = Math.toIntExact(Math.floorDiv(extent.last(), DAY));
    long earliest = firstDay * DAY;
    long latest = (lastDay + 1) * DAY;
    RollupCover cover =
        new RollupCover(
            since == null ? earliest : Math.max(since, earliest),
            until == null ? latest : Math.min(until, latest),
            starts);
    state.stale.forEach(cover::exclude);
    if (state.total != null && cover.since == earliest) {
      cover.beginWithTotal(new Span(TOTAL_LEVEL, state.total), latest, state.stale);
    }
    int lastTop = lastDay >> (LOG2_CHILDREN * TOP_LEVEL);
    for (int top = firstDay >> (LOG2_CHILDREN * TOP_LEVEL); top <= lastTop; top++) {
      cover.visit(new Span(TOP_LEVEL, top));
    }
    return cover;
  }

  private void beginWithTotal(Span total, long latest, Set<Span> stale) {
    long end = Math.min(total.span * DAY, latest);
    boolean isStale = stale.stream().anyMatch(each -> each.level == 0 && each.span < total.span);
    if (!isStale && since < end && end <= until && period(since) == period(end - 1)) {
      add(total, since);
      since = end;
    }
  }

  private void add(Span span, long start) {
    spans.add(span);
    periods.add(period(start));
  }

  /** {@return how many periods have begun at a moment} */
  private int period(long moment) {
    int index = Arrays.binarySearch(cuts, moment);
    return index < 0 ? -index - 1 : index + 1;
  }

  private void exclude(Span stale) {
    Span span = stale;
    while (unusable.add(span) && span.level < TOP_LEVEL) {
      span = span.parent();
    }
  }

  private void visit(Span span) {
    long start = span.start();
    long end = start + span.length();
    if (end <= since || start >= until) {
      return;
    }
    boolean isWhole = start >= since && end <= until && period(start) == period(end - 1);
    if (isWhole && !unusable.contains(span)) {
      add(span, start);
    } else if (span.level == 0) {
      addGap(Math.max(start, since), Math.min(end, until));
    } else {
      for (int child = 0; child < CHILDREN; child++) {
        visit(new Span(span.level - 1, (span.span << LOG2_CHILDREN) + child));
      }
    }
  }

  /** One query for gaps that touch. */
  private void addGap(long start, long end) {
    Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
    if (last != null && last.until == start) {
      gaps.set(gaps.size() - 1, new Gap(last.since, end));
    } else {
      gaps.add(new Gap(start, end));
    }
  }

  List<Span> spans() {
    return spans;
  }

  List<Gap> gaps() {
    return gaps;
  }

  Integer[] levels() {
    return spans.stream().map(Span::level).toArray(Integer[]::new);
  }

  Integer[] numbers() {
    return spans.stream().map(Span::span).toArray(Integer[]::new);
  }

  /** {@return for each span how many of the starts are not after it} */
  Integer[] periods() {
    return periods.toArray(Integer[]::new);
  }
}
