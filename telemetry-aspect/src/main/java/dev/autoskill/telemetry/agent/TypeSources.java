package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.ClassPlace;
import java.io.IOException;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the types are to be found that a class refers to: most often beside the class. Only the
 * JDK's loader of the class path is known to look there too, and never to be discarded, so that its
 * jars may stay open; they are open in any case.
 *
 * <p>Safe for use by any number of threads.
 */
final class TypeSources {

  private static final ClassLoader CLASS_PATH = ClassLoader.getSystemClassLoader();

  /** Empty if it cannot be read. */
  private final Map<ProtectionDomain, Optional<ClassPlace>> places = new ConcurrentHashMap<>();

  /**
   * Where to look for what a class refers to.
   *
   * @param domain the class's
   */
  TypeSource of(ClassLoader loader, @Nullable ProtectionDomain domain) {
    return new TypeSource(loader, loader == CLASS_PATH && domain != null ? place(domain) : null);
  }

  private @Nullable ClassPlace place(ProtectionDomain domain) {
    Optional<ClassPlace> known = places.get(domain);
    if (known == null) {
      known = open(domain);
      places.put(domain, known);
    }
    return known.orElse(null);
  }

  private static Optional<ClassPlace> open(ProtectionDomain domain) {
    try {
      return Optional.ofNullable(ClassPlace.of(domain));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
