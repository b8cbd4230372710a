/**
 * The agent: weaves classes while they are loaded, but only those that have skills, and keeps what
 * it wove.
 *
 * <p>It is found in the jar with the classifier {@code agent} only, together with all that it
 * needs, and is internal but for {@link dev.autoskill.telemetry.agent.SkillAgent}. What it does and
 * why is written in {@code docs/agent.md}.
 */
@NullMarked
package dev.autoskill.telemetry.agent;

import org.jspecify.annotations.NullMarked;
