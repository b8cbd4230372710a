package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The class files that a class loader sees, as the weaver sees them: no class is loaded. */
final class TypeSource {

  private TypeSource() {}

  /**
   * Finds a class. The loader may run code of the program's for that, so no lock should be held.
   *
   * @return the class; null if the loader does not see it
   */
  static @Nullable ClassFile find(ClassLoader loader, String internalName) throws IOException {
    try (InputStream in = loader.getResourceAsStream(Descriptors.resource(internalName))) {
      return in == null ? null : new ClassFile(in.readAllBytes());
    }
  }
}
