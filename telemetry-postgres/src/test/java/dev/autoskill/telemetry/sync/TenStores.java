package dev.autoskill.telemetry.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.EffectivenessReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The local databases of ten machines, of which two have the same beginning. */
public final class TenStores {

  private static final int STORES = 10;

  private static final String EVENTS =
      """
      WITH RECURSIVE each(n) AS (SELECT %2$d UNION ALL SELECT n + 1 FROM each WHERE n < %3$d)
      INSERT INTO skill_telemetry
      SELECT printf('%%08d-%%02d', n, %1$d), 'skill-' || (n * 7919 %% 23), 'skill-' || (n * 7919 %% 23),
        'session-' || (n / 20), 'agent-' || ((n / 7 + %1$d) %% 4),
        CASE WHEN n %% 11 > 0 THEN n * 104729 %% 30011 END,
        CASE n * 31 %% 7 WHEN 0 THEN 'failure' WHEN 1 THEN 'partial' WHEN 2 THEN 'skipped' ELSE 'success' END,
        strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 1760000000.25 + n * 7127 %% 5000000, 'unixepoch')
      FROM each
      """;

  public final List<Store> all = new ArrayList<>();
  private int events;

  public TenStores(Path directory, int eventsEach) throws IOException, SQLException {
    for (int i = 0; i < STORES; i++) {
      Store store = new Store(Files.createDirectory(directory.resolve("store-" + i)));
      all.add(store);
      store.record(1, i);
    }
    events = eventsEach / 2;
    for (int i = 0; i < STORES; i++) {
      all.get(i).sql(EVENTS.formatted(i % (STORES - 1), 1, events));
    }
    grow(eventsEach - events);
  }

  /** Adds so many events to each. */
  public void grow(int more) throws SQLException {
    for (int i = 0; i < STORES; i++) {
      all.get(i).sql(EVENTS.formatted(i, events + 1, events + more));
    }
    events += more;
  }

  /** Pushes all of them at the same time. {@return how many events the server did not have} */
  public long pushAtOnce(String address, boolean isFull) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(STORES);
    try {
      List<Future<PushResult>> pushes = new ArrayList<>();
      all.forEach(store -> pushes.add(threads.submit(() -> store.push(address, isFull))));
      long added = 0;
      for (Future<PushResult> push : pushes) {
        added += push.get().added();
      }
      return added;
    } finally {
      threads.shutdown();
    }
  }

  /** One event, as far as a report is about it. */
  private record Event(String skill, String agent, Long ms, String outcome, Instant timestamp) {}

  /** {@return the ids of all events, in their order} */
  public List<String> ids() throws SQLException {
    return List.copyOf(union().keySet());
  }

  private Map<String, Event> union() throws SQLException {
    Map<String, Event> events = new TreeMap<>();
    for (Store store : all) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.file);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT * FROM skill_telemetry")) {
        while (row.next()) {
          long ms = row.getLong("duration_ms");
          boolean isTimed = !row.wasNull();
          events.put(
              row.getString("id"),
              new Event(
                  row.getString("skill_name"),
                  row.getString("agent_id"),
                  isTimed ? (Long) ms : null,
                  row.getString("outcome"),
                  Instant.parse(row.getString("timestamp"))));
        }
      }
    }
    return events;
  }

  /** Compares reports with plain sums over the events of all stores. */
  public void assertReported(List<EffectivenessReport> reports) throws SQLException {
    Map<String, List<Event>> skills = new TreeMap<>();
    union()
        .values()
        .forEach(
            event -> skills.computeIfAbsent(event.skill, skill -> new ArrayList<>()).add(event));
    assertEquals(skills.size(), reports.size());
    for (EffectivenessReport report : reports) {
      assertReported(skills.get(report.skillName()), report);
    }
  }

  private static void assertReported(List<Event> events, EffectivenessReport report) {
    String skill = report.skillName();
    assertEquals(events.size(), report.totalUses(), skill);
    assertEquals(count(events, "success"), report.successCount(), skill);
    assertEquals(count(events, "failure"), report.failureCount(), skill);
    assertEquals(count(events, "partial"), report.partialCount(), skill);
    assertEquals(count(events, "skipped"), report.skippedCount(), skill);
    TreeSet<String> agents = new TreeSet<>();
    events.forEach(event -> agents.add(event.agent));
    assertEquals(List.copyOf(agents), report.agentsUsed(), skill);
    List<Instant> moments = events.stream().map(Event::timestamp).sorted().toList();
    assertEquals(moments.get(0), report.firstUsed(), skill);
    assertEquals(moments.get(moments.size() - 1), report.lastUsed(), skill);
    List<Long> durations = new ArrayList<>();
    events.stream().filter(event -> event.ms != null).forEach(event -> durations.add(event.ms));
    Collections.sort(durations);
    double sum = durations.stream().mapToDouble(Long::doubleValue).sum();
    assertEquals(Math.round(sum / durations.size()), report.avgDurationMs(), skill);
    assertIsNear(durations, 50, report.p50Ms());
    assertIsNear(durations, 95, report.p95Ms());
    assertIsNear(durations, 99, report.p99Ms());
  }

  private static long count(List<Event> events, String outcome) {
    return events.stream().filter(event -> event.outcome.equals(outcome)).count();
  }

  /** A histogram's percentile is within 1/32 of the duration that has the rank. */
  private static void assertIsNear(List<Long> sorted, int percent, long reported) {
    long exact = sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    assertTrue(Math.abs(reported - exact) <= Math.max(1, exact / 32), exact + ", " + reported);
  }
}
