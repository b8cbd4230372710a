/** Skills, their uses, and the events that record them. */
@NullMarked
package dev.autoskill.telemetry.event;

import org.jspecify.annotations.NullMarked;
