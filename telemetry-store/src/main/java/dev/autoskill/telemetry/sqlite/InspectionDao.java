package dev.autoskill.telemetry.sqlite;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What only {@link RollupInspection} asks. */
interface InspectionDao {

  @SqlQuery("SELECT COUNT(*) FROM skill_telemetry")
  long events();

  @SqlQuery("SELECT COUNT(*) FROM skill_telemetry WHERE rowid <= :watermark")
  long eventsUpTo(@Bind("watermark") long watermark);

  @SqlQuery("SELECT DISTINCT day FROM autoskill_java_day WHERE kept = 0")
  List<Long> days();

  @SqlQuery("SELECT DISTINCT part FROM autoskill_java_session")
  List<Long> parts();

  @SqlQuery(
      """
      SELECT day, skill, 0 AS agent, kept, uses AS tally FROM autoskill_java_session_day
      WHERE day = :day AND kept = 0
      """)
  @RegisterConstructorMapper(StoredTally.class)
  List<StoredTally> sessionDay(@Bind("day") long day);

  @SqlQuery("SELECT skill, kept, uses FROM autoskill_java_session_day WHERE part = :part")
  @RegisterConstructorMapper(StoredSessions.class)
  List<StoredSessions> sessionsByDay(@Bind("part") long part);
}
