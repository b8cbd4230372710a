package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * Events in the text format of {@code COPY}: postgresql.org/docs/current/sql-copy.html. PostgreSQL
 * refuses the year 0, which the local database knows; such events go by {@code INSERT}.
 */
final class CopyText {

  static final String STATEMENT =
      "COPY skill_telemetry (id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome,"
          + " \"timestamp\", source) FROM STDIN";

  private CopyText() {}

  static byte[] of(UUID source, List<StoredEvent> events) {
    StringBuilder text = new StringBuilder();
    for (StoredEvent stored : events) {
      PushedEvent event = stored.event();
      append(text, event.id());
      append(text, event.skillId());
      append(text, event.skillName());
      append(text, event.sessionId());
      append(text, event.agentId());
      text.append(event.durationMs() == null ? "\\N" : event.durationMs().toString()).append('\t');
      append(text, event.outcome().text());
      text.append(event.timestamp()).append('\t').append(source).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
    text.append('\t');
  }
}
