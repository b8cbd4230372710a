package dev.autoskill.telemetry.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method as a skill, so that each of its uses is timed and recorded.
 *
 * <p>The annotation alone does nothing: the class has to be woven, either while it is loaded, by
 * this library's agent or by AspectJ's with {@code telemetry-aspect} on the class path, or while it
 * is compiled. A woven method behaves as before: it returns the same object and throws the same
 * exception. Arguments, return values and exception messages are never recorded.
 *
 * <pre>{@code
 * @TrackedSkill("code-review")
 * public Review review(PullRequest pr) { ... }
 * }</pre>
 *
 * <p>Methods that share an id and a name are one skill; overloads usually do.
 *
 * <h2>Where it may stand</h2>
 *
 * <ul>
 *   <li>On a method that has a body, whatever its modifiers.
 *   <li>On a class: the public methods declared there or in subclasses are skills, but for {@code
 *       toString}, {@code hashCode}, {@code equals}, accessors, and members that compilers and
 *       generators add. An annotation on the method itself wins as a whole.
 *   <li>On an interface: its own default and static methods are skills.
 *   <li>On another annotation of retention {@code RUNTIME}, which then stands for it wherever it is
 *       used; for subclasses only if it is {@link Inherited}, too.
 * </ul>
 *
 * <p>On a method without a body it has no effect; the compiler says so, if annotation processing is
 * on.
 *
 * <h2>How a use ends</h2>
 *
 * <p>The first of these that says something is the outcome:
 *
 * <ol>
 *   <li>the {@link #outcomeMapper()}, else an {@link OutcomeMapper} registered for the type of what
 *       was returned or thrown
 *   <li>a returned {@link Outcome} or {@link OutcomeSource}, or an MCP {@code CallToolResult}
 *   <li>an exception listed in {@link #skippedOn()} or {@link #partialOn()}
 *   <li>a mark set by {@link CurrentSkill} from inside of the skill
 *   <li>returning is {@link Outcome#SUCCESS}, being interrupted or cancelled {@link
 *       Outcome#SKIPPED}, throwing anything else {@link Outcome#FAILURE}
 * </ol>
 *
 * <p>A skill ends when its result does, if that is yet to come ({@code CompletionStage}, {@code
 * Flow.Publisher}, {@code Mono}, {@code Flux}, Kotlin's {@code Deferred} and {@code Flow}).
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TrackedSkill {

  /**
   * The short form of {@link #name()}, which wins if both are given.
   *
   * @return the name; empty or blank: see {@link #name()}
   */
  String value() default "";

  /**
   * The skill's human-readable name, by which reports group its uses. On a type it stands for the
   * type: the skills are called {@code name.method}.
   *
   * @return the name; if this and {@link #value()} are both empty or blank, the simple name of the
   *     declaring class and the method's name, joined by a dot: {@code Reviewer.review}
   */
  String name() default "";

  /**
   * The skill's id: what stays when the name changes. On a type it stands for the type: the ids are
   * {@code id.method}.
   *
   * @return the id; empty or blank: the same as the name
   */
  String id() default "";

  /**
   * The agent on whose behalf this skill always runs.
   *
   * @return the agent's id, for example {@code claude-code}; empty or blank: the agent that is
   *     current when the skill is used
   */
  String agent() default "";

  /**
   * Leaves a method out that would be tracked otherwise; it holds for this very method, not for
   * those that override it. On a class it cancels the annotation of the superclass.
   *
   * @return whether the method is left out; the other elements do not matter then
   */
  boolean ignore() default false;

  /**
   * Exceptions by which the skill says that there was nothing for it to do: such a use counts as
   * {@link Outcome#SKIPPED}. Subclasses count as well, and causes of a {@code CompletionException}
   * or {@code ExecutionException}, which itself counts only if it, or a subclass, is listed.
   *
   * @return the exceptions; they win over {@link #partialOn()}
   */
  Class<? extends Throwable>[] skippedOn() default {};

  /**
   * Exceptions by which the skill says that it did a part: such a use counts as {@link
   * Outcome#PARTIAL}. Subclasses and causes count as for {@link #skippedOn()}.
   *
   * @return the exceptions
   */
  Class<? extends Throwable>[] partialOn() default {};

  /**
   * Tells the outcome by the returned or thrown object. Each method gets a mapper of its own, made
   * by the public constructor without parameters.
   *
   * @return the mapper's class; {@link OutcomeMapper.None}: those registered are asked
   */
  Class<? extends OutcomeMapper<?>> outcomeMapper() default OutcomeMapper.None.class;
}
