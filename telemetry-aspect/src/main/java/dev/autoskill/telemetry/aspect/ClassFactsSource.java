package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.aspect.ClassFacts.AnnotationFacts;
import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** Finds the facts of classes as one class loader sees them. */
final class ClassFactsSource {

  private final ClassLoader loader;

  ClassFactsSource(@Nullable ClassLoader loader) {
    this.loader = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
  }

  /** The facts of a loaded class, from its class file or, if it has none, by reflection. */
  ClassFacts of(Class<?> type) {
    ClassFacts facts = inFile(type.getName());
    return facts == null ? reflected(type) : facts;
  }

  /** The facts of a class; null if the loader does not see it. */
  @Nullable ClassFacts named(String name) {
    ClassFacts facts = inFile(name);
    if (facts != null) {
      return facts;
    }
    try {
      return reflected(Class.forName(name, false, loader));
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

  /**
   * Reads a class that has no class file, such as one that a program compiles and defines itself.
   * Reflection sees neither annotations of retention {@code CLASS} nor anything of a class that
   * mentions a missing type.
   */
  static ClassFacts reflected(Class<?> type) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Field field : type.getDeclaredFields()) {
      fields.put(field.getName(), field.getType().descriptorString());
    }
    List<MethodFacts> methods = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      methods.add(
          new MethodFacts(
              method.getName(),
              Type.getMethodDescriptor(method),
              method.getModifiers(),
              method.getGenericReturnType() instanceof TypeVariable,
              false,
              annotations(method)));
    }
    Class<?> superclass = type.getSuperclass();
    return new ClassFacts(
        type.getName(),
        type.getModifiers(),
        superclass == null ? null : superclass.getName(),
        annotations(type),
        fields,
        methods);
  }

  private static List<AnnotationFacts> annotations(AnnotatedElement element) {
    List<AnnotationFacts> annotations = new ArrayList<>();
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      Map<String, Object> values = new HashMap<>();
      for (Method value : annotation.annotationType().getDeclaredMethods()) {
        try {
          value.setAccessible(true);
          values.put(value.getName(), plain(value.invoke(annotation)));
        } catch (ReflectiveOperationException | RuntimeException e) {
          // A class that is missing, or an annotation of a closed module: as if it was left out.
        }
      }
      annotations.add(new AnnotationFacts(annotation.annotationType().getName(), values));
    }
    return annotations;
  }

  private static Object plain(Object value) {
    if (value.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(plain(Array.get(value, i)));
      }
      return elements;
    }
    return value instanceof Class<?> type ? type.getName() : value;
  }
}
