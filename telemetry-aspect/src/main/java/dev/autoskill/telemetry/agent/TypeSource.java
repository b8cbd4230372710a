package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.ClassPlace;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The class files that a class loader sees, as the weaver sees them: no class is loaded. */
final class TypeSource {

  private final ClassLoader loader;
  private final @Nullable ClassPlace first;

  /**
   * Makes one.
   *
   * @param first where to look first; null: nowhere else than the loader does
   */
  TypeSource(ClassLoader loader, @Nullable ClassPlace first) {
    this.loader = loader;
    this.first = first;
  }

  /**
   * Finds a class. The loader may run code of the program's for that, so no lock should be held.
   *
   * @return the class; null if the loader does not see it
   */
  @Nullable ClassFile find(String internalName) throws IOException {
    String file = Descriptors.resource(internalName);
    byte[] bytes = first(file);
    if (bytes == null) {
      bytes = seen(file);
    }
    return bytes == null ? null : new ClassFile(bytes);
  }

  /** What cannot be read there may be seen by the loader all the same. */
  private byte @Nullable [] first(String file) {
    try {
      return first == null ? null : first.read(file);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private byte @Nullable [] seen(String file) throws IOException {
    try (InputStream in = loader.getResourceAsStream(file)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}
