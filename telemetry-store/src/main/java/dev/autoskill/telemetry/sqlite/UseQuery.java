package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.sqlite.RollupDao.Sessions;
import dev.autoskill.telemetry.sqlite.RollupDao.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the uses of a window: whole UTC days from the rollups, and from the events the rest, or
 * everything where the rollups are not right.
 *
 * <p>Good for one read transaction.
 */
final class UseQuery {

  private static final String ALL_DAYS = Long.MIN_VALUE + 1 + " AND " + Long.MAX_VALUE;
  private static final String NO_DAYS = "1 AND 0";

  private final RollupDao dao;

  /** Null: everything comes from the events. */
  private final @Nullable State state;

  private final boolean hasRetained;
  private final @Nullable String skill;
  private final @Nullable String agent;
  private final String who;
  private long since = Long.MIN_VALUE;
  private long until = Long.MAX_VALUE;

  /**
   * Makes a query; of everything, until a window is set.
   *
   * @param isPlain whether to rely on nothing but the events
   */
  UseQuery(RollupDao dao, boolean isPlain, @Nullable String skill, @Nullable String agent) {
    this.dao = dao;
    State found = isPlain ? null : Rollups.state(dao);
    this.state = found != null && found.isRight() ? found : null;
    Set<String> schema = isPlain ? Set.of() : dao.schema();
    this.hasRetained = schema.contains(RollupDao.SERIES) && schema.contains(RollupDao.DAY);
    this.skill = skill;
    this.agent = agent;
    this.who =
        (skill == null ? "TRUE" : "skill = :skill") + (agent == null ? "" : " AND agent = :agent");
  }

  void window(@Nullable Instant start, @Nullable Instant end) {
    since = start == null ? Long.MIN_VALUE : Timestamps.micros(start);
    until = end == null ? Long.MAX_VALUE : Timestamps.micros(end);
  }

  /** Meets each skill that has uses, in the order of their names. */
  void forEachSkill(BiConsumer<String, Uses> consumer) {
    forEachSkill("uses", consumer);
  }

  /** The same, but the histograms leave skipped uses out. */
  void forEachSkillsAttempts(BiConsumer<String, Uses> consumer) {
    forEachSkill("uses - skipped", consumer);
  }

  private void forEachSkill(String histogram, BiConsumer<String, Uses> consumer) {
    String[] name = {null};
    Uses[] sum = {new Uses()};
    dao.forEachUse(
        parts(histogram, true, "0", "0"),
        skill,
        agent,
        row -> {
          if (!row.skill().equals(name[0])) {
            if (name[0] != null) {
              consumer.accept(name[0], sum[0]);
            }
            name[0] = row.skill();
            sum[0] = new Uses();
          }
          sum[0].add(row);
        });
    if (name[0] != null) {
      consumer.accept(name[0], sum[0]);
    }
  }

  /** {@return all uses together; the histogram leaves skipped ones out} */
  Uses attempts() {
    Uses sum = new Uses();
    dao.forEachUse(parts("uses - skipped", true, "0", "0"), skill, agent, sum::add);
    return sum;
  }

  /** {@return the uses of each period that has any, by the microsecond when it starts} */
  Map<Long, Uses> periods(List<Instant> starts, Instant end) {
    window(starts.get(0), end);
    List<Long> micros = starts.stream().map(Timestamps::micros).toList();
    dao.createPeriods();
    dao.addPeriods(micros.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    boolean isByDay = micros.stream().skip(1).allMatch(UseQuery::isMidnight);
    String period = "(SELECT MAX(start) FROM temp.autoskill_period WHERE start <= %s)";
    Map<Long, Uses> sums = new HashMap<>();
    dao.forEachUse(
        parts(
            "uses",
            isByDay,
            period.formatted("max(day * " + Timestamps.MICROS_PER_DAY + ", " + since + ")"),
            period.formatted("at")),
        skill,
        agent,
        row -> sums.computeIfAbsent(row.period(), start -> new Uses()).add(row));
    return sums;
  }

  /** {@return how many sessions the events of each skill have} */
  Map<String, Long> sessions() {
    return dao.sessions("TRUE", who, between(since, until), skill, agent).stream()
        .collect(Collectors.toMap(Sessions::name, Sessions::sessions));
  }

  private String parts(
      String histogram, boolean isByDay, String periodOfDay, String periodOfMoment) {
    long firstDay = Math.floorDiv(since, Timestamps.MICROS_PER_DAY);
    long lastDay = Math.floorDiv(until - 1, Timestamps.MICROS_PER_DAY);
    boolean isAll = since == Long.MIN_VALUE && until == Long.MAX_VALUE;
    boolean isFirstCut = since > Long.MIN_VALUE && !isMidnight(since);
    boolean isLastCut = until < Long.MAX_VALUE && !isMidnight(until);
    // Texts that are no timestamps count for day 0, and no index finds them.
    boolean isCounted =
        state != null && isByDay && !(isFirstCut && firstDay == 0) && !(isLastCut && lastDay == 0);
    List<String> parts = new ArrayList<>();
    if (isCounted && isAll) {
      parts.add(RollupDao.TOTALS);
    } else if (isCounted || hasRetained) {
      long firstWhole = isFirstCut ? firstDay + 1 : firstDay;
      long lastWhole = isLastCut ? lastDay - 1 : lastDay;
      String days = isAll ? ALL_DAYS : firstDay + " AND " + lastDay;
      String wholeDays = isCounted ? firstWhole + " AND " + lastWhole : NO_DAYS;
      parts.add(RollupDao.DAYS.replace("<days>", days).replace("<wholeDays>", wholeDays));
    }
    if (isCounted && state.watermark() != null) {
      parts.add(rest("rowid > " + state.watermark(), since, until));
      if (isFirstCut) {
        parts.add(restOfDay(firstDay));
      }
      if (isLastCut && (lastDay > firstDay || !isFirstCut)) {
        parts.add(restOfDay(lastDay));
      }
    } else {
      parts.add(rest("TRUE", since, until));
    }
    return String.join(" UNION ALL ", parts)
        .replace("<histogram>", histogram)
        .replace("<periodOfDay>", periodOfDay)
        .replace("<periodOfMoment>", periodOfMoment)
        .replace("<who>", who);
  }

  /** The counted events of a day that are within the window. */
  private String restOfDay(long day) {
    // A text may have any offset.
    String range =
        "timestamp >= '%s' AND timestamp < '%s' AND rowid <= %d"
            .formatted(Timestamps.dateOf(day - 1), Timestamps.dateOf(day + 2), state.watermark());
    return rest(
        range,
        Math.max(since, Timestamps.micros(Timestamps.startOfDay(day))),
        Math.min(until, Timestamps.micros(Timestamps.startOfDay(day + 1))));
  }

  private static String rest(String range, long from, long to) {
    return RollupDao.REST.replace("<range>", range).replace("<window>", between(from, to));
  }

  private static String between(long from, long to) {
    return "at >= %d AND at < %d".formatted(from == Long.MIN_VALUE ? from + 1 : from, to);
  }

  private static boolean isMidnight(long micros) {
    return micros % Timestamps.MICROS_PER_DAY == 0;
  }
}
