/** The command {@code skill-telemetry}. Internal: its promises are those of its output. */
@NullMarked
package dev.autoskill.telemetry.cli;

import org.jspecify.annotations.NullMarked;
