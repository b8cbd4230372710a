/**
 * The sessions, and the agents, of the libraries by which skills are called.
 *
 * <p>Internal: nothing in this package is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.session;

import org.jspecify.annotations.NullMarked;
