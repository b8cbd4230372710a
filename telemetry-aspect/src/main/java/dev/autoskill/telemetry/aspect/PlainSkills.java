package dev.autoskill.telemetry.aspect;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@link PlainSkill}s of one class, read from its class file.
 *
 * <p>To ask the JDK for a program's first annotation takes longer than all else until the first
 * event is safe: it spins classes and lambdas for it. So the class file is asked first, where there
 * is no doubt that it is the class's own: of classes that the JDK's loader found on the class path.
 * What is not found here may be there all the same, and reflection tells.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">JVMS §4.7.16</a>
 */
final class PlainSkills {

  private static final PlainSkills NONE = new PlainSkills(Map.of());

  private static final byte[] VISIBLE = ascii("RuntimeVisibleAnnotations");
  private static final byte[] TRACKED_SKILL =
      ascii("Ldev/autoskill/telemetry/annotations/TrackedSkill;");

  private static final SoughtTexts SOUGHT = new SoughtTexts(List.of(TRACKED_SKILL));

  private static final int MEMBER_HEADER_BYTES = 6;
  private static final int ATTRIBUTE_HEADER_BYTES = 6;

  /** By the method's name and descriptor. */
  private final Map<String, PlainSkill> skills;

  private PlainSkills(Map<String, PlainSkill> skills) {
    this.skills = skills;
  }

  static PlainSkills of(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null || loader != ClassLoader.getSystemClassLoader()) {
      return NONE;
    }
    String file = type.getName().replace('.', '/').concat(".class");
    try (ClassPlace place = ClassPlace.of(type.getProtectionDomain())) {
      byte[] classFile = place == null ? null : place.read(file);
      return classFile == null ? NONE : in(classFile);
    } catch (IOException | RuntimeException e) {
      // Reflection does without the file.
      return NONE;
    }
  }

  /** Those of a class file. */
  static PlainSkills in(byte[] classFile) {
    ConstantPool constants = new ConstantPool(classFile, SOUGHT);
    if (constants.found() == 0) {
      return NONE;
    }
    Map<String, PlainSkill> skills = new HashMap<>();
    int interfaces = constants.end() + 6;
    int fields = interfaces + 2 + 2 * constants.u2(interfaces);
    int methods = members(constants, fields, null);
    members(constants, methods, skills);
    return new PlainSkills(skills);
  }

  /** What stands on the method; null if that is nothing, or not plain. */
  @Nullable PlainSkill on(Method method) {
    return skills.isEmpty() ? null : skills.get(key(method));
  }

  private static String key(Method method) {
    StringBuilder key = new StringBuilder(method.getName()).append('(');
    for (Class<?> parameter : method.getParameterTypes()) {
      key.append(parameter.descriptorString());
    }
    return key.append(')').append(method.getReturnType().descriptorString()).toString();
  }

  /**
   * Goes past fields or methods, and takes along what stands on them unless {@code skills} is null.
   */
  private static int members(
      ConstantPool constants, int start, @Nullable Map<String, PlainSkill> skills) {
    int position = start + 2;
    for (int i = constants.u2(start); i > 0; i--) {
      int member = position;
      position += MEMBER_HEADER_BYTES + 2;
      for (int j = constants.u2(position - 2); j > 0; j--) {
        if (skills != null && constants.equals(constants.u2(position), VISIBLE)) {
          PlainSkill skill = amongAnnotations(constants, position + ATTRIBUTE_HEADER_BYTES);
          if (skill != null) {
            String name = constants.utf8(constants.u2(member + 2));
            skills.put(name + constants.utf8(constants.u2(member + 4)), skill);
          }
        }
        position += ATTRIBUTE_HEADER_BYTES + constants.u4(position + 2);
      }
    }
    return position;
  }

  private static @Nullable PlainSkill amongAnnotations(ConstantPool constants, int start) {
    int annotation = start + 2;
    for (int i = constants.u2(start); i > 0; i--) {
      if (constants.equals(constants.u2(annotation), TRACKED_SKILL)) {
        return skill(constants, annotation);
      }
      annotation = AnnotationLengths.endOfAnnotation(constants, annotation);
    }
    return null;
  }

  private static @Nullable PlainSkill skill(ConstantPool constants, int annotation) {
    String[] texts = {"", "", "", ""};
    boolean ignore = false;
    int position = annotation + 4;
    for (int i = constants.u2(annotation + 2); i > 0; i--, position += 5) {
      int value = constants.u2(position + 3);
      switch (constants.utf8(constants.u2(position))) {
        case "name" -> texts[0] = constants.utf8(value);
        case "value" -> texts[1] = constants.utf8(value);
        case "id" -> texts[2] = constants.utf8(value);
        case "agent" -> texts[3] = constants.utf8(value);
        case "ignore" -> ignore = constants.intValue(value) != 0;
        default -> {
          return null;
        }
      }
    }
    return new PlainSkill(texts[0], texts[1], texts[2], texts[3], ignore);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
