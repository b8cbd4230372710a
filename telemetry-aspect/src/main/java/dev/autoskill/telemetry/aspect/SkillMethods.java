package dev.autoskill.telemetry.aspect;

import java.util.Arrays;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * The woven methods of one class, looked up without a map and without keeping the class loaded:
 * each class carries its own table.
 */
final class SkillMethods {

  private static final ClassValue<SkillMethods> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected SkillMethods computeValue(Class<?> type) {
          return new SkillMethods();
        }
      };

  /** Copied when it changes. Each method stands at its join point's id where that is still free. */
  private volatile @Nullable SkillMethod[] methods = {};

  private SkillMethods() {}

  /** What is known about the method at a join point; worked out at the first call. */
  static SkillMethod of(JoinPoint.StaticPart joinPoint) {
    return OF_CLASS.get(joinPoint.getSignature().getDeclaringType()).get(joinPoint);
  }

  private SkillMethod get(JoinPoint.StaticPart joinPoint) {
    @Nullable SkillMethod[] known = methods;
    int id = joinPoint.getId();
    if (id < known.length) {
      SkillMethod method = known[id];
      if (method != null && method.joinPoint() == joinPoint) {
        return method;
      }
    }
    return getOrAdd(joinPoint);
  }

  /** Join points of a class that was woven twice may share an id. */
  private synchronized SkillMethod getOrAdd(JoinPoint.StaticPart joinPoint) {
    for (SkillMethod method : methods) {
      if (method != null && method.joinPoint() == joinPoint) {
        return method;
      }
    }
    int id = joinPoint.getId();
    boolean isFree = id >= methods.length || methods[id] == null;
    int index = isFree ? id : methods.length;
    @Nullable SkillMethod[] more = Arrays.copyOf(methods, Math.max(methods.length, index + 1));
    SkillMethod added = SkillMethod.of(joinPoint);
    more[index] = added;
    methods = more;
    return added;
  }
}
