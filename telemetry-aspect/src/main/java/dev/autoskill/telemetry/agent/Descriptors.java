package dev.autoskill.telemetry.agent;

import java.nio.charset.StandardCharsets;

/** How class files name types. */
final class Descriptors {

  private Descriptors() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The descriptor of a class, as class files hold it. */
  static byte[] ofClass(String internalName) {
    return ascii("L".concat(internalName).concat(";"));
  }

  /** The internal name in the descriptor of a class. */
  static String className(String descriptor) {
    return descriptor.substring(1, descriptor.length() - 1);
  }

  /** Where a class's file is found. */
  static String resource(String internalName) {
    return internalName.concat(".class");
  }
}
