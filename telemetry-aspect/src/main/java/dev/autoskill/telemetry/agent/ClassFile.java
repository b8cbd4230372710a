package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.ConstantPool;
import dev.autoskill.telemetry.aspect.SoughtTexts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a class file decides whether the class may be woven, and how. Names are internal ones.
 */
final class ClassFile {

  private static final SoughtTexts NOTHING = sought(List.of());

  private static final int FINAL = 0x0010;
  private static final int ANNOTATION = 0x2000;

  private final byte[] bytes;
  private final ConstantPool constants;
  private final int accessFlags;
  private final String name;
  private final List<String> supertypes;
  private final int membersAt;
  private @Nullable AnnotationNames annotations;

  /** A class file of which nobody asks whether it mentions something. */
  ClassFile(byte[] bytes) {
    this(bytes, NOTHING);
  }

  /**
   * A class file.
   *
   * @param sought what {@link #sought} answered
   */
  ClassFile(byte[] bytes, SoughtTexts sought) {
    this.bytes = bytes;
    constants = new ConstantPool(bytes, sought);
    int position = constants.end();
    accessFlags = constants.u2(position);
    name = constants.className(constants.u2(position + 2));
    int superclass = constants.u2(position + 4);
    int interfaces = constants.u2(position + 6);
    supertypes = new ArrayList<>(1 + interfaces);
    if (superclass != 0) {
      supertypes.add(constants.className(superclass));
    }
    position += 8;
    for (int i = 0; i < interfaces; i++, position += 2) {
      supertypes.add(constants.className(constants.u2(position)));
    }
    membersAt = position;
  }

  /** How to look for texts in class files. */
  static SoughtTexts sought(Collection<byte[]> asciiTexts) {
    List<byte[]> texts = new ArrayList<>(AnnotationNames.ATTRIBUTES);
    texts.addAll(asciiTexts);
    return new SoughtTexts(texts);
  }

  byte[] bytes() {
    return bytes;
  }

  String name() {
    return name;
  }

  int accessFlags() {
    return accessFlags;
  }

  boolean isFinal() {
    return (accessFlags & FINAL) != 0;
  }

  boolean isAnnotation() {
    return (accessFlags & ANNOTATION) != 0;
  }

  /** The superclass, if there is one, and the interfaces. */
  List<String> supertypes() {
    return supertypes;
  }

  /** Whether one of the texts that were sought is among the constants. */
  boolean mentionsSought() {
    return constants.found() >>> AnnotationNames.ATTRIBUTES.size() != 0;
  }

  /** The types that the class itself is annotated with. */
  Set<String> typeAnnotations() {
    return annotations().ofType();
  }

  /** The types that the class, its fields and its methods are annotated with. */
  Set<String> annotationTypes() {
    return annotations().all();
  }

  private AnnotationNames annotations() {
    AnnotationNames known = annotations;
    if (known == null) {
      known = AnnotationNames.read(constants, membersAt);
      annotations = known;
    }
    return known;
  }

  /** Every type that the class names anywhere in its code or its declarations, sorted. */
  Set<String> mentionedTypes() {
    Set<String> types = new TreeSet<>();
    for (int i = 1; i < constants.size(); i++) {
      if (constants.isUtf8(i)) {
        addDescriptor(constants.utf8(i), types);
      } else if (constants.isClass(i)) {
        String type = constants.className(i);
        if (type.startsWith("[")) {
          addDescriptor(type, types);
        } else {
          types.add(type);
        }
      }
    }
    return types;
  }

  /** Adds the classes of a descriptor. A text that only looks like one adds what does not exist. */
  private static void addDescriptor(String text, Set<String> types) {
    if (text.isEmpty() || "(L[".indexOf(text.charAt(0)) < 0 || text.indexOf(' ') >= 0) {
      return;
    }
    int position = 0;
    while (position < text.length()) {
      if (text.charAt(position) != 'L') {
        position++;
        continue;
      }
      int end = position + 1;
      while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) != '<') {
        end++;
      }
      if (end < text.length()) {
        types.add(text.substring(position + 1, end));
      }
      position = end + 1;
    }
  }
}
