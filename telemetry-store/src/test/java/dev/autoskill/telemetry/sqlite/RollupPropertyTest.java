package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.error.Recorded;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.recording.TimeSource;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportOrder;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports say what all events of a file say, whatever happens to it. */
class RollupPropertyTest {

  /** More with {@code -Dautoskill.test.histories=…}. */
  private static final int HISTORIES =
      Integer.getInteger("autoskill.test.histories", Boolean.getBoolean("full") ? 60 : 20);

  private static final int ACTS = 25;

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  @TempDir Path directory;

  /** The events that retention deleted: they still count, though by whole days only. */
  private final List<NaiveReport.Row> pruned = new ArrayList<>();

  /** Before it, retention may delete because of age; null: it does not. */
  private Instant cutOff;

  private Jdbi jdbi;

  private final List<String> faults = new ArrayList<>();

  private final Completeness completeness = new Completeness();

  @Test
  void reportsAreThoseOfANaiveComputationFromAllEvents() throws Exception {
    for (int seed = 0; seed < HISTORIES; seed++) {
      live(seed);
    }
  }

  private void live(int seed) throws Exception {
    RandomHistory history = new RandomHistory(seed);
    Path file = directory.resolve(seed + ".db");
    Faults counter = new Faults(faults::add);
    Retention retention = seed % 3 == 0 ? retention(seed) : null;
    pruned.clear();
    jdbi = SqliteConnections.forReading(file, LOCK_TIMEOUT);
    cutOff =
        retention == null || retention.age() == null
            ? null
            : RandomHistory.START.plus(3, ChronoUnit.DAYS);
    SqliteEventReader plain = reader(file, counter, false);
    SqliteEventReader catchingUp = reader(file, counter, true);
    try (SqliteEventStore store = new SqliteEventStore(file, LOCK_TIMEOUT, counter, retention);
        SqliteEventStore another = new SqliteEventStore(file, LOCK_TIMEOUT, counter, retention)) {
      store.store(Recorded.all(history.ownEvents()));
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        quicken(connection);
        for (int act = 0; act < ACTS; act++) {
          // As two processes do.
          SqliteEventStore one = history.below(2) == 0 ? store : another;
          switch (history.below(4)) {
            case 0 -> one.store(Recorded.all(history.ownEvents()));
            case 1 -> maintain(one, history.below(3), connection);
            default -> act(history, one, connection);
          }
          if (history.below(3) == 0) {
            check(seed, act, file, connection, history, plain, catchingUp);
          }
        }
        maintain(store, Integer.MAX_VALUE, connection);
        check(seed, ACTS, file, connection, history, plain, catchingUp);
        RollupCheck rollups = reader(file, counter, false).checkRollups();
        assertEquals(
            mayMissInserts(connection)
                ? new RollupCheck(RollupCheck.Status.NOT_KEPT, rollups.events(), 0, 0)
                : new RollupCheck(RollupCheck.Status.RIGHT, rollups.events(), rollups.events(), 0),
            rollups,
            "seed " + seed);
      }
    }
    assertEquals(List.of(), faults, "seed " + seed);
    assertTrue(completeness.isComplete());
  }

  /** Others do something. A skill whose last event they delete is forgotten, if it was counted. */
  private void act(RandomHistory history, SqliteEventStore store, Connection connection)
      throws SQLException, StoreException {
    Set<String> before = skills(NaiveReport.rows(connection));
    history.foreignAct(connection);
    before.removeAll(skills(NaiveReport.rows(connection)));
    before.retainAll(skills(pruned));
    if (!before.isEmpty()) {
      maintain(store, Integer.MAX_VALUE, connection);
      try (Statement statement = connection.createStatement();
          ResultSet retained =
              statement.executeQuery("SELECT skill FROM autoskill_java_retained")) {
        while (retained.next()) {
          before.remove(retained.getString(1));
        }
      }
      pruned.removeIf(row -> before.contains(row.skill()));
    }
  }

  private static Set<String> skills(List<NaiveReport.Row> rows) {
    return rows.stream().map(NaiveReport.Row::skill).collect(Collectors.toSet());
  }

  private static SqliteEventReader reader(Path file, Faults faults, boolean mayWrite) {
    return new SqliteEventReader(file, LOCK_TIMEOUT, Duration.ofMinutes(1), faults, mayWrite);
  }

  /** Whether the history put an event where inserts may go unnoticed, so that nothing is kept. */
  private static boolean mayMissInserts(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet events =
            statement.executeQuery("SELECT 1 FROM skill_telemetry WHERE rowid = -1")) {
      return events.next();
    }
  }

  /** Nobody cuts the power in this test. */
  private static void quicken(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
    }
  }

  private void maintain(SqliteEventStore store, int steps, Connection connection)
      throws SQLException, StoreException {
    List<NaiveReport.Row> before = NaiveReport.rows(connection);
    for (int step = 0; step < steps && (store.maintain() || store.maintain()); step++) {
      // The first call after storing may leave it at that.
    }
    NaiveReport.rows(connection).forEach(before::remove);
    if (cutOff != null) {
      for (NaiveReport.Row row : before) {
        Instant at = row.at();
        assertTrue(
            !at.equals(Instant.EPOCH) && at.isBefore(cutOff), "deleted because of its age: " + row);
      }
    }
    pruned.addAll(before);
  }

  /** Deletes what is older than the middle of the history, or what makes the file too large. */
  private static Retention retention(int seed) {
    TimeSource time =
        new TimeSource() {
          private long nanos;

          @Override
          public long nanoTime() {
            nanos += TimeUnit.HOURS.toNanos(1);
            return nanos;
          }

          @Override
          public long currentTimeMillis() {
            return RandomHistory.START.plus(Duration.ofDays(4)).toEpochMilli();
          }
        };
    return seed % 2 == 0
        ? new Retention(Duration.ofDays(1), null, time, () -> Long.MAX_VALUE)
        : new Retention(null, 64_000L, time, () -> Long.MAX_VALUE);
  }

  private void check(
      int seed,
      int act,
      Path file,
      Connection connection,
      RandomHistory history,
      SqliteEventReader plain,
      SqliteEventReader catchingUp)
      throws SQLException {
    SqliteEventReader reader = history.below(2) == 0 ? plain : catchingUp;
    List<NaiveReport.Row> rows = NaiveReport.rows(connection);
    rows.addAll(pruned);
    ReportQuery query = ReportQuery.ALL;
    for (int i = 0; i < 4; i++) {
      assertEquals(
          NaiveReport.of(rows, query),
          ask(reader, query, UseQuery::reports),
          "seed %d, after act %d: %s".formatted(seed, act, query));
      query = anotherQuery(history, !pruned.isEmpty());
    }
    checkWindows(seed, act, rows, reader, history);
    String skill = history.skill();
    int limit = 1 + history.below(20);
    assertEquals(
        // Asked of all events, without the rollups' help.
        jdbi.withHandle(
            handle ->
                SqliteEventReader.select(
                        handle,
                        "skill_name = :skill",
                        "timestamp DESC, rowid DESC LIMIT " + limit,
                        Map.of("skill", skill))
                    .list()),
        reader.newestEvents(ReportQuery.ALL.skill(skill).limit(limit), completeness),
        "seed %d, after act %d: newest of %s".formatted(seed, act, skill));
  }

  private void checkWindows(
      int seed,
      int act,
      List<NaiveReport.Row> rows,
      SqliteEventReader reader,
      RandomHistory history) {
    boolean byDays = !pruned.isEmpty();
    ReportQuery query =
        history.below(2) == 0 ? ReportQuery.ALL.skill(history.skill()) : ReportQuery.ALL;
    Instant since = history.boundary(byDays);
    Instant until = history.boundary(byDays);
    if (!since.isBefore(until)) {
      return;
    }
    String when = "seed %d, after act %d: %s, %s to %s".formatted(seed, act, query, since, until);
    assertEquals(
        NaiveReport.summary(NaiveReport.within(rows, query, since, until)),
        ask(reader, query.since(since).until(until), UseQuery::summary),
        when);
    Instant end = history.boundary(byDays);
    ReportQuery current = end.isAfter(until) ? query.until(end) : query;
    assertEquals(
        NaiveReport.windows(rows, since, until, current),
        ask(reader, current.since(until), uses -> uses.windows(since)),
        when);
    TrendPeriod period = TrendPeriod.values()[history.below(TrendPeriod.values().length)];
    ZoneId zone = byDays || history.below(2) == 0 ? ZoneOffset.UTC : ZoneId.of("Asia/Kolkata");
    List<TrendPoint> periods = Periods.of(since, until, period, zone);
    assertEquals(
        NaiveReport.trend(rows, query, since, until, period, zone),
        ask(reader, query.since(since).until(until), uses -> uses.trends(periods, false))
            .values()
            .stream()
            .findAny()
            .orElse(periods),
        when);
    assertEquals(
        NaiveReport.trends(rows, query, since, until, period, zone),
        ask(reader, query.since(since).until(until), uses -> uses.trends(periods, true)),
        when);
  }

  private <T> T ask(SqliteEventReader reader, ReportQuery query, Function<UseQuery, T> question) {
    return reader.uses(null, completeness, of -> question.apply(of.apply(query)));
  }

  private static ReportQuery anotherQuery(RandomHistory history, boolean byDays) {
    ReportQuery query = ReportQuery.ALL;
    if (history.below(3) == 0) {
      query = query.skill(history.skill());
    }
    if (history.below(3) == 0) {
      query = query.agent(history.agent());
    }
    if (history.below(2) == 0) {
      query = query.since(history.boundary(byDays));
    }
    if (history.below(2) == 0) {
      Instant until = history.boundary(byDays);
      query = query.since() == null || query.since().isBefore(until) ? query.until(until) : query;
    }
    return query
        .order(ReportOrder.values()[history.below(ReportOrder.values().length)])
        .minimumUses(1 + history.below(3))
        .limit(history.below(3) == 0 ? 1 + history.below(3) : Integer.MAX_VALUE);
  }
}
