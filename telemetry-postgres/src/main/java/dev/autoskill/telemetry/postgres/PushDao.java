package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.sync.Position;
import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.StoredEvent;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements that a push makes on the server. */
interface PushDao {

  /** How far a source was pushed. */
  String NOTE =
      """
      INSERT INTO autoskill_java_source (source, label, watermark, watermark_id, pushed_at)
      VALUES (:source, :label, :row, :id, now())
      ON CONFLICT (source) DO UPDATE SET label = excluded.label, watermark = excluded.watermark,
        watermark_id = excluded.watermark_id, pushed_at = excluded.pushed_at
      """;

  /** {@return the place up to which a source was pushed; null if the server knows none} */
  @SqlQuery(
      """
      SELECT watermark AS "row", watermark_id AS id
      FROM autoskill_java_source WHERE source = :source
      """)
  @RegisterConstructorMapper(Position.class)
  @Nullable Position position(UUID source);

  /** Notes how far a source was pushed. */
  @SqlUpdate(NOTE)
  void note(UUID source, @Nullable String label, long row, String id);

  /**
   * Stores events that are not there yet, and in the same transaction how far they reach.
   *
   * @return how many were not there
   */
  @SqlUpdate(
      "WITH noted AS ("
          + NOTE
          + """
          )
          INSERT INTO skill_telemetry (id, skill_id, skill_name, session_id, agent_id, duration_ms,
            outcome, "timestamp", source)
          SELECT id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome,
            autoskill_java_moment(micros), :source
          FROM unnest(:ids, :skillIds, :skillNames, :sessionIds, :agentIds, :durations, :outcomes,
            :micros) AS event(id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome,
            micros)
          ON CONFLICT (id) DO NOTHING
          """)
  int insert(@BindMethods Batch batch, UUID source, @Nullable String label, long row, String id);

  /** Events by column. */
  record Batch(
      String[] ids,
      String[] skillIds,
      String[] skillNames,
      String[] sessionIds,
      String[] agentIds,
      @Nullable Double[] durations,
      String[] outcomes,
      Long[] micros) {

    static Batch of(List<StoredEvent> events) {
      return new Batch(
          texts(events, PushedEvent::id),
          texts(events, PushedEvent::skillId),
          texts(events, PushedEvent::skillName),
          texts(events, PushedEvent::sessionId),
          texts(events, PushedEvent::agentId),
          events.stream().map(stored -> stored.event().durationMs()).toArray(Double[]::new),
          texts(events, event -> event.outcome().text()),
          events.stream()
              .map(stored -> Micros.of(stored.event().timestamp()))
              .toArray(Long[]::new));
    }

    private static String[] texts(List<StoredEvent> events, Function<PushedEvent, String> column) {
      return events.stream().map(stored -> column.apply(stored.event())).toArray(String[]::new);
    }
  }
}
