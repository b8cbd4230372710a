package dev.autoskill.telemetry.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Makes class files as some other version of a compiler or of a class would. */
final class ClassFiles {

  private ClassFiles() {}

  /** A class file that declares little: no members, and at most one annotation. */
  static byte[] annotated(Class<?> type, String annotation) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    Class<?> superclass = type.getSuperclass() == null ? Object.class : type.getSuperclass();
    out.writeInt(0xCAFEBABE);
    out.writeInt(61);
    Class<?>[] interfaces = type.getInterfaces();
    out.writeShort(7 + 2 * interfaces.length);
    type(out, 2, TestLoader.name(type));
    type(out, 4, TestLoader.name(superclass));
    text(out, "RuntimeVisibleAnnotations");
    text(out, "L" + annotation + ";");
    for (int i = 0; i < interfaces.length; i++) {
      type(out, 8 + 2 * i, TestLoader.name(interfaces[i]));
    }
    out.writeShort(type.getModifiers());
    out.writeShort(1);
    out.writeShort(3);
    out.writeShort(interfaces.length);
    for (int i = 0; i < interfaces.length; i++) {
      out.writeShort(7 + 2 * i);
    }
    out.writeShort(0);
    out.writeShort(0);
    out.writeShort(1);
    out.writeShort(5);
    out.writeInt(6);
    out.writeShort(1);
    out.writeShort(6);
    out.writeShort(0);
    return bytes.toByteArray();
  }

  private static void type(DataOutputStream out, int nameIndex, String name) throws IOException {
    out.writeByte(7);
    out.writeShort(nameIndex);
    text(out, name);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.writeByte(1);
    out.writeUTF(text);
  }
}
