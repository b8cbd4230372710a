package dev.autoskill.telemetry.agent;

/**
 * What the agent has done in this process.
 *
 * @param woven how many classes the weaver changed
 * @param fromCache how many classes needed no weaver, since what it makes of them was kept
 * @param faults how many failures were swallowed; the classes concerned were loaded all the same
 */
public record AgentStats(long woven, long fromCache, long faults) {}
