/** The uses of skills as meters of Micrometer. */
@NullMarked
package dev.autoskill.telemetry.micrometer;

import org.jspecify.annotations.NullMarked;
