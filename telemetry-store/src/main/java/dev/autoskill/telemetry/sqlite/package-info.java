/**
 * The database: its file, its schema, and the SQL object that all statements go through.
 *
 * <p>Internal: programs use {@link dev.autoskill.telemetry}, and nothing here is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.sqlite;

import org.jspecify.annotations.NullMarked;
