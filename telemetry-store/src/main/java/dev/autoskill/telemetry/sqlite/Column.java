package dev.autoskill.telemetry.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * A column of the shared table, as it is found in a database.
 *
 * @param name its name
 * @param required whether it allows no null
 * @param fallback the SQL of its default; null if it has none
 */
record Column(String name, boolean required, @Nullable String fallback) {}
