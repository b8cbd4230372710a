/** The agent, internal but for its entry, {@link dev.autoskill.telemetry.agent.SkillAgent}. */
@NullMarked
package dev.autoskill.telemetry.agent;

import org.jspecify.annotations.NullMarked;
