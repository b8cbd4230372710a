package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Events in the binary format of {@code COPY}: postgresql.org/docs/current/sql-copy.html. */
final class CopyRows {

  static final String STATEMENT =
      "COPY skill_telemetry (id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome,"
          + " \"timestamp\", source) FROM STDIN (FORMAT binary)";

  /** The signature, no flags, and no extension of the header. */
  static final byte[] HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int COLUMNS = 9;
  private static final int NULL = -1;

  /** Of 2000-01-01, in microseconds since 1970: the server counts from there. */
  private static final long EPOCH = 946_684_800_000_000L;

  private CopyRows() {}

  static byte[] of(UUID source, List<StoredEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(events.size() * 256);
    try (DataOutputStream rows = new DataOutputStream(bytes)) {
      for (StoredEvent stored : events) {
        append(rows, source, stored.event());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory takes everything.
    }
    return bytes.toByteArray();
  }

  private static void append(DataOutputStream rows, UUID source, PushedEvent event)
      throws IOException {
    rows.writeShort(COLUMNS);
    append(rows, event.id());
    append(rows, event.skillId());
    append(rows, event.skillName());
    append(rows, event.sessionId());
    append(rows, event.agentId());
    if (event.durationMs() == null) {
      rows.writeInt(NULL);
    } else {
      rows.writeInt(Double.BYTES);
      rows.writeDouble(event.durationMs());
    }
    append(rows, event.outcome().text());
    rows.writeInt(Long.BYTES);
    rows.writeLong(Micros.of(event.timestamp()) - EPOCH);
    rows.writeInt(2 * Long.BYTES);
    rows.writeLong(source.getMostSignificantBits());
    rows.writeLong(source.getLeastSignificantBits());
  }

  private static void append(DataOutputStream rows, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    rows.writeInt(bytes.length);
    rows.write(bytes);
  }
}
