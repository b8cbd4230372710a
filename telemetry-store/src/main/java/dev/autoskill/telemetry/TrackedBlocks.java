package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.outcome.PendingUse;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs blocks of code as uses of skills, as the aspect does with methods. */
final class TrackedBlocks {

  /** Reactor's bases of operators are public, but none of its methods returns an object as one. */
  private static final Set<String> BASES =
      Set.of("reactor.core.publisher.FluxOperator", "reactor.core.publisher.MonoOperator");

  private TrackedBlocks() {}

  /**
   * Returns or throws what the block does; {@code E} is what the caller knows that it throws. A
   * block may stand in for the one that was written.
   */
  @SuppressWarnings("unchecked")
  static <T extends @Nullable Object, E extends Throwable> T run(
      TelemetryCollector collector, Skill skill, Callable<? extends T> block, Object written)
      throws E {
    Objects.requireNonNull(skill, "skill must not be null");
    Objects.requireNonNull(written, "block must not be null");
    SkillJoinPoint none = new SkillJoinPoint(0, 0, SkillDefinition.of(skill));
    PendingUse use = collector.isRecording() ? collector.endings().begin(none, 0) : null;
    T result;
    try {
      result = block.call();
    } catch (Throwable thrown) {
      if (use != null) {
        use.leave();
        use.ended(null, thrown, null, System.nanoTime());
      }
      throw (E) thrown;
    }
    if (use == null) {
      return result;
    }
    use.leave();
    long endNanos = System.nanoTime();
    return (T) use.ended(result, null, knownType(result, written.getClass()), endNanos);
  }

  /**
   * As what the author of a block may know its result: the nearest type that can be named there.
   * Null if there is none but {@code Object}, as which anything may be meant.
   */
  private static @Nullable Class<?> knownType(@Nullable Object result, Class<?> block) {
    Class<?> type = result == null ? null : result.getClass();
    while (type != null
        && (type.isHidden()
            || BASES.contains(type.getName())
            || !(Modifier.isPublic(type.getModifiers())
                || type.getPackageName().equals(block.getPackageName())))) {
      Class<?>[] interfaces = type.getInterfaces();
      boolean isPlainOne = type.getSuperclass() == Object.class && interfaces.length == 1;
      type = isPlainOne ? interfaces[0] : type.getSuperclass();
    }
    return type == Object.class ? null : type;
  }
}
