package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The scopes of the class loaders that are in use. Keeps no loader alive. */
final class LoaderScopes {

  private final Map<ClassLoader, LoaderScope> scopes = new WeakHashMap<>();

  /** The loader that this thread is asking for its configuration. */
  private final ThreadLocal<ClassLoader> asked = new ThreadLocal<>();

  /**
   * The scope of a loader.
   *
   * @return the scope; null while it is being found out by this very thread, as happens when a
   *     loader loads classes of its own to answer
   */
  @Nullable LoaderScope of(ClassLoader loader) throws IOException {
    synchronized (scopes) {
      LoaderScope known = scopes.get(loader);
      if (known != null) {
        return known;
      }
    }
    return asked.get() == loader ? null : ask(loader);
  }

  /** Holds no lock meanwhile: the loader may run any code. At worst two threads ask the same. */
  private LoaderScope ask(ClassLoader loader) throws IOException {
    ClassLoader askedBefore = asked.get();
    asked.set(loader);
    try {
      LoaderScope scope = LoaderScope.of(loader);
      synchronized (scopes) {
        LoaderScope known = scopes.putIfAbsent(loader, scope);
        return known == null ? scope : known;
      }
    } finally {
      if (askedBefore == null) {
        asked.remove();
      } else {
        asked.set(askedBefore);
      }
    }
  }
}
