package dev.autoskill.telemetry.aspect;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
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

/**
 * Reads the facts of a class by reflection: for classes that have no class file, such as those that
 * a program compiles and defines itself. Reflection sees neither annotations of retention {@code
 * CLASS} nor anything of a class that mentions a missing type.
 */
final class ReflectedClass {

  private ReflectedClass() {}

  static ClassFacts read(Class<?> type) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Field field : type.getDeclaredFields()) {
      fields.put(field.getName(), field.getType().descriptorString());
    }
    List<MethodFacts> methods = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      methods.add(
          new MethodFacts(
              method.getName(),
              MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                  .toMethodDescriptorString(),
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
