package dev.autoskill.telemetry;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why a collector is as it is, for those who ask.
 *
 * @param why why it records or does not, in plain words
 * @param database the database's file; null if none is known
 */
record Circumstances(String why, @Nullable Path database) {}
