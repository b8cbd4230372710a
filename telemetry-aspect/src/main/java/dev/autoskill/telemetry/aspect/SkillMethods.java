package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * The woven methods of one class, looked up without a map and without keeping the class loaded:
 * each class carries its own table.
 *
 * <p>Threads need no lock to look: those that miss each other's writes only look the longer way.
 */
final class SkillMethods {

  private static final ClassValue<SkillMethods> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected SkillMethods computeValue(Class<?> type) {
          return new SkillMethods(type);
        }
      };

  /** A power of two. */
  private static final int SLOTS = 1024;

  /**
   * What most calls find: join points by their identity. A join point whose slot is another's goes
   * the longer way by its class. Weak, so that this keeps no class loaded; a slot whose class is
   * gone is free again.
   */
  @SuppressWarnings({"rawtypes", "unchecked"})
  private static final @Nullable WeakReference<SkillJoinPoint>[] RECENT = new WeakReference[SLOTS];

  private final PlainSkills plainSkills;

  /** Copied when it changes. Each entry stands at its join point's id where that is still free. */
  private volatile @Nullable SkillJoinPoint[] entries = {};

  private SkillMethods(Class<?> type) {
    this.plainSkills = PlainSkills.of(type);
  }

  /** What is known about the method at a join point; worked out at the first call. */
  static SkillJoinPoint at(JoinPoint.StaticPart joinPoint) {
    int slot = System.identityHashCode(joinPoint) & SLOTS - 1;
    WeakReference<SkillJoinPoint> recent = RECENT[slot];
    SkillJoinPoint known = recent == null ? null : recent.get();
    return known != null && known.joinPoint == joinPoint ? known : at(joinPoint, slot);
  }

  private static SkillJoinPoint at(JoinPoint.StaticPart joinPoint, int slot) {
    SkillJoinPoint found = OF_CLASS.get(joinPoint.getSignature().getDeclaringType()).get(joinPoint);
    WeakReference<SkillJoinPoint> recent = RECENT[slot];
    if (recent == null || recent.get() == null) {
      RECENT[slot] = found.reference;
    }
    return found;
  }

  private SkillJoinPoint get(JoinPoint.StaticPart joinPoint) {
    @Nullable SkillJoinPoint[] known = entries;
    int id = joinPoint.getId();
    if (id < known.length) {
      SkillJoinPoint entry = known[id];
      if (entry != null && entry.joinPoint == joinPoint) {
        return entry;
      }
    }
    return getOrAdd(joinPoint);
  }

  /** Join points of a class that was woven twice may share an id, and may share a method. */
  private synchronized SkillJoinPoint getOrAdd(JoinPoint.StaticPart joinPoint) {
    Method reflected = ((MethodSignature) joinPoint.getSignature()).getMethod();
    SkillMethod method = null;
    for (SkillJoinPoint entry : entries) {
      if (entry != null && entry.joinPoint == joinPoint) {
        return entry;
      }
      if (entry != null && entry.method.method().equals(reflected)) {
        method = entry.method;
      }
    }
    if (method == null) {
      method = SkillMethod.of(reflected, plainSkills.on(reflected));
      expect(method.definition());
    }
    SkillJoinPoint added = new SkillJoinPoint(joinPoint, method);
    add(added);
    return added;
  }

  private static void expect(@Nullable SkillDefinition definition) {
    TelemetryCollector collector = definition == null ? null : Telemetry.recording();
    if (collector != null) {
      collector.endings().expect(definition);
    }
  }

  private void add(SkillJoinPoint added) {
    int id = added.joinPoint.getId();
    boolean isFree = id >= entries.length || entries[id] == null;
    int index = isFree ? id : entries.length;
    @Nullable SkillJoinPoint[] more = Arrays.copyOf(entries, Math.max(entries.length, index + 1));
    more[index] = added;
    entries = more;
  }
}
