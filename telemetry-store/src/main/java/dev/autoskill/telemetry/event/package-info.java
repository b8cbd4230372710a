/** What is recorded: skills, their uses, and the events that tell of them. */
@NullMarked
package dev.autoskill.telemetry.event;

import org.jspecify.annotations.NullMarked;
