package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.EventColumn;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportOrder;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sqlite.RollupDao.Sessions;
import dev.autoskill.telemetry.sqlite.RollupDao.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the uses of a window: whole UTC days from the rollups, and from the events the rest, or
 * everything where the rollups are not right.
 *
 * <p>Good for one read transaction.
 */
final class UseQuery {

  /** How much of the rollups a query relies on. */
  enum Trust {
    /** All, if they are right. */
    ROLLUPS,
    /** The counts that retention left. */
    RETAINED,
    /** Nothing: the events alone. */
    NOTHING
  }

  private static final long START = Long.MIN_VALUE;
  private static final long END = Long.MAX_VALUE;

  /** Of all (skill, agent), the days: the order of the table's key. */
  private static final String COUNTED_DAYS =
      "(SELECT skill, agent FROM autoskill_java_total) CROSS JOIN autoskill_java_day USING (skill, agent)";

  private final RollupDao dao;

  /** Null: everything comes from the events. */
  private final @Nullable State state;

  private final boolean hasRetained;
  private final Map<String, @Nullable Object> values = new HashMap<>();
  private final String who;
  private final String whose;
  private long since = START;
  private long until = END;

  /**
   * Makes a query; of everything, until a window is set.
   *
   * @param trust how much of the rollups to rely on, which know neither skills' ids nor sessions
   * @param query whose uses; its window is not looked at
   */
  UseQuery(Handle handle, Trust trust, ReportQuery query) {
    this.dao = handle.attach(RollupDao.class);
    boolean isOfEvents = trust == Trust.NOTHING || query.id() != null || query.session() != null;
    State found = isOfEvents || trust == Trust.RETAINED ? null : Rollups.state(dao);
    this.state = found != null && found.isRight() ? found : null;
    this.hasRetained = found != null || (!isOfEvents && dao.schema().contains(RollupDao.RETAINED));
    // The rollups call them skill and agent.
    this.who =
        who(query, values, (column, v) -> column.column().split("_")[0] + " = :" + column.column());
    this.whose = who(query, values, TelemetryDao::is);
    values.put("minimum", 1);
    values.put("limit", -1);
  }

  /** The condition for whose uses a query is about; {@code values} gets what is to be bound. */
  static String who(
      ReportQuery query,
      Map<String, @Nullable Object> values,
      BiFunction<EventColumn, String, String> condition) {
    Map<EventColumn, @Nullable String> wanted = new EnumMap<>(EventColumn.class);
    wanted.put(EventColumn.SKILL_NAME, query.skill());
    wanted.put(EventColumn.SKILL_ID, query.id());
    wanted.put(EventColumn.AGENT_ID, query.agent());
    wanted.put(EventColumn.SESSION_ID, query.session());
    StringBuilder who = new StringBuilder("TRUE");
    wanted.forEach(
        (column, value) -> {
          if (value != null) {
            values.put(column.column(), value);
            who.append(" AND ").append(condition.apply(column, value));
          }
        });
    return who.toString();
  }

  private void window(@Nullable Instant start, @Nullable Instant end) {
    since = start == null ? START : Timestamps.micros(start);
    until = end == null ? END : Timestamps.micros(end);
    values.put("since", since);
    values.put("until", until);
  }

  /** {@return one report per skill; only these take up memory} */
  List<EffectivenessReport> reports(ReportQuery query) {
    window(query.since(), query.until());
    Map<String, Long> sessions =
        query.sessions()
            ? dao.sessions(whose, values).stream()
                .collect(Collectors.toMap(Sessions::name, Sessions::sessions))
            : Map.of();
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
        uses -> {
          best.add(uses.report(uses.skill(), sessions.get(uses.skill())));
          if (best.size() > query.limit()) {
            best.remove();
          }
        });
    return best.stream().sorted(query.order().comparator()).toList();
  }

  /** {@return what the attempted uses of a window come to, of all skills together} */
  UseSummary summary(@Nullable Instant start, @Nullable Instant end) {
    window(start, end);
    Uses[] all = {Uses.NONE};
    forEach("period", "period", found -> all[0] = found);
    return all[0].summary();
  }

  /** {@return by name, the windows of skills that were used from the middle to the end} */
  Map<String, Windows> windows(Instant start, Instant middle, @Nullable Instant end) {
    Map<String, UseSummary> before = new HashMap<>();
    window(start, middle);
    forEach("skill", "skill", uses -> before.put(uses.skill(), uses.summary()));
    Map<String, Windows> windows = new HashMap<>();
    window(middle, end);
    forEach(
        "skill",
        "skill",
        uses ->
            windows.put(
                uses.skill(),
                new Windows(before.getOrDefault(uses.skill(), UseSummary.NONE), uses.summary())));
    return windows;
  }

  /** {@return the uses of each period that has any, by the microsecond when it starts} */
  Map<Long, Uses> periods(List<Instant> starts, Instant end) {
    Map<Long, Uses> found = new HashMap<>();
    forEachPeriod("period", starts, end, uses -> found.put(uses.period(), uses));
    return found;
  }

  /** {@return the same by skill} */
  Map<String, Map<Long, Uses>> periodsBySkill(List<Instant> starts, Instant end) {
    Map<String, Map<Long, Uses>> found = new HashMap<>();
    forEachPeriod(
        "skill, period",
        starts,
        end,
        uses ->
            found.computeIfAbsent(uses.skill(), skill -> new HashMap<>()).put(uses.period(), uses));
    return found;
  }

  private void forEachPeriod(
      String key, List<Instant> starts, Instant end, Consumer<Uses> consumer) {
    window(starts.get(0), end);
    List<Long> micros = starts.stream().map(Timestamps::micros).toList();
    dao.createPeriods();
    dao.addPeriods(micros.toString());
    String period = "(SELECT MAX(start) FROM temp.autoskill_period WHERE start <= %s)";
    forEach(
        key,
        key,
        micros.stream().skip(1).allMatch(UseQuery::isMidnight),
        period.formatted("max(day * 86400000000, :since)"),
        period.formatted("at"),
        consumer);
  }

  /** Meets the uses of each skill, or of all together, where periods do not matter. */
  private void forEach(String key, String order, Consumer<Uses> consumer) {
    forEach(key, order, true, "0", "0", consumer);
  }

  /** Meets the uses of each skill or period that has any, by the key and in the order. */
  private void forEach(
      String key,
      String order,
      boolean isByDay,
      String periodOfDay,
      String periodOfMoment,
      Consumer<Uses> consumer) {
    long firstDay = Math.floorDiv(since, Timestamps.MICROS_PER_DAY);
    long lastDay = Math.floorDiv(until - 1, Timestamps.MICROS_PER_DAY);
    boolean isFirstCut = !isMidnight(since);
    boolean isLastCut = !isMidnight(until);
    // Texts that are no timestamps count for day 0, and no index finds them.
    boolean isCounted =
        state != null && isByDay && !(isFirstCut && firstDay == 0) && !(isLastCut && lastDay == 0);
    List<String> parts = new ArrayList<>();
    if (isCounted && since == START && until == END) {
      parts.add(RollupDao.TOTALS);
    } else {
      if (isCounted) {
        parts.add(
            days(
                COUNTED_DAYS,
                "Whole",
                isFirstCut ? firstDay + 1 : firstDay,
                isLastCut ? lastDay - 1 : lastDay));
      }
      if (hasRetained) {
        // Also days that the window cuts.
        parts.add(days("autoskill_java_retained", "Day", firstDay, lastDay));
      }
    }
    if (isCounted && state.watermark() != null) {
      values.put("watermark", state.watermark());
      parts.add(rest("rowid > :watermark", "", since, until));
      if (isFirstCut) {
        parts.add(restOfDay("First", firstDay));
      }
      if (isLastCut && (lastDay > firstDay || !isFirstCut)) {
        parts.add(restOfDay("Last", lastDay));
      }
    } else {
      parts.add(rest("TRUE", "", since, until));
    }
    dao.forEachUse(
        String.join(" UNION ALL ", parts)
            .replace("<periodOfDay>", periodOfDay)
            .replace("<period>", periodOfMoment)
            .replace("<who>", who),
        key,
        order,
        values,
        consumer);
  }

  private String days(String table, String part, long first, long last) {
    values.put("first" + part, first);
    values.put("last" + part, last);
    return RollupDao.DAYS
        .replace("<table>", table)
        .replace("<first>", "first" + part)
        .replace("<last>", "last" + part);
  }

  /** The counted events of a day that are within the window; a text may have any offset. */
  private String restOfDay(String part, long day) {
    values.put("dates" + part, Timestamps.dateOf(day - 1));
    values.put("datesEnd" + part, Timestamps.dateOf(day + 2));
    return rest(
        "timestamp >= :dates%1$s AND timestamp < :datesEnd%1$s AND rowid <= :watermark"
            .formatted(part),
        part,
        Math.max(since, Timestamps.micros(Timestamps.startOfDay(day))),
        Math.min(until, Timestamps.micros(Timestamps.startOfDay(day + 1))));
  }

  private String rest(String range, String part, long from, long to) {
    values.put("since" + part, from);
    values.put("until" + part, to);
    return RollupDao.COUNTED
            .replace("<pairs>", "'\"' || bucket || '\":' || COUNT(bucket)")
            .replace("<range>", range + " AND " + whose)
            .replace("<window>", "at >= :since%1$s AND at < :until%1$s".formatted(part))
        + ", bucket";
  }

  private static boolean isMidnight(long micros) {
    return micros == START || micros == END || micros % Timestamps.MICROS_PER_DAY == 0;
  }
}
