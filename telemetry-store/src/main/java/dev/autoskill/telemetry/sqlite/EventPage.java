package dev.autoskill.telemetry.sqlite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that follow each other.
 *
 * @param size how many
 * @param events what they hold; null if that has to be read row by row
 */
record EventPage(int size, @Nullable List<RawEvent> events) {}
