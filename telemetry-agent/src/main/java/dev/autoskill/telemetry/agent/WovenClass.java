package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes a class file fit for the weaver, and the weaver's result fit for the JVM: with stack map
 * frames, without the weaver's notes, and within the limits of a class file. The weaver would do so
 * itself, but prints the failures, and weaves nothing any more in this JVM.
 *
 * <p>The members that AspectJ adds to a class get other names. It numbers them from 0 on each time,
 * and would make a second {@code review_aroundBody0} of a class that a compiler has woven, or of
 * one that this agent has and AspectJ's own weaves after it. Those that were there before have
 * their own names again in the end: other classes may call them.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">JVMS §4.10,
 *     §4.11</a>
 */
final class WovenClass extends ClassVisitor {

  private static final int API = Opcodes.ASM9;
  private static final String BODY = "_aroundBody";
  private static final String MARK = "_";
  private static final String JOIN_POINT = "ajc$tjp_";
  private static final String INITIALISER = "ajc$preClinit";
  private static final String WEAVER = "org.aspectj.";
  private static final int MOST_PARAMETER_WORDS = 255;

  /** The last version whose classes the weaver leaves without stack map frames. */
  private static final int WITHOUT_FRAMES = Opcodes.V1_6;

  /** Where a class file has its version: the minor one, then the major one. */
  private static final int VERSION_AT = 4;

  private final String className;

  /** Before weaving, AspectJ still has to find its notes and the join points that are there. */
  private final boolean isWoven;

  /** The class file's version before it was woven. */
  private final int version;

  private WovenClass(ClassVisitor next, ClassFile before, boolean isWoven) {
    super(API, next);
    this.className = before.name();
    this.version = before.reader().readInt(VERSION_AT);
    this.isWoven = isWoven;
  }

  /** A copy of a class file for the weaver. */
  static byte[] prepared(ClassFile type) {
    byte[] prepared = type.bytes().clone();
    if (new String(prepared, StandardCharsets.ISO_8859_1).contains(BODY)) {
      ClassWriter writer = new ClassWriter(type.reader(), 0);
      type.reader().accept(new WovenClass(writer, type, false), 0);
      prepared = writer.toByteArray();
    }
    if ((type.reader().readInt(VERSION_AT) & 0xFFFF) > WITHOUT_FRAMES) {
      ByteBuffer.wrap(prepared).putInt(VERSION_AT, WITHOUT_FRAMES);
    }
    return prepared;
  }

  /**
   * The class file for the JVM.
   *
   * @param woven the weaver's result
   * @param types the types that the class will see; notes those that counted
   * @throws RuntimeException if it cannot be a valid one
   */
  static byte[] finished(byte[] woven, ClassFile before, SeenTypes types) {
    ClassReader reader = new ClassReader(woven);
    FrameWriter writer = new FrameWriter(reader, types);
    reader.accept(new WovenClass(writer, before, true), ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  private String renamed(String owner, String member) {
    if (!owner.equals(className)) {
      return member;
    }
    if (member.contains(BODY)) {
      boolean isOfBefore = isWoven && member.endsWith(MARK);
      return isOfBefore ? member.substring(0, member.length() - 1) : member.concat(MARK);
    }
    boolean isOther = member.startsWith(JOIN_POINT) || member.equals(INITIALISER);
    return isWoven && isOther ? "autoskill_".concat(member) : member;
  }

  private boolean isWeaversNote(Attribute attribute) {
    return isWoven && attribute.type.startsWith(WEAVER);
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
    if (!isWeaversNote(attribute)) {
      super.visitAttribute(attribute);
    }
  }

  @Override
  public FieldVisitor visitField(
      int access, String name, String type, @Nullable String signature, @Nullable Object value) {
    return super.visitField(access, renamed(className, name), type, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    // The size of the arguments counts the receiver, which a static method does not have.
    int words = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
    if (((access & Opcodes.ACC_STATIC) == 0 ? words : words - 1) > MOST_PARAMETER_WORDS) {
      throw new IllegalArgumentException("too many parameters");
    }
    String renamed = renamed(className, name);
    MethodVisitor next = super.visitMethod(access, renamed, descriptor, signature, exceptions);
    return new MethodVisitor(API, next) {
      @Override
      public void visitAttribute(Attribute attribute) {
        if (!isWeaversNote(attribute)) {
          super.visitAttribute(attribute);
        }
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String field, String type) {
        super.visitFieldInsn(opcode, owner, renamed(owner, field), type);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String called, String type, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, renamed(owner, called), type, isInterface);
      }
    };
  }

  /** Works out the stack map frames. No class is loaded for it. */
  private static final class FrameWriter extends ClassWriter {

    private final SeenTypes types;

    FrameWriter(ClassReader woven, SeenTypes types) {
      super(woven, COMPUTE_FRAMES);
      this.types = types;
    }

    @Override
    protected String getCommonSuperClass(String one, String other) {
      try {
        List<String> common = superclasses(one);
        common.retainAll(superclasses(other));
        return common.isEmpty() ? "java/lang/Object" : common.get(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A class and its superclasses, as far as they are there; none of an interface. */
    private List<String> superclasses(String name) throws IOException {
      List<String> superclasses = new ArrayList<>();
      for (String next = name; next != null; ) {
        ClassFile file = types.find(next);
        if (file == null || (file.accessFlags() & Opcodes.ACC_INTERFACE) != 0) {
          break;
        }
        superclasses.add(next);
        next = file.superclass();
      }
      return superclasses;
    }
  }
}
