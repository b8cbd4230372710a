package dev.autoskill.telemetry.aspect;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds the declarations of classes as one class loader sees them. To read a class file loads none
 * of the types that it mentions, so they may be missing.
 */
final class ClassSource {

  /** The fields of Kotlin's that hold the objects to which a class delegates interfaces. */
  static final String DELEGATE = "$$delegate_";

  private static final int NO_DEBUG = ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

  private final ClassLoader loader;

  ClassSource(@Nullable ClassLoader loader) {
    this.loader = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
  }

  /** A loaded class, by its class file or, if it has none, by reflection. */
  ClassNode of(Class<?> type) {
    ClassNode file = inFile(Type.getInternalName(type));
    return file == null ? reflected(type) : file;
  }

  /** The class of an internal name; null if the loader does not see it. */
  @Nullable ClassNode named(String name) {
    ClassNode file = inFile(name);
    if (file != null) {
      return file;
    }
    try {
      return reflected(Class.forName(name.replace('/', '.'), false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private @Nullable ClassNode inFile(String name) {
    try (InputStream in = loader.getResourceAsStream(name.concat(".class"))) {
      return in == null ? null : read(new ClassReader(in.readAllBytes()));
    } catch (IOException | RuntimeException | LinkageError e) {
      // Newer than the program's ASM, say.
      return null;
    }
  }

  /** The code is only of interest where it may call a delegate. */
  private static ClassNode read(ClassReader file) {
    ClassNode declarations = new ClassNode();
    file.accept(declarations, NO_DEBUG | ClassReader.SKIP_CODE);
    for (FieldNode field : declarations.fields) {
      if (field.name.startsWith(DELEGATE)) {
        ClassNode withCode = new ClassNode();
        file.accept(withCode, NO_DEBUG);
        return withCode;
      }
    }
    return declarations;
  }

  /**
   * Reads a class that has no class file, such as one that a program compiles and defines itself.
   * Reflection sees neither annotations of retention {@code CLASS} nor anything of a class that
   * mentions a missing type.
   */
  static ClassNode reflected(Class<?> type) {
    ClassNode node = new ClassNode();
    node.name = Type.getInternalName(type);
    node.access = type.getModifiers();
    Class<?> superclass = type.getSuperclass();
    node.superName = superclass == null ? null : Type.getInternalName(superclass);
    node.visibleAnnotations = annotations(type);
    for (Field field : type.getDeclaredFields()) {
      String descriptor = field.getType().descriptorString();
      node.fields.add(new FieldNode(field.getModifiers(), field.getName(), descriptor, null, null));
    }
    for (Method method : type.getDeclaredMethods()) {
      String signature =
          method.getGenericReturnType() instanceof TypeVariable<?> variable
              ? "()T" + variable.getName() + ";"
              : null;
      MethodNode declared =
          new MethodNode(
              method.getModifiers(),
              method.getName(),
              Type.getMethodDescriptor(method),
              signature,
              null);
      declared.visibleAnnotations = annotations(method);
      node.methods.add(declared);
    }
    return node;
  }

  private static List<AnnotationNode> annotations(AnnotatedElement element) {
    List<AnnotationNode> annotations = new ArrayList<>();
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      AnnotationNode node = new AnnotationNode(annotation.annotationType().descriptorString());
      for (Method value : annotation.annotationType().getDeclaredMethods()) {
        try {
          value.setAccessible(true);
          node.visit(value.getName(), plain(value.invoke(annotation)));
        } catch (ReflectiveOperationException | RuntimeException e) {
          // A class that is missing, or an annotation of a closed module: as if it was left out.
        }
      }
      annotations.add(node);
    }
    return annotations;
  }

  private static Object plain(Object value) {
    if (value instanceof Object[] array) {
      return Arrays.stream(array).map(ClassSource::plain).toList();
    }
    return value instanceof Class<?> type ? Type.getType(type) : value;
  }
}
