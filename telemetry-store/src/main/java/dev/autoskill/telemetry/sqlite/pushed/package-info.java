/**
 * The note in the database of how far it was pushed.
 *
 * <p>Internal: nothing in this package is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.sqlite.pushed;

import org.jspecify.annotations.NullMarked;
