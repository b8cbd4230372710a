package dev.autoskill.telemetry.writer;

import java.io.Closeable;
import java.io.File;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which spools somebody in this JVM has open.
 *
 * <p>On POSIX systems a process loses its locks on a file when it closes any descriptor of that
 * file. So no spool is ever opened twice in a process. What the library loaded by another class
 * loader has open cannot be seen here; that is found out by opening and asking for the lock, and
 * then the second descriptor must never be closed either.
 */
final class SpoolClaims {

  private static final Set<String> CLAIMED = ConcurrentHashMap.newKeySet();
  private static final Map<String, Closeable> KEPT_OPEN = new ConcurrentHashMap<>();

  private SpoolClaims() {}

  /** Whether the file was free; it now belongs to the caller. */
  static boolean claim(File file) {
    return CLAIMED.add(file.getAbsolutePath());
  }

  static void release(File file) {
    CLAIMED.remove(file.getAbsolutePath());
  }

  /** Keeps what is open, and the claim with it, for as long as the JVM lives. */
  static void keepForEver(File file, Closeable open) {
    KEPT_OPEN.put(file.getAbsolutePath(), open);
  }

  static boolean isKeptForEver(File file) {
    return KEPT_OPEN.containsKey(file.getAbsolutePath());
  }
}
