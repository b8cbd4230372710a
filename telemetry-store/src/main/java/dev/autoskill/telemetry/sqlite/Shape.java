package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.writer.StoreException;
import dev.autoskill.telemetry.writer.Trouble;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a database is one that this library may write to: looked at before anything is changed.
 *
 * <p>It may have more columns than ours, as long as an insert need not name them; the duration must
 * not be required.
 */
final class Shape {

  /** Databases of auto-skill's tools, and so far of this library, have 0. */
  private static final int NEWEST_KNOWN = 0;

  private static final Set<String> COLUMNS =
      Set.of(
          "id",
          "skill_id",
          "skill_name",
          "session_id",
          "agent_id",
          "duration_ms",
          "outcome",
          "timestamp");

  private Shape() {}

  /** Throws if the database must be left alone. */
  static void check(TelemetryDao dao) throws StoreException {
    if (dao.userVersion() > NEWEST_KNOWN) {
      throw new StoreException(Trouble.DATABASE_NEWER);
    }
    String type = dao.typeOfTable();
    if (type == null) {
      return;
    }
    if (!type.equals("table") || !isOurs(dao.columns())) {
      throw new StoreException(Trouble.DATABASE_OTHER_SHAPE);
    }
    dao.anyId();
  }

  private static boolean isOurs(List<Column> columns) {
    Set<String> missing = new HashSet<>(COLUMNS);
    for (Column column : columns) {
      String name = column.name().toLowerCase(Locale.ROOT);
      missing.remove(name);
      // Not every event has a duration, and no insert of ours has a column that we do not know.
      boolean mayBeNull =
          name.equals("duration_ms") || (!COLUMNS.contains(name) && column.fallback() == null);
      if (mayBeNull && column.required()) {
        return false;
      }
    }
    return missing.isEmpty();
  }
}
