package dev.autoskill.telemetry.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method as a skill, so that each of its uses is timed and recorded.
 *
 * <p>The annotation alone does nothing: the class has to be woven, either while it is loaded
 * ({@code -javaagent:aspectjweaver.jar} with {@code telemetry-aspect} on the class path) or while
 * it is compiled. A woven method behaves as before: it returns the same object and throws the same
 * exception.
 *
 * <p>A use that returns counts as {@link Outcome#SUCCESS}, one that throws as {@link
 * Outcome#FAILURE}. Arguments, return values and exception messages are never recorded.
 *
 * <pre>{@code
 * @TrackedSkill("code-review")
 * public Review review(PullRequest pr) { ... }
 * }</pre>
 *
 * <p>Methods that share an id and a name are one skill; overloads usually do.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TrackedSkill {

  /**
   * The skill's human-readable name; the short form of {@link #name()}, which wins if both are
   * given.
   *
   * @return the name; empty or blank: see {@link #name()}
   */
  String value() default "";

  /**
   * The skill's human-readable name, by which reports group its uses.
   *
   * @return the name; if this and {@link #value()} are both empty or blank, the simple name of the
   *     declaring class and the method's name, joined by a dot: {@code Reviewer.review}
   */
  String name() default "";

  /**
   * The skill's id: what stays when the name changes.
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
}
