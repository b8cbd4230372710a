package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Does to a file, at random but repeatably, all that this library and other programs may do. */
final class RandomHistory {

  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final int DAYS = 6;

  private static final String[] OUTCOMES = {
    "success", "success", "success", "failure", "partial", "skipped", "weird-outcome", "Success"
  };
  private static final String[] FORMS = {
    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'",
    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'",
    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'",
    "uuuu-MM-dd HH:mm:ss",
    "uuuu-MM-dd'T'HH:mm:ss'Z'"
  };

  private final Random random;
  private final boolean isOrdinary;
  private int ids;

  RandomHistory(long seed) {
    this.random = new Random(seed);
    this.isOrdinary = random.nextInt(3) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  String skill() {
    return "skill-" + random.nextInt(3);
  }

  String agent() {
    return random.nextBoolean() ? "claude-code" : "cursor";
  }

  Instant moment() {
    return START.plusMillis(random.nextInt(DAYS * 86_400_000));
  }

  /** A moment at which a window may begin or end; some are midnights. */
  Instant boundary(boolean isMidnight) {
    Instant moment = moment().minusSeconds(86_400).plusSeconds(random.nextInt(2 * 86_400));
    return isMidnight || random.nextBoolean() ? moment.truncatedTo(ChronoUnit.DAYS) : moment;
  }

  List<TelemetryEvent> ownEvents() {
    List<TelemetryEvent> events = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      Outcome outcome = Outcome.values()[random.nextInt(4)];
      Long duration = random.nextInt(4) == 0 ? null : (Long) (long) random.nextInt(5000);
      String skill = skill();
      events.add(
          new TelemetryEvent(
              "own-" + ids++, skill, skill, session(), agent(), duration, outcome, moment()));
    }
    return events;
  }

  /** Does to the file what others may do. */
  void foreignAct(Connection connection) throws SQLException {
    switch (random.nextInt(isOrdinary ? 2 : 13)) {
      case 0, 1 -> insert(connection, "INSERT", "theirs-" + ids++);
      case 2 ->
          insert(connection, "INSERT OR REPLACE", "theirs-" + random.nextInt(Math.max(1, ids)));
      case 3 -> execute(connection, "DELETE FROM skill_telemetry WHERE rowid % 7 = " + below(7));
      case 4 ->
          execute(
              connection,
              "DELETE FROM skill_telemetry WHERE rowid > (SELECT MAX(rowid) FROM skill_telemetry) - "
                  + below(4));
      case 5 ->
          execute(
              connection,
              "UPDATE skill_telemetry SET agent_id = 'cursor', outcome = 'failure', timestamp = '"
                  + timestamp()
                  + "' WHERE rowid % 9 = "
                  + below(9));
      case 6 ->
          execute(
              connection,
              "UPDATE OR REPLACE skill_telemetry SET id = 'theirs-"
                  + random.nextInt(Math.max(1, ids))
                  + "' WHERE rowid % 23 = "
                  + below(23));
      case 7 -> execute(connection, "VACUUM");
      case 8, 9 ->
          execute(
              connection,
              "INSERT OR %s INTO skill_telemetry (rowid, id, skill_id, skill_name, session_id, outcome, timestamp) VALUES (%d, 'theirs-%d', 'i', '%s', 's', 'success', '%s')"
                  .formatted(
                      random.nextBoolean() ? "REPLACE" : "IGNORE",
                      below(80) - 5,
                      random.nextInt(Math.max(1, ids)),
                      skill(),
                      timestamp()));
      case 10 -> {
        execute(connection, "ALTER TABLE skill_telemetry RENAME TO old");
        execute(connection, SqlFile.TABLE);
        execute(connection, "INSERT INTO skill_telemetry SELECT * FROM old");
        execute(connection, "DROP TABLE old");
      }
      case 11 ->
          execute(
              connection,
              "DELETE FROM skill_telemetry WHERE timestamp = (SELECT MAX(timestamp) FROM skill_telemetry)");
      default ->
          execute(
              connection,
              "UPDATE OR IGNORE skill_telemetry SET rowid = rowid + 1000 WHERE rowid = "
                  + below(60));
    }
  }

  private void insert(Connection connection, String verb, String id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            verb + " INTO skill_telemetry VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setString(1, id);
      statement.setString(2, "some-id");
      statement.setString(3, skill());
      statement.setString(4, session());
      statement.setString(5, agent());
      statement.setObject(6, duration());
      statement.setString(7, OUTCOMES[random.nextInt(isOrdinary ? 6 : OUTCOMES.length)]);
      statement.setString(8, timestamp());
      statement.execute();
    }
  }

  private Object duration() {
    return switch (random.nextInt(isOrdinary ? 5 : 9)) {
      case 0 -> null;
      case 1 -> 0;
      case 5 -> -random.nextInt(100);
      case 6 -> random.nextInt(1000) + 0.25;
      case 7 -> "not a number";
      case 8 -> random.nextInt(8) == 0 ? (Object) 9e17 : (Object) Integer.MAX_VALUE;
      default -> random.nextInt(100_000);
    };
  }

  private String timestamp() {
    if (!isOrdinary && random.nextInt(12) == 0) {
      return random.nextBoolean() ? "yesterday" : moment() + " or so";
    }
    if (!isOrdinary && random.nextInt(8) == 0) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
          moment().atOffset(ZoneOffset.ofHours(random.nextInt(25) - 12)));
    }
    return DateTimeFormatter.ofPattern(FORMS[random.nextInt(isOrdinary ? 3 : FORMS.length)])
        .withZone(ZoneOffset.UTC)
        .format(moment());
  }

  private String session() {
    return "session-" + random.nextInt(9);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
