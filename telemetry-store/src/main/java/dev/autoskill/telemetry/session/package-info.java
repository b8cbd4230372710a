/**
 * The sessions of the libraries by which agents call skills.
 *
 * <p>Internal: nothing in this package is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.session;

import org.jspecify.annotations.NullMarked;
