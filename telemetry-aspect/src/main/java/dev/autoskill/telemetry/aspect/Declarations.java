package dev.autoskill.telemetry.aspect;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Reads ASM's nodes of classes, methods and annotations. Public for the agent; internal. */
public final class Declarations {

  private Declarations() {}

  /** The annotations of the class itself, also those that reflection does not see. */
  public static List<AnnotationNode> annotations(ClassNode type) {
    return joined(type.visibleAnnotations, type.invisibleAnnotations);
  }

  /** The annotations of a method, also those that reflection does not see. */
  public static List<AnnotationNode> annotations(MethodNode method) {
    return joined(method.visibleAnnotations, method.invisibleAnnotations);
  }

  private static List<AnnotationNode> joined(
      @Nullable List<AnnotationNode> visible, @Nullable List<AnnotationNode> invisible) {
    List<AnnotationNode> all = new ArrayList<>(visible == null ? List.of() : visible);
    all.addAll(invisible == null ? List.of() : invisible);
    return all;
  }

  /** The internal name of an annotation's type, which need not be there. */
  public static String type(AnnotationNode annotation) {
    return Type.getType(annotation.desc).getInternalName();
  }

  /** Whether one of the annotations is of the type of an internal name. */
  static boolean areAny(List<AnnotationNode> annotations, String type) {
    for (AnnotationNode annotation : annotations) {
      if (type(annotation).equals(type)) {
        return true;
      }
    }
    return false;
  }

  /** A string, or the binary name of a class; the empty text if it is left out. */
  static String text(AnnotationNode annotation, String element) {
    Object value = value(annotation, element);
    return value == null ? "" : plain(value);
  }

  static boolean isTrue(AnnotationNode annotation, String element) {
    return Boolean.TRUE.equals(value(annotation, element));
  }

  static List<String> texts(AnnotationNode annotation, String element) {
    return value(annotation, element) instanceof List<?> list
        ? list.stream().map(Declarations::plain).toList()
        : List.of();
  }

  private static String plain(Object value) {
    return value instanceof Type type ? type.getClassName() : value.toString();
  }

  private static @Nullable Object value(AnnotationNode annotation, String element) {
    // Names and values take turns.
    List<Object> values = annotation.values == null ? List.of() : annotation.values;
    for (int i = 0; i < values.size(); i += 2) {
      if (values.get(i).equals(element)) {
        return values.get(i + 1);
      }
    }
    return null;
  }

  static boolean hasBody(MethodNode method) {
    return (method.access & (Modifier.ABSTRACT | Modifier.NATIVE)) == 0;
  }

  static boolean isMadeByCompiler(MethodNode method) {
    return (method.access & (Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC)) != 0;
  }

  static @Nullable MethodNode method(ClassNode type, String name, String descriptor) {
    for (MethodNode method : type.methods) {
      if (method.name.equals(name) && method.desc.equals(descriptor)) {
        return method;
      }
    }
    return null;
  }
}
