/**
 * The table of errors in the database.
 *
 * <p>Internal: nothing in this package is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.sqlite.error;

import org.jspecify.annotations.NullMarked;
