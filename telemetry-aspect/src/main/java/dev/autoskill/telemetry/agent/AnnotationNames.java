package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.AnnotationLengths;
import dev.autoskill.telemetry.aspect.ConstantPool;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The types that a class, its fields and its methods are annotated with, by internal name.
 *
 * <p>Annotations kept in the class file but not at run time count too: the weaver sees them.
 *
 * @param ofType those of the class itself
 * @param all those of the class and of its members
 */
record AnnotationNames(Set<String> ofType, Set<String> all) {

  private static final AnnotationNames NONE = new AnnotationNames(Set.of(), Set.of());

  private static final byte[] VISIBLE = Descriptors.ascii("RuntimeVisibleAnnotations");
  private static final byte[] INVISIBLE = Descriptors.ascii("RuntimeInvisibleAnnotations");

  /** What says that there are annotations at all. */
  static final List<byte[]> ATTRIBUTES = List.of(VISIBLE, INVISIBLE);

  private static final int OF_ATTRIBUTES = (1 << ATTRIBUTES.size()) - 1;

  /**
   * Reads the names.
   *
   * @param constants were searched for {@link #ATTRIBUTES}, first of all
   * @param membersAt where the class file's fields begin
   */
  static AnnotationNames read(ConstantPool constants, int membersAt) {
    if ((constants.found() & OF_ATTRIBUTES) == 0) {
      return NONE;
    }
    Set<String> ofMembers = new HashSet<>();
    int position = members(constants, membersAt, ofMembers);
    position = members(constants, position, ofMembers);
    Set<String> ofType = new HashSet<>();
    attributes(constants, position, ofType);
    ofMembers.addAll(ofType);
    return new AnnotationNames(ofType, ofMembers);
  }

  private static int members(ConstantPool constants, int start, Set<String> names) {
    int position = start + 2;
    for (int i = constants.u2(start); i > 0; i--) {
      position = attributes(constants, position + 6, names);
    }
    return position;
  }

  private static int attributes(ConstantPool constants, int start, Set<String> names) {
    int position = start + 2;
    for (int i = constants.u2(start); i > 0; i--) {
      int attribute = constants.u2(position);
      if (constants.equals(attribute, VISIBLE) || constants.equals(attribute, INVISIBLE)) {
        annotations(constants, position + 6, names);
      }
      position += 6 + constants.u4(position + 2);
    }
    return position;
  }

  private static void annotations(ConstantPool constants, int start, Set<String> names) {
    int position = start + 2;
    for (int i = constants.u2(start); i > 0; i--) {
      names.add(Descriptors.className(constants.utf8(constants.u2(position))));
      position = AnnotationLengths.endOfAnnotation(constants, position);
    }
  }
}
