package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.aspect.ClassFacts.AnnotationFacts;
import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads the facts of a class from its class file. Public for the agent; internal. */
public final class ClassFileReader extends ClassVisitor {

  private static final int API = Opcodes.ASM9;

  /** The fields of Kotlin's that hold the objects to which a class delegates interfaces. */
  private static final String DELEGATE = "$$delegate_";

  private final List<AnnotationFacts> annotations = new ArrayList<>();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<MethodFacts> methods = new ArrayList<>();
  private String className = "";
  private int classAccess;
  private @Nullable String superclass;

  private ClassFileReader() {
    super(API);
  }

  /** Reads a class file; throws a {@link RuntimeException} if it is damaged or too new. */
  static ClassFacts read(byte[] bytes) {
    return read(new ClassReader(bytes), 0);
  }

  /**
   * Reads a class file but for the code, so that no method is known to be delegated. It takes bytes
   * and no reader of ASM's, since the agent and the program may each have an ASM of their own.
   */
  public static ClassFacts readDeclarations(byte[] bytes) {
    return read(new ClassReader(bytes), ClassReader.SKIP_CODE);
  }

  private static ClassFacts read(ClassReader file, int skipped) {
    ClassFileReader reader = new ClassFileReader();
    file.accept(reader, skipped | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new ClassFacts(
        reader.className,
        reader.classAccess,
        reader.superclass,
        reader.annotations,
        reader.fields,
        reader.methods);
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String[] interfaces) {
    classAccess = access;
    className = name.replace('/', '.');
    superclass = superName == null ? null : superName.replace('/', '.');
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean isVisible) {
    return annotation(descriptor, annotations);
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    fields.put(name, descriptor);
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    boolean returnsTypeVariable = signature != null && signature.contains(")T");
    List<AnnotationFacts> ofMethod = new ArrayList<>();
    return new MethodVisitor(API) {

      private boolean isDelegated;

      @Override
      public AnnotationVisitor visitAnnotation(String annotation, boolean isVisible) {
        return annotation(annotation, ofMethod);
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String field, String type) {
        isDelegated |= field.startsWith(DELEGATE) && opcode == Opcodes.GETFIELD;
      }

      @Override
      public void visitEnd() {
        methods.add(
            new MethodFacts(name, descriptor, access, returnsTypeVariable, isDelegated, ofMethod));
      }
    };
  }

  private static AnnotationVisitor annotation(String descriptor, List<AnnotationFacts> target) {
    Map<String, Object> values = new HashMap<>();
    return new AnnotationVisitor(API) {
      @Override
      public void visit(String name, Object value) {
        values.put(name, plain(value));
      }

      @Override
      public AnnotationVisitor visitArray(String name) {
        List<Object> elements = new ArrayList<>();
        values.put(name, elements);
        return new AnnotationVisitor(API) {
          @Override
          public void visit(@Nullable String none, Object value) {
            elements.add(plain(value));
          }
        };
      }

      @Override
      public void visitEnd() {
        target.add(new AnnotationFacts(Type.getType(descriptor).getClassName(), values));
      }
    };
  }

  private static Object plain(Object value) {
    return value instanceof Type type ? type.getClassName() : value;
  }
}
