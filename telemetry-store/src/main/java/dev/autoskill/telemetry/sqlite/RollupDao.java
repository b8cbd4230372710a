package dev.autoskill.telemetry.sqlite;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Reads the rollups, and the rows of the shared table that they are made of. */
interface RollupDao {

  /** What {@link RawEventMapper} reads. */
  String COLUMNS =
      " rowid, CASE typeof(skill_id) WHEN 'text' THEN skill_id END, skill_name, agent_id, session_id, duration_ms, outcome, timestamp ";

  /** So many rows at a time make the texts of a page some hundred kilobytes. */
  int PAGE = 2048;

  @SqlQuery(
      "SELECT" + COLUMNS + "FROM skill_telemetry WHERE rowid > :after ORDER BY rowid LIMIT :limit")
  @RegisterRowMapper(RawEventMapper.class)
  List<RawEvent> eventsOneByOneAfter(@Bind("after") long after, @Bind("limit") int limit);

  @SqlQuery(
      """
      SELECT COUNT(*),
        group_concat(no, char(31)),
        group_concat(CASE typeof(skill_id) WHEN 'text' THEN skill_id ELSE '' END, char(31)),
        group_concat(COALESCE(skill_name, ''), char(31)),
        group_concat(COALESCE(agent_id, 'unknown'), char(31)),
        group_concat(COALESCE(session_id, ''), char(31)),
        group_concat(
          CASE typeof(duration_ms) WHEN 'integer' THEN duration_ms WHEN 'null' THEN '' ELSE '?' END,
          char(31)),
        group_concat(COALESCE(outcome, ''), char(31)),
        group_concat(COALESCE(timestamp, ''), char(31))
      FROM (
        SELECT rowid AS no, * FROM skill_telemetry WHERE rowid > :after ORDER BY rowid LIMIT :limit)
      """)
  @RegisterRowMapper(EventPageMapper.class)
  EventPage pageAfter(@Bind("after") long after, @Bind("limit") int limit);

  /** A number that is another one whenever another connection has changed anything. */
  @SqlQuery("PRAGMA data_version")
  int changesByOthers();

  /** The rowid that this connection has inserted last. */
  @SqlQuery("SELECT last_insert_rowid()")
  long lastInserted();

  /** Whether there are rows between two rowids. */
  @SqlQuery(
      "SELECT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid > :after AND rowid < :before)")
  boolean hasRows(@Bind("after") long after, @Bind("before") long before);

  /** How many triggers of others there are on the shared table. */
  @SqlQuery(
      """
      SELECT COUNT(*) FROM sqlite_master
      WHERE type = 'trigger' AND tbl_name = 'skill_telemetry' COLLATE NOCASE
        AND name NOT LIKE 'autoskill!_java!_%' ESCAPE '!'
      """)
  int foreignTriggers();

  /** The next rows in the order of their rowids, at most {@link #PAGE}. */
  default List<RawEvent> eventsAfter(long after, int limit) {
    int size = Math.min(limit, PAGE);
    List<RawEvent> events = pageAfter(after, size).events();
    return events == null ? eventsOneByOneAfter(after, size) : events;
  }

  /** For tables whose rows have no rowid. */
  @SqlQuery(
      "SELECT 0, skill_id, skill_name, agent_id, session_id, duration_ms, outcome, timestamp"
          + " FROM skill_telemetry")
  @RegisterRowMapper(RawEventMapper.class)
  void forEach(Consumer<RawEvent> consumer);

  /** By the index on timestamps; hence the plus sign, which keeps the planner from the rowid. */
  @SqlQuery(
      "SELECT"
          + COLUMNS
          + "FROM skill_telemetry WHERE timestamp >= :from AND timestamp < :to"
          + " AND +rowid <= :watermark")
  @RegisterRowMapper(RawEventMapper.class)
  void forEachBetween(
      @Bind("from") String from,
      @Bind("to") String to,
      @Bind("watermark") long watermark,
      Consumer<RawEvent> consumer);

  @SqlQuery("SELECT no, text FROM autoskill_java_word WHERE text IN (<texts>)")
  @KeyColumn("text")
  @ValueColumn("no")
  Map<String, Long> numbersOf(@BindList("texts") List<String> texts);

  @SqlQuery("SELECT no, text FROM autoskill_java_word WHERE no IN (<numbers>)")
  @KeyColumn("no")
  @ValueColumn("text")
  Map<Long, String> textsOf(@BindList("numbers") List<Long> numbers);

  /** By skill and agent, and by skill alone. */
  @SqlQuery("SELECT 0 AS day, skill, agent, kept, tally FROM autoskill_java_total")
  @RegisterConstructorMapper(StoredTally.class)
  List<StoredTally> allTotals();

  /** By agent, and by the skill alone. */
  @SqlQuery(
      "SELECT 0 AS day, skill, agent, kept, tally FROM autoskill_java_total WHERE skill = :skill")
  @RegisterConstructorMapper(StoredTally.class)
  List<StoredTally> totalsOfSkill(@Bind("skill") long skill);

  @SqlQuery(
      """
      SELECT 0 AS day, skill, agent, kept, tally FROM autoskill_java_total
      WHERE agent = 0 AND (:skill IS NULL OR skill = :skill)
      """)
  @RegisterConstructorMapper(StoredTally.class)
  List<StoredTally> totalsOfAnyAgent(@Bind("skill") @Nullable Long skill);

  /** The agents that used a skill, since who used it did so in a session. */
  @SqlQuery(
      """
      SELECT skill, agent FROM autoskill_java_session_count
      WHERE agent <> 0 AND sessions > 0 AND (:skill IS NULL OR skill = :skill)
      """)
  @RegisterConstructorMapper(Uses.Who.class)
  void forEachAgent(@Bind("skill") @Nullable Long skill, Consumer<Uses.Who> consumer);

  @SqlQuery(
      """
      SELECT 0 AS day, skill, agent, kept, tally FROM autoskill_java_total
      WHERE agent <> 0 AND (:skill IS NULL OR skill = :skill)
      """)
  @RegisterConstructorMapper(StoredTally.class)
  List<StoredTally> totals(@Bind("skill") @Nullable Long skill);

  @SqlQuery(
      "SELECT day, skill, agent, kept, tally FROM autoskill_java_day WHERE day = :day AND kept = 0")
  @RegisterConstructorMapper(StoredTally.class)
  List<StoredTally> day(@Bind("day") long day);

  @SqlQuery(
      "SELECT day, skill, agent, kept, tally FROM autoskill_java_day WHERE day BETWEEN :from AND :to")
  @RegisterConstructorMapper(StoredTally.class)
  void forEachDay(@Bind("from") long from, @Bind("to") long to, Consumer<StoredTally> consumer);

  /** One look-up a day, since days come first in the key. */
  @SqlQuery(
      """
      WITH RECURSIVE
        bounds(low, high) AS (
          SELECT max(:from, MIN(day)), min(:to, (SELECT MAX(day) FROM autoskill_java_day))
          FROM autoskill_java_day),
        days(no) AS (
          SELECT low FROM bounds WHERE low <= high
          UNION ALL
          SELECT (SELECT MIN(day) FROM autoskill_java_day WHERE day > no) FROM days, bounds
          WHERE no < high)
      SELECT day, skill, agent, kept, tally
      FROM days CROSS JOIN autoskill_java_day ON day = no AND skill = :skill
      WHERE no BETWEEN :from AND :to
      """)
  @RegisterConstructorMapper(StoredTally.class)
  void forEachDayOfSkill(
      @Bind("skill") long skill,
      @Bind("from") long from,
      @Bind("to") long to,
      Consumer<StoredTally> consumer);

  @SqlQuery("SELECT skill, kept, uses FROM autoskill_java_session WHERE part = :part")
  @RegisterConstructorMapper(StoredSessions.class)
  List<StoredSessions> sessions(@Bind("part") long part);

  @SqlQuery("SELECT skill, kept, uses FROM autoskill_java_session WHERE kept")
  @RegisterConstructorMapper(StoredSessions.class)
  List<StoredSessions> keptSessions();

  @SqlQuery(
      """
      SELECT day, skill, 0 AS agent, kept, uses AS tally FROM autoskill_java_session_day
      WHERE day BETWEEN :from AND :to AND (:skill IS NULL OR skill = :skill)
      """)
  @RegisterConstructorMapper(StoredTally.class)
  void forEachSessionDay(
      @Bind("from") long from,
      @Bind("to") long to,
      @Bind("skill") @Nullable Long skill,
      Consumer<StoredTally> consumer);

  @SqlQuery("SELECT skill, sessions FROM autoskill_java_session_count WHERE agent = :agent")
  @KeyColumn("skill")
  @ValueColumn("sessions")
  Map<Long, Long> sessionCounts(@Bind("agent") long agent);
}
