package dev.autoskill.telemetry.aspect;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Finds the facts of classes as one class loader sees them. */
final class ClassFactsSource {

  private final ClassLoader loader;

  ClassFactsSource(@Nullable ClassLoader loader) {
    this.loader = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
  }

  /** The facts of a loaded class, from its class file or, if it has none, by reflection. */
  ClassFacts of(Class<?> type) {
    ClassFacts facts = inFile(type.getName());
    return facts == null ? ReflectedClass.read(type) : facts;
  }

  /** The facts of a class; null if the loader does not see it. */
  @Nullable ClassFacts named(String name) {
    ClassFacts facts = inFile(name);
    if (facts != null) {
      return facts;
    }
    try {
      return ReflectedClass.read(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private @Nullable ClassFacts inFile(String name) {
    try (InputStream in = loader.getResourceAsStream(name.replace('.', '/').concat(".class"))) {
      return in == null ? null : ClassFileReader.read(in.readAllBytes());
    } catch (IOException | RuntimeException | LinkageError e) {
      // Newer than the program's ASM, say.
      return null;
    }
  }
}
