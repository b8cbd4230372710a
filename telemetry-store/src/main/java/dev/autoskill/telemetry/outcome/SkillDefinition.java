package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about a skill before it is used.
 *
 * <p>Exceptions go by the binary names of their classes, which may be missing. Of an exception in
 * the wrappers of the JDK's futures and stages, the cause counts. A wrapper counts only for a rule
 * about wrappers: one for {@code RuntimeException} does not mean an {@code IOException} that a
 * stage has wrapped.
 *
 * @param skill the skill
 * @param agentId the agent that it always runs for; null: the agent that is current
 * @param skippedOn exceptions that mean {@link Outcome#SKIPPED}; they win over the others
 * @param partialOn exceptions that mean {@link Outcome#PARTIAL}
 * @param mappers the mappers that are asked first
 * @param standInType the method's declared return type, if its caller may get another object of
 *     that type than the one that was returned; null: the caller may expect any type
 */
public record SkillDefinition(
    Skill skill,
    @Nullable String agentId,
    Set<String> skippedOn,
    Set<String> partialOn,
    Mappers mappers,
    @Nullable Class<?> standInType) {

  /**
   * A place where advice is woven in, and all that can be known about its method before it is
   * called. Safe for use by any number of threads.
   *
   * @param number unlike that of any other join point in this process, from 1 on; 0: the class has
   *     not made its join points yet
   * @param method unlike that of any other woven method in this process, from 1 on; 0: none is
   *     woven
   * @param definition the skill that the method is; null if it is not to be tracked
   * @param plainCalls the calls that are made again and again, by their frames
   */
  public record SkillJoinPoint(
      int number,
      int method,
      @Nullable SkillDefinition definition,
      @Nullable SkillCall[] plainCalls) {

    /**
     * Makes one that has not been called.
     *
     * @param number as above
     * @param method as above
     * @param definition as above
     */
    public SkillJoinPoint(int number, int method, @Nullable SkillDefinition definition) {
      this(number, method, definition, new SkillCall[method == 0 ? 0 : 16]);
    }

    /**
     * {@return a call that begins} Most have no context, and nobody observes them. Such a call is
     * the same each time, so that it takes up no memory.
     *
     * @param frame its frame
     * @param context the context in which it is called; null if there is none
     * @param observed its use; null if nobody observes uses
     */
    public SkillCall call(
        int frame, @Nullable SkillContext context, @Nullable PendingUse observed) {
      boolean isPlain = frame < plainCalls.length && context == null && observed == null;
      SkillCall call = isPlain ? plainCalls[frame] : null;
      if (call == null) {
        call = new SkillCall(this, frame, context, observed);
        if (isPlain) {
          plainCalls[frame] = call;
        }
      }
      return call;
    }
  }

  /**
   * A call of a skill.
   *
   * @param here the skill
   * @param frame its frame
   * @param context the context in which it was called; null if there was none
   * @param observed its use; null if nobody observes uses
   */
  public record SkillCall(
      SkillJoinPoint here,
      int frame,
      @Nullable SkillContext context,
      @Nullable PendingUse observed) {}

  /** A use that was stopped from outside says nothing about the skill. */
  private static final Set<String> STOPPED =
      Set.of("java.lang.InterruptedException", "java.util.concurrent.CancellationException");

  /** Causes may form a cycle. */
  private static final int MOST_WRAPPERS = 16;

  /**
   * {@return the definition of a skill of which only the name is known}
   *
   * @param skill the skill
   */
  public static SkillDefinition of(Skill skill) {
    return new SkillDefinition(skill, null, Set.of(), Set.of(), Mappers.NONE, null);
  }

  /** The outcome by the exception, what a result told, or the mark, if no mapper says otherwise. */
  Outcome outcome(@Nullable Throwable thrown, @Nullable Object told, @Nullable Outcome mark) {
    if (isAnyOf(skippedOn, thrown)) {
      return Outcome.SKIPPED;
    }
    if (isAnyOf(partialOn, thrown)) {
      return Outcome.PARTIAL;
    }
    if (told instanceof Outcome own && own != Outcome.UNRECOGNISED) {
      return own;
    }
    if (mark != null) {
      return mark;
    }
    Outcome whenThrown = isAnyOf(STOPPED, thrown) ? Outcome.SKIPPED : Outcome.FAILURE;
    return thrown == null ? Outcome.SUCCESS : whenThrown;
  }

  /** The object of a type: the one that a use ended with, or an exception that it wraps. */
  static @Nullable Object find(Class<?> type, Object ending) {
    return find(ending, any -> type);
  }

  private static boolean isAnyOf(Set<String> names, @Nullable Throwable thrown) {
    return thrown != null
        && !names.isEmpty()
        && find(thrown, type -> Results.superType(type, names)) != null;
  }

  /** Looks for the type that a rule names for the class of an object. */
  private static @Nullable Object find(Object ending, UnaryOperator<@Nullable Class<?>> rule) {
    Object found = ending;
    for (int i = 0; found != null; i++) {
      Class<?> wanted = rule.apply(found.getClass());
      boolean mayWrap = i < MOST_WRAPPERS && isWrapper(found.getClass());
      Object wrapped = mayWrap ? ((Throwable) found).getCause() : null;
      if (wanted != null && wanted.isInstance(found) && (wrapped == null || isWrapper(wanted))) {
        return found;
      }
      found = wrapped;
    }
    return null;
  }

  private static boolean isWrapper(Class<?> type) {
    return CompletionException.class.isAssignableFrom(type)
        || ExecutionException.class.isAssignableFrom(type);
  }
}
