package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads the columns of {@link RollupDao#COLUMNS}, by position since there may be millions of rows.
 * Public only because JDBI makes it by reflection.
 */
public final class RawEventMapper implements RowMapper<RawEvent> {

  private static final double WHOLE_LIMIT = 0x1p53;

  /** Makes a mapper. */
  public RawEventMapper() {}

  @Override
  public RawEvent map(ResultSet row, StatementContext context) throws SQLException {
    double ms = row.getDouble(6);
    boolean isTimed = !row.wasNull();
    return new RawEvent(
        row.getLong(1),
        text(row, 2, ""),
        text(row, 3, ""),
        text(row, 4, "unknown"),
        text(row, 5, ""),
        isTimed,
        ms,
        Math.abs(ms) < WHOLE_LIMIT ? (long) ms : row.getLong(6),
        Outcome.ofText(text(row, 7, "")),
        text(row, 8, ""));
  }

  private static String text(ResultSet row, int column, String ifNull) throws SQLException {
    String text = row.getString(column);
    return text == null ? ifNull : text;
  }
}
