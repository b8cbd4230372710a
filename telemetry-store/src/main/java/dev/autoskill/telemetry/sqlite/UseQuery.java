package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportOrder;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sqlite.QueryConnections.Basis;
import dev.autoskill.telemetry.sqlite.RollupSql.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the uses of a window: whole UTC days from the rollups, and from the events the rest, or
 * everything where the rollups are not right.
 *
 * <p>Good for one read transaction. Internal: nothing here is promised to stay.
 */
public final class UseQuery {

  private static final long START = Long.MIN_VALUE;
  private static final long END = Long.MAX_VALUE;

  /** Of all (skill, agent), the days: the order of the table's key. */
  private static final String COUNTED_DAYS =
      "(SELECT skill, agent FROM autoskill_java_total) CROSS JOIN autoskill_java_day USING (skill, agent)";

  private final Basis basis;
  private final ReportQuery query;

  private final State state;
  private final boolean hasRetained;
  private final Map<String, @Nullable Object> values = new HashMap<>();
  private final String who;
  private final String whose;
  private final long since;
  private final long until;

  /**
   * Makes a query.
   *
   * @param basis what it may rely on; the rollups know neither skills' ids nor sessions
   * @param query which uses, of which window
   */
  UseQuery(Basis basis, ReportQuery query) {
    boolean isOfEvents = query.id() != null || query.session() != null;
    this.basis = basis;
    this.query = query;
    this.state = isOfEvents ? State.NONE : basis.state();
    this.hasRetained = !isOfEvents && basis.hasRetained();
    // The rollups call them skill and agent.
    this.who =
        (query.skill() == null ? "TRUE" : "skill = :skill_name")
            + (query.agent() == null ? "" : " AND agent = :agent_id");
    this.whose = TelemetryDao.who(query, values);
    this.since = query.since() == null ? START : Timestamps.micros(query.since());
    this.until = query.until() == null ? END : Timestamps.micros(query.until());
    values.put("since", since);
    values.put("until", until);
    values.put("minimum", 1);
    values.put("limit", -1);
  }

  /** {@return one report per skill, as the query wants them; only these take up memory} */
  public List<EffectivenessReport> reports() {
    Map<String, Long> sessions = query.sessions() ? sessions() : Map.of();
    values.put("minimum", query.minimumUses());
    String order =
        switch (query.order()) {
          case MOST_USED -> "uses DESC, skill";
          case LAST_USED -> "last DESC, skill";
          case NAME, LEAST_SUCCESSFUL, SLOWEST -> "skill";
        };
    // SQL does not know the intervals and the percentiles.
    boolean isLimited =
        query.order() != ReportOrder.LEAST_SUCCESSFUL && query.order() != ReportOrder.SLOWEST;
    values.put("limit", isLimited ? query.limit() : -1);
    // The first to leave again comes first.
    PriorityQueue<EffectivenessReport> best =
        new PriorityQueue<>(query.order().comparator().reversed());
    forEach(
        "skill",
        order,
        0,
        uses -> {
          best.add(uses.report(uses.skill(), sessions.get(uses.skill())));
          if (best.size() > query.limit()) {
            best.remove();
          }
        });
    return best.stream().sorted(query.order().comparator()).toList();
  }

  /** {@return what the attempted uses come to, of all skills together} */
  public UseSummary summary() {
    UseSummary[] all = {UseSummary.NONE};
    forEach("period", "period", 0, found -> all[0] = found.summary());
    return all[0];
  }

  /**
   * {@return by name, the windows of skills that were used in the query's own, which has a
   * beginning}
   *
   * @param start the beginning of the window before it
   */
  public Map<String, Windows> windows(Instant start) {
    Map<String, UseSummary> before = new HashMap<>();
    if (start.isBefore(query.since())) {
      new UseQuery(basis, query.since(start).until(query.since()))
          .forEach("skill", "skill", 0, uses -> before.put(uses.skill(), uses.summary()));
    }
    Map<String, Windows> windows = new HashMap<>();
    forEach(
        "skill",
        "skill",
        0,
        uses ->
            windows.put(
                uses.skill(),
                new Windows(before.getOrDefault(uses.skill(), UseSummary.NONE), uses.summary())));
    return windows;
  }

  /**
   * {@return the trends of skills that have uses, by name; or of all together, by whatever name}
   *
   * @param periods those of the query's window; at least one
   * @param bySkill whether there is one per skill
   */
  public Map<String, List<TrendPoint>> trends(List<TrendPoint> periods, boolean bySkill) {
    Map<String, List<TrendPoint>> trends = new HashMap<>();
    // Of one period: they come one after another, and all of them would take up much memory.
    List<Uses> together = new ArrayList<>();
    String key = bySkill ? "skill, period" : "period";
    forEach(
        key,
        key,
        Periods.unitMicros(periods),
        uses -> {
          if (!together.isEmpty()) {
            Uses first = together.get(0);
            if (Periods.indexOf(periods, first.period()) != Periods.indexOf(periods, uses.period())
                || (bySkill && !first.skill().equals(uses.skill()))) {
              addPoint(trends, periods, together);
            }
          }
          together.add(uses);
        });
    addPoint(trends, periods, together);
    trends.replaceAll((skill, points) -> List.copyOf(points));
    return trends;
  }

  private static void addPoint(
      Map<String, List<TrendPoint>> trends, List<TrendPoint> periods, List<Uses> together) {
    if (!together.isEmpty()) {
      int index = Periods.indexOf(periods, together.get(0).period());
      trends
          .computeIfAbsent(together.get(0).skill(), skill -> new ArrayList<>(periods))
          .set(index, Uses.point(periods.get(index), together));
      together.clear();
    }
  }

  /**
   * Meets the uses of each skill or period that has any.
   *
   * @param key what the uses have in common: the skill, the period, or both
   * @param unit periods begin at multiples of so many microseconds; 0: there are none
   */
  private void forEach(String key, String order, long unit, Consumer<Uses> consumer) {
    long firstDay = Math.floorDiv(since, Timestamps.MICROS_PER_DAY);
    long lastDay = Math.floorDiv(until - 1, Timestamps.MICROS_PER_DAY);
    boolean isFirstCut = !isMidnight(since);
    boolean isLastCut = !isMidnight(until);
    // Texts that are no timestamps count for day 0, and no index finds them.
    boolean isCounted =
        state.isRight()
            && unit % Timestamps.MICROS_PER_DAY == 0
            && !(isFirstCut && firstDay == 0)
            && !(isLastCut && lastDay == 0);
    List<String> parts = new ArrayList<>();
    if (isCounted && since == START && until == END) {
      parts.add(RollupSql.PARTS.get("totals"));
    } else {
      if (isCounted) {
        parts.add(
            days(
                COUNTED_DAYS,
                isFirstCut ? firstDay + 1 : firstDay,
                isLastCut ? lastDay - 1 : lastDay,
                unit));
      }
      if (hasRetained) {
        // Also days that the window cuts.
        parts.add(days("autoskill_java_retained", firstDay, lastDay, unit));
      }
    }
    if (isCounted && state.watermark() != null) {
      if (state.uncounted() > 0) {
        parts.add(rest("rowid > " + state.watermark(), since, until));
      }
      if (isFirstCut) {
        parts.add(restOfDay(firstDay));
      }
      if (isLastCut && (lastDay > firstDay || !isFirstCut)) {
        parts.add(restOfDay(lastDay));
      }
    } else {
      parts.add(rest("TRUE", since, until));
    }
    // Division rounds towards 1970.
    basis
        .handle()
        .createQuery(
            RollupSql.PARTS
                .get("uses")
                .replace("<parts>", String.join(" UNION ALL ", parts))
                .replace("<skill>", key.startsWith("skill") ? "skill" : "''")
                .replace("<key>", key)
                .replace("<order>", order)
                .replace("<counts>", RollupSql.PARTS.get(unit == 0 ? "sums" : "columns"))
                .replace("<periodOfDay>", unit == 0 ? "0" : "day * " + Timestamps.MICROS_PER_DAY)
                .replace(
                    "<period>",
                    unit == 0 ? "0" : "at - (at %% %1$d + %1$d) %% %1$d".formatted(unit))
                .replace("<who>", who))
        .bindMap(values)
        .map(Uses::of)
        .forEach(consumer);
  }

  private Map<String, Long> sessions() {
    return basis
        .handle()
        .createQuery(RollupSql.PARTS.get("sessions").replace("<range>", whose))
        .bindMap(values)
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
        .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  private static String days(String table, long first, long last, long unit) {
    // Few rows are left of a window's days; but a trend's days are its periods, or nearly so.
    return RollupSql.PARTS
            .get("days")
            .replace("<table>", table)
            .replace("<first>", Long.toString(first))
            .replace("<last>", Long.toString(last))
        + (unit == 0 ? " GROUP BY skill, agent" : "");
  }

  /** The counted events of a day that are within the window; a text may have any offset. */
  private String restOfDay(long day) {
    return rest(
        "timestamp >= '%s' AND timestamp < '%s' AND rowid <= %d"
            .formatted(Timestamps.dateOf(day - 1), Timestamps.dateOf(day + 2), state.watermark()),
        Math.max(since, day * Timestamps.MICROS_PER_DAY),
        Math.min(until, (day + 1) * Timestamps.MICROS_PER_DAY));
  }

  private String rest(String range, long from, long to) {
    return RollupSql.PARTS
            .get("counted")
            .replace("<pairs>", "'\"' || bucket || '\":' || COUNT(bucket)")
            .replace("<range>", range + " AND " + whose)
            .replace("<window>", "at >= %d AND at < %d".formatted(from, to))
        + ", bucket";
  }

  private static boolean isMidnight(long micros) {
    return micros == START || micros == END || micros % Timestamps.MICROS_PER_DAY == 0;
  }
}
