package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The scopes of the class loaders that are in use. Keeps no loader alive. */
final class LoaderScopes {

  private final Map<ClassLoader, LoaderScope> scopes =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** The loader that this thread is asking for its configuration. */
  private final ThreadLocal<@Nullable ClassLoader> asked = new ThreadLocal<>();

  /**
   * The scope of a loader. No lock is held while it is found out, since the loader may run any
   * code; at worst two threads ask the same.
   *
   * @return the scope; null while it is being found out by this very thread, as happens when a
   *     loader loads classes of its own to answer
   */
  @Nullable LoaderScope of(ClassLoader loader) throws IOException {
    LoaderScope known = scopes.get(loader);
    ClassLoader askedBefore = asked.get();
    if (known != null || askedBefore == loader) {
      return known;
    }
    asked.set(loader);
    try {
      LoaderScope scope = LoaderScope.of(loader);
      LoaderScope other = scopes.putIfAbsent(loader, scope);
      return other == null ? scope : other;
    } finally {
      asked.set(askedBefore);
    }
  }
}
