package dev.autoskill.telemetry.sqlite;

import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether rollups can be kept, whether they are, and where they stand. Each query of the
 * library begins with that, and what JDBI has to do for it grows with the methods of its interface;
 * so those that make and fill the tables are elsewhere.
 */
interface RollupStateDao {

  /** How many of the tables that the rollups live in there are. */
  @SqlQuery(
      """
      SELECT COUNT(*) FROM sqlite_master
      WHERE type = 'table' AND name IN (
        'autoskill_java_state', 'autoskill_java_work', 'autoskill_java_word', 'autoskill_java_total',
        'autoskill_java_day', 'autoskill_java_session', 'autoskill_java_session_day',
        'autoskill_java_session_count', 'autoskill_java_changed', 'autoskill_java_skill_id',
        'autoskill_java_chunk', 'autoskill_java_loose', 'autoskill_java_loose_total')
      """)
  int tables();

  @SqlQuery("SELECT COUNT(*) FROM sqlite_master WHERE name = 'autoskill_java_state'")
  boolean hasState();

  @SqlQuery("SELECT COALESCE(MAX(version), 0) FROM autoskill_java_state")
  int version();

  /** Whether rows of the shared table can be told apart by their rowid. */
  @SqlQuery(
      """
      SELECT COUNT(*) FROM pragma_table_list('skill_telemetry')
      WHERE schema = 'main' AND type = 'table' AND wr = 0
      """)
  boolean hasRowids();

  /** Whether a statement may replace rows by something else than their ids or rowids. */
  @SqlQuery("SELECT COUNT(*) FROM pragma_index_list('skill_telemetry') i WHERE " + IS_OTHER_KEY)
  boolean hasOtherKeys();

  /** Whether there is an event where inserts may go unnoticed. */
  @SqlQuery(
      "SELECT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid IN "
          + RollupTriggerDao.UNNOTICED
          + ")")
  boolean hasUnnoticed();

  /**
   * Of a unique index: that two rows whose ids differ may be the same to it. One that is part of
   * the table compares as the column does, another one might ignore case.
   */
  String IS_OTHER_KEY =
      """
      i."unique" AND NOT EXISTS (
        SELECT 1 FROM pragma_index_xinfo(i.name) x
        WHERE x.key AND lower(x.name) = 'id' AND (i.origin <> 'c' OR x.coll = 'BINARY')
          AND (SELECT COUNT(*) FROM pragma_index_info(i.name)) = 1)
      """;

  /**
   * The row at the watermark may be gone or changed, if that was noted; but if another one stands
   * there, or none above it, rowids were given anew and what was noted is of other rows. And there
   * must be none where inserts go unnoticed.
   */
  @SqlQuery(
      """
      SELECT watermark, disorder, triggers = -1 AS is_given_up,
        triggers = (
          SELECT COUNT(*) FROM sqlite_master
          WHERE type = 'trigger' AND tbl_name = 'skill_telemetry'
            AND name IN (
              'autoskill_java_deleted', 'autoskill_java_updated', 'autoskill_java_moved',
              'autoskill_java_inserted')
        ) AS is_guarded,
        NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid IN
      """
          + RollupTriggerDao.UNNOTICED
          + """
      )
        AND (watermark = :lowest
          OR EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = watermark AND id IS watermark_id)
          OR (EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = watermark)
            AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = watermark)
            AND EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid > watermark)))
          AS is_in_place,
        EXISTS (SELECT 1 FROM autoskill_java_changed) AS has_changes,
        EXISTS (SELECT 1 FROM autoskill_java_loose)
          OR EXISTS (SELECT 1 FROM autoskill_java_loose_total) AS is_loose,
        COALESCE((SELECT MAX(rowid) FROM skill_telemetry), :lowest) AS newest
      FROM autoskill_java_state WHERE version = :version
      """)
  @RegisterConstructorMapper(RollupState.class)
  @Nullable RollupState state(@Bind("version") int version, @Bind("lowest") long lowest);

  default @Nullable RollupState state() {
    return state(RollupState.VERSION, RollupState.LOWEST);
  }
}
