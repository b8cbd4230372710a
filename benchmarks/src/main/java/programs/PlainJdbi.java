package programs;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Asks for a report as anybody would with JDBI: one SQL object, and nothing of this library. */
public final class PlainJdbi {

  /** The only SQL object. */
  public interface Dao {

    /**
     * Counts.
     *
     * @return a line for each skill
     */
    @SqlQuery(
        """
        SELECT skill_name || ' ' || COUNT(*) || ' ' || SUM(outcome = 'success')
          || ' ' || COALESCE(AVG(duration_ms), 0) || ' ' || MAX(timestamp)
        FROM skill_telemetry GROUP BY skill_name
        """)
    List<String> report();
  }

  private PlainJdbi() {}

  /**
   * Fails if there is nothing to report.
   *
   * @param arguments are not used
   */
  public static void main(String[] arguments) {
    Jdbi jdbi = Jdbi.create("jdbc:sqlite:" + System.getenv("AUTO_SKILL_TELEMETRY_DB"));
    List<String> skills =
        jdbi.installPlugin(new SqlObjectPlugin()).withExtension(Dao.class, Dao::report);
    System.out.println(skills);
    System.exit(skills.isEmpty() ? 1 : 0);
  }
}
