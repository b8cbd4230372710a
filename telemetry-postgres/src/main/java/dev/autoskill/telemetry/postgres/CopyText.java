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

  private static final String SPECIAL = "\\\t\n\r";
  private static final String ESCAPED = "\\tnr";

  private CopyText() {}

  static byte[] of(UUID source, List<StoredEvent> events) {
    StringBuilder text = new StringBuilder();
    String end = "\t" + source + '\n';
    for (StoredEvent stored : events) {
      PushedEvent event = stored.event();
      append(text, event.id());
      append(text, event.skillId());
      append(text, event.skillName());
      append(text, event.sessionId());
      append(text, event.agentId());
      text.append(event.durationMs() == null ? "\\N" : event.durationMs().toString()).append('\t');
      append(text, event.outcome().text());
      text.append(event.timestamp()).append(end);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder text, String value) {
    int done = 0;
    for (int i = 0; i < value.length(); i++) {
      int special = SPECIAL.indexOf(value.charAt(i));
      if (special >= 0) {
        text.append(value, done, i).append('\\').append(ESCAPED.charAt(special));
        done = i + 1;
      }
    }
    text.append(value, done, value.length()).append('\t');
  }
}
