package dev.autoskill.telemetry.sqlite;

import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Makes the triggers by which the rollups learn what other programs change. They run in those
 * programs' statements, so they are plain SQL that SQLite understands from 3.24 on.
 *
 * <p>When a great part of the counted rows is noted, it takes less time to count anew than to work
 * that in, and noting more would only delay whoever deletes: the watermark is lowered below all
 * rows, so that nothing more is noted, and {@code triggers} says that what was counted is given up.
 */
interface RollupTriggerDao {

  String NOTE =
      """
        INSERT INTO autoskill_java_changed
          SELECT rowid, 1, skill_id, skill_name, agent_id, session_id, duration_ms, outcome, timestamp
          FROM skill_telemetry
          WHERE rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = skill_telemetry.rowid)
      """;

  String COUNT_NOTED =
      """
        UPDATE autoskill_java_work SET noted = noted + 1 WHERE changes() > 0;
      """;

  String GIVE_UP_IF_MANY =
      """
        UPDATE autoskill_java_state
        SET watermark = -9223372036854775808, watermark_id = NULL, triggers = -1
        WHERE (SELECT noted FROM autoskill_java_work) > max(4096, watermark / 16);
      """;

  /** The greatest rowids are given again once they are free, so the watermark stays below them. */
  @SqlUpdate(
      """
      CREATE TRIGGER autoskill_java_deleted AFTER DELETE ON skill_telemetry
      WHEN OLD.rowid <= (SELECT watermark FROM autoskill_java_state WHERE pruning = 0)
      BEGIN
        INSERT INTO autoskill_java_changed
          SELECT OLD.rowid, 1, OLD.skill_id, OLD.skill_name, OLD.agent_id, OLD.session_id,
            OLD.duration_ms, OLD.outcome, OLD.timestamp
          WHERE NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = OLD.rowid);
      """
          + COUNT_NOTED
          + """
        UPDATE autoskill_java_state SET
          watermark = COALESCE((SELECT MAX(rowid) FROM skill_telemetry), -9223372036854775808),
          watermark_id = (SELECT id FROM skill_telemetry ORDER BY rowid DESC LIMIT 1)
        WHERE NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid >= OLD.rowid);
      """
          + GIVE_UP_IF_MANY
          + "END")
  void createDeleted();

  /** As a delete does, a row that moves away may leave rowids to be given again. */
  @SqlUpdate(
      """
      CREATE TRIGGER autoskill_java_moved AFTER UPDATE ON skill_telemetry
      WHEN NEW.rowid < OLD.rowid
        AND OLD.rowid <= (SELECT watermark FROM autoskill_java_state)
        AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid >= OLD.rowid)
      BEGIN
        UPDATE autoskill_java_state SET
          watermark = COALESCE((SELECT MAX(rowid) FROM skill_telemetry), -9223372036854775808),
          watermark_id = (SELECT id FROM skill_telemetry ORDER BY rowid DESC LIMIT 1);
      END
      """)
  void createMoved();

  /**
   * Besides the row itself, notes the place it moves to if its rowid changes, and the row that it
   * replaces if its id does.
   */
  @SqlUpdate(
      """
      CREATE TRIGGER autoskill_java_updated BEFORE UPDATE ON skill_telemetry
      WHEN (SELECT watermark FROM autoskill_java_state) > -9223372036854775808
      BEGIN
        INSERT INTO autoskill_java_changed
          SELECT OLD.rowid, 1, OLD.skill_id, OLD.skill_name, OLD.agent_id, OLD.session_id,
            OLD.duration_ms, OLD.outcome, OLD.timestamp
          WHERE OLD.rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = OLD.rowid);
      """
          + COUNT_NOTED
          + NOTE
          + """
            AND NEW.id IS NOT OLD.id AND id = NEW.id;
      """
          + NOTE
          + """
            AND NEW.rowid <> OLD.rowid AND rowid = NEW.rowid;
        INSERT INTO autoskill_java_changed
          SELECT NEW.rowid, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL
          WHERE NEW.rowid <> OLD.rowid
            AND NEW.rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = NEW.rowid);
      """
          + GIVE_UP_IF_MANY
          + "END")
  void createUpdated();

  /** INSERT OR REPLACE deletes rows without telling the trigger for deletes. */
  @SqlUpdate(
      """
      CREATE TRIGGER autoskill_java_replaced BEFORE INSERT ON skill_telemetry
      WHEN EXISTS (SELECT 1 FROM skill_telemetry WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = NEW.rowid)
      BEGIN
      """
          + NOTE
          + """
            AND (id = NEW.id OR rowid = NEW.rowid);
      END
      """)
  void createReplaced();

  /** Where ids are no key, no row is replaced by its id, and to look for one takes long. */
  @SqlUpdate(
      """
      CREATE TRIGGER autoskill_java_replaced BEFORE INSERT ON skill_telemetry
      WHEN EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = NEW.rowid)
      BEGIN
      """
          + NOTE
          + """
            AND rowid = NEW.rowid;
      END
      """)
  void createReplacedByRowid();

  /** An insert may say itself which rowid it takes, and take one below the watermark. */
  @SqlUpdate(
      """
      CREATE TRIGGER autoskill_java_inserted AFTER INSERT ON skill_telemetry
      WHEN NEW.rowid <= (SELECT watermark FROM autoskill_java_state)
      BEGIN
        INSERT INTO autoskill_java_changed
          SELECT NEW.rowid, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL
          WHERE NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = NEW.rowid);
      END
      """)
  void createInserted();
}
