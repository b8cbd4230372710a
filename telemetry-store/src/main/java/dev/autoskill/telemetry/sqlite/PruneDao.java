package dev.autoskill.telemetry.sqlite;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Deletes events that need not be kept. */
interface PruneDao {

  @SqlQuery(
      "SELECT"
          + RollupDao.COLUMNS
          + "FROM skill_telemetry WHERE timestamp < :before ORDER BY timestamp LIMIT :limit")
  @RegisterRowMapper(RawEventMapper.class)
  List<RawEvent> oldest(@Bind("before") String before, @Bind("limit") int limit);

  /** The same, from after one of them. */
  @SqlQuery(
      "SELECT"
          + RollupDao.COLUMNS
          + """
      FROM skill_telemetry
      WHERE (timestamp, rowid) > (:text, :row) AND timestamp < :before
      ORDER BY timestamp, rowid LIMIT :limit
      """)
  @RegisterRowMapper(RawEventMapper.class)
  List<RawEvent> oldestAfter(
      @Bind("text") String text,
      @Bind("row") long row,
      @Bind("before") String before,
      @Bind("limit") int limit);

  /** Tells the trigger for deletes to look away, or no longer. */
  @SqlUpdate("UPDATE autoskill_java_state SET pruning = :pruning")
  void setPruning(@Bind("pruning") boolean pruning);

  @SqlBatch("DELETE FROM skill_telemetry WHERE rowid = :row")
  void delete(@Bind("row") List<Long> rows);

  @SqlQuery(
      """
      SELECT (page_count - freelist_count) * page_size
      FROM pragma_page_count, pragma_freelist_count, pragma_page_size
      """)
  long usedBytes();

  @SqlQuery("SELECT freelist_count FROM pragma_freelist_count")
  long freePages();

  /** 2 if free pages may be given back bit by bit. */
  @SqlQuery("SELECT auto_vacuum FROM pragma_auto_vacuum")
  int autoVacuum();
}
