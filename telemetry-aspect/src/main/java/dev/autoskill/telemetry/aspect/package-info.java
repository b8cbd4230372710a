/**
 * Records each use of a method annotated {@link dev.autoskill.telemetry.annotations.TrackedSkill}.
 *
 * <p>{@code TrackedSkillAspect} is the aspect that users weave; {@code META-INF/aop.xml} names it
 * for load-time weaving. An aspect of one's own extends {@code SkillAspect} and says by its
 * pointcut {@code skill()} which executions to record. The classes here are what those aspects
 * call; they are public only for the woven code's sake.
 */
@NullMarked
package dev.autoskill.telemetry.aspect;

import org.jspecify.annotations.NullMarked;
