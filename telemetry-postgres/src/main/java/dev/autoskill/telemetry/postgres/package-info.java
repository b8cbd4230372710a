/**
 * A PostgreSQL server beside the local databases: copies their events there, and answers reports
 * over all of them. Nothing is copied unless somebody named a server. {@link
 * dev.autoskill.telemetry.postgres.EventPush} and {@link
 * dev.autoskill.telemetry.postgres.PostgresReports} are where to begin; docs/postgresql.md
 * describes the tables.
 */
@NullMarked
package dev.autoskill.telemetry.postgres;

import org.jspecify.annotations.NullMarked;
