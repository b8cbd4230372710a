package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.sync.Position;
import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.Store;
import dev.autoskill.telemetry.sync.StoredEvent;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

class CopyRowsTest {

  @TempDir Path home;

  /** A server that refused them would get them by slower statements, and nobody would notice. */
  @Test
  void theServerTakesThemAsTheyAre() throws Exception {
    String address = Server.shared().database();
    new Store(home).push(address);
    byte[] rows =
        CopyRows.of(
            new UUID(0, 1),
            List.of(
                event(1, "a\tb", 0.25, "2025-11-28T12:00:00.000001Z"),
                event(2, "\\N\n\u00fc\ud83d\ude00", null, "0000-01-01T00:00:00Z")));

    try (Connection connection = DriverManager.getConnection(address)) {
      SequenceInputStream all =
          new SequenceInputStream(
              new ByteArrayInputStream(CopyRows.HEADER), new ByteArrayInputStream(rows));
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn(CopyRows.STATEMENT, all);
    }

    String end = "|success|00000000-0000-0000-0000-000000000001";
    assertEquals(
        List.of(
            "a\tb|s1|n1|c1|a1|0.25|1764331200000001" + end,
            "\\N\n\u00fc\ud83d\ude00|s2|n2|c2|a2|null|-62167219200000000" + end),
        Server.rows(
            address,
            "SELECT id, skill_id, skill_name, session_id, agent_id, duration_ms,"
                + " autoskill_java_micros(\"timestamp\"), outcome, source"
                + " FROM skill_telemetry ORDER BY skill_id"));
  }

  private static StoredEvent event(int row, String id, Double durationMs, String timestamp) {
    PushedEvent event =
        new PushedEvent(
            id,
            "s" + row,
            "n" + row,
            "c" + row,
            "a" + row,
            durationMs,
            Outcome.SUCCESS,
            Instant.parse(timestamp));
    return new StoredEvent(new Position(row, "61"), event, List.of());
  }
}
