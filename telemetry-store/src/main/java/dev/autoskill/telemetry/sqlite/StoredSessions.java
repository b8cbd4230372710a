package dev.autoskill.telemetry.sqlite;

import org.jspecify.annotations.Nullable;

/** A row of the sessions' rollups. */
record StoredSessions(long skill, boolean kept, byte @Nullable [] uses) {}
