package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.SoughtTexts;
import dev.autoskill.telemetry.aspect.ToolAnnotations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The annotations that the listed aspects look for. */
final class Tracked {

  /** Where this library's aspects are. */
  static final String ASPECTS = "dev.autoskill.telemetry.aspect.";

  /** The aspect that this library's own {@code aop.xml} lists. */
  static final String DEFAULT_ASPECT = ASPECTS + "TrackedSkillAspect";

  private static final String TRACKED_SKILL = "dev/autoskill/telemetry/annotations/TrackedSkill";

  private final List<String> names = new ArrayList<>();
  private final SoughtTexts sought;

  /**
   * Knows what aspects look for.
   *
   * @param aspects names of aspects, all in the package {@link #ASPECTS}
   */
  Tracked(Collection<String> aspects) {
    names.add(TRACKED_SKILL);
    for (String aspect : aspects) {
      if (!aspect.equals(DEFAULT_ASPECT)) {
        // An aop.xml lists a ready-made one besides.
        for (String annotation : ToolAnnotations.NAMES) {
          names.add(annotation.replace('.', '/'));
        }
        break;
      }
    }
    List<byte[]> descriptors = new ArrayList<>(names.size());
    for (String name : names) {
      descriptors.add(Descriptors.ofClass(name));
    }
    sought = ClassFile.sought(descriptors);
  }

  /**
   * A class file, which knows by then whether it {@linkplain ClassFile#mentionsSought mentions} one
   * of the annotations.
   */
  ClassFile classFile(byte[] bytes) {
    return new ClassFile(bytes, sought);
  }

  /** Whether one of the annotations is among some annotations' types. */
  boolean isAmong(Collection<String> annotationTypes) {
    for (String name : names) {
      if (annotationTypes.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
