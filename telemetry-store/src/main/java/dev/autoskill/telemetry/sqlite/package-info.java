/**
 * The SQLite database: the one writer that stores events, the reader that answers queries, and the
 * rollups, which SQLite itself counts. The SQL is in {@link
 * dev.autoskill.telemetry.sqlite.TelemetryDao} (the shared table) and {@link
 * dev.autoskill.telemetry.sqlite.RollupSql} (the rollups); docs/schema.md describes the tables.
 *
 * <p>Internal: programs use {@link dev.autoskill.telemetry.TelemetryCollector}.
 */
@org.jspecify.annotations.NullMarked
package dev.autoskill.telemetry.sqlite;
