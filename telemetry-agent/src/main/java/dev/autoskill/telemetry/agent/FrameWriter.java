package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes what the weaver made as a class that the JVM accepts: with stack map frames, without the
 * weaver's notes, and within the limits of a class file.
 *
 * <p>The weaver would do so itself, but prints what fails there, and weaves nothing any more in
 * this JVM.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">JVMS §4.10,
 *     §4.11</a>
 */
final class FrameWriter extends ClassWriter {

  private static final int API = Opcodes.ASM9;
  private static final String OBJECT = "java/lang/Object";
  private static final String WEAVER = "org.aspectj.";
  private static final int MOST_PARAMETER_WORDS = 255;

  private final SeenTypes types;

  private FrameWriter(ClassReader woven, SeenTypes types) {
    super(woven, COMPUTE_FRAMES);
    this.types = types;
  }

  /**
   * Writes a class.
   *
   * @param woven what the weaver made
   * @param version the class file's version, as it was before weaving
   * @param types what the class will see; knows then which of them counted
   * @return the class file
   * @throws RuntimeException if it cannot be a valid one
   */
  static byte[] write(byte[] woven, int version, SeenTypes types) {
    ClassReader reader = new ClassReader(woven);
    FrameWriter writer = new FrameWriter(reader, types);
    ClassVisitor checking = new Checking(writer, version);
    reader.accept(new AddedMembers(checking, reader.getClassName(), true), ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /** The class that a value may have which is of one type or another. No class is loaded. */
  @Override
  protected String getCommonSuperClass(String one, String other) {
    try {
      List<String> ofOne = superclasses(one);
      for (String ofOther : superclasses(other)) {
        if (ofOne.contains(ofOther)) {
          return ofOther;
        }
      }
      return OBJECT;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class and its superclasses, as far as they are there; none of an interface. */
  private List<String> superclasses(String name) throws IOException {
    List<String> superclasses = new ArrayList<>();
    String next = name;
    while (next != null) {
      ClassFile file = types.find(next);
      if (file == null || (file.accessFlags() & Opcodes.ACC_INTERFACE) != 0) {
        break;
      }
      superclasses.add(next);
      next = file.superclass();
    }
    return superclasses;
  }

  /** Passes everything on, so that nothing is copied as it was, but for the weaver's notes. */
  private static final class Checking extends ClassVisitor {

    private final int version;

    Checking(ClassVisitor next, int version) {
      super(API, next);
      this.version = version;
    }

    @Override
    public void visit(
        int wovenVersion,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public void visitAttribute(Attribute attribute) {
      if (!attribute.type.startsWith(WEAVER)) {
        super.visitAttribute(attribute);
      }
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      int words = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
      boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
      if ((isStatic ? words - 1 : words) > MOST_PARAMETER_WORDS) {
        throw new IllegalArgumentException("too many parameters");
      }
      return new MethodVisitor(
          API, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitAttribute(Attribute attribute) {
          if (!attribute.type.startsWith(WEAVER)) {
            super.visitAttribute(attribute);
          }
        }
      };
    }
  }
}
