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

  /**
   * Rowids at which an event may come without the trigger for inserts noticing: -1 stands for a
   * rowid that is not said before an insert, and once the greatest of all is taken, SQLite takes
   * any that is free. So nothing is kept while an event is there; and that it was there is noted
   * when it goes, whether it was counted or not: see {@link ChangedRows}.
   */
  String UNNOTICED = "(-1, 9223372036854775807)";

  String NOTE =
      """
        INSERT INTO autoskill_java_changed
          SELECT rowid, 1, skill_id, skill_name, agent_id, session_id, duration_ms, outcome, timestamp
          FROM skill_telemetry
          WHERE (rowid <= (SELECT watermark FROM autoskill_java_state) OR rowid = 9223372036854775807)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = skill_telemetry.rowid)
      """;

  String NOTE_PLACE =
      """
        INSERT INTO autoskill_java_changed (row, counted)
          SELECT NEW.rowid, 0
          WHERE NEW.rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = NEW.rowid)
      """;

  String NOTE_INSERTED =
      NOTE_PLACE
          + """
            AND NEW.rowid <> -1;
      END
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
        OR OLD.rowid = 9223372036854775807
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
        WHERE watermark >= OLD.rowid
          AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid >= OLD.rowid);
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
          WHERE (OLD.rowid <= (SELECT watermark FROM autoskill_java_state)
              OR OLD.rowid = 9223372036854775807)
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
      """
          + NOTE_PLACE
          + """
            AND NEW.rowid <> OLD.rowid;
      """
          + GIVE_UP_IF_MANY
          + "END")
  void createUpdated();

  /**
   * Notes what INSERT OR REPLACE replaces, which it deletes without telling the trigger for
   * deletes, and the place of an event whose insert says itself which rowid it takes. There is no
   * second trigger after the insert, though that would know all rowids: each costs every insert a
   * tenth of its time.
   */
  @SqlUpdate(
      """
      CREATE TRIGGER autoskill_java_inserted BEFORE INSERT ON skill_telemetry
      WHEN EXISTS (SELECT 1 FROM skill_telemetry WHERE id = NEW.id) OR NEW.rowid <> -1
      BEGIN
      """
          + NOTE
          + """
            AND (id = NEW.id OR rowid = NEW.rowid);
      """
          + NOTE_INSERTED)
  void createInserted();

  /** Where ids are no key, no row is replaced by its id, and to look for one takes long. */
  @SqlUpdate(
      """
      CREATE TRIGGER autoskill_java_inserted BEFORE INSERT ON skill_telemetry
      WHEN NEW.rowid <> -1
      BEGIN
      """
          + NOTE
          + """
            AND rowid = NEW.rowid;
      """
          + NOTE_INSERTED)
  void createInsertedWithoutKey();
}
