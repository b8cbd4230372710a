/**
 * A PostgreSQL server beside the local databases: takes their events, and answers reports over all
 * of them. {@link dev.autoskill.telemetry.postgres.PostgresReceiver} and {@link
 * dev.autoskill.telemetry.postgres.PostgresReports} are where to begin; docs/postgresql.md
 * describes the tables.
 */
@NullMarked
package dev.autoskill.telemetry.postgres;

import org.jspecify.annotations.NullMarked;
