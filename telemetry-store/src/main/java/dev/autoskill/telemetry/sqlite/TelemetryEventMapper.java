package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A row of the table as an event. Public only because JDBI makes it by reflection. */
public final class TelemetryEventMapper implements RowMapper<TelemetryEvent> {

  /** Makes a mapper. */
  public TelemetryEventMapper() {}

  @Override
  public TelemetryEvent map(ResultSet row, StatementContext context) throws SQLException {
    return new TelemetryEvent(
        row.getString("id"),
        row.getString("skill_id"),
        row.getString("skill_name"),
        row.getString("session_id"),
        row.getString("agent_id"),
        nullableLong(row, "duration_ms"),
        Outcome.ofText(row.getString("outcome")),
        Timestamps.parse(row.getString("timestamp")));
  }

  private static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
