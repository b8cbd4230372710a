package dev.autoskill.telemetry.agent;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Gives other names to the members that AspectJ adds to a class. It numbers them from 0 on each
 * time, and would make a second {@code review_aroundBody0} of a class that a compiler has woven, or
 * of one that this agent has and AspectJ's own weaves after it.
 */
final class AddedMembers extends ClassVisitor {

  private static final int API = Opcodes.ASM9;
  private static final String BODY = "_aroundBody";
  private static final String JOIN_POINT = "ajc$tjp_";
  private static final String INITIALISER = "ajc$preClinit";

  private final String className;

  /** Before weaving, AspectJ still has to find the join points that are there. */
  private final boolean isWoven;

  AddedMembers(ClassVisitor next, String className, boolean isWoven) {
    super(API, next);
    this.className = className;
    this.isWoven = isWoven;
  }

  /** A copy of a class file that is to be woven. */
  static byte[] renamed(ClassFile type) {
    if (!new String(type.bytes(), StandardCharsets.ISO_8859_1).contains(BODY)) {
      return type.bytes().clone();
    }
    ClassWriter writer = new ClassWriter(type.reader(), 0);
    type.reader().accept(new AddedMembers(writer, type.name(), false), 0);
    return writer.toByteArray();
  }

  private String renamed(String owner, String member) {
    if (!owner.equals(className)) {
      return member;
    }
    if (member.contains(BODY)) {
      return member.concat("_");
    }
    boolean isOther = member.startsWith(JOIN_POINT) || member.equals(INITIALISER);
    return isWoven && isOther ? "autoskill_".concat(member) : member;
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
    String renamed = renamed(className, name);
    MethodVisitor next = super.visitMethod(access, renamed, descriptor, signature, exceptions);
    return new MethodVisitor(API, next) {
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
}
