package dev.autoskill.telemetry.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Offers class files as resources, some of them other than the tests' own. */
final class TestLoader extends ClassLoader {

  private final Map<String, byte[]> replaced = new HashMap<>();

  TestLoader() {
    super(TestLoader.class.getClassLoader());
  }

  /** From now on, this is what a type's class file is. */
  void replace(Class<?> type, byte[] file) {
    replaceResource(resource(type), file);
  }

  /** From now on, this is what a resource is. */
  void replaceResource(String name, byte[] file) {
    replaced.put(name, file);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] file = replaced.get(name);
    return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
  }

  static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in = TestLoader.class.getClassLoader().getResourceAsStream(resource(type))) {
      return in.readAllBytes();
    }
  }

  static ClassFile file(Class<?> type) throws IOException {
    return ClassFile.of(bytes(type));
  }

  static String name(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static String resource(Class<?> type) {
    return name(type).concat(".class");
  }
}
