/**
 * What is running on a thread. Internal: nothing here is promised to stay; programs use {@link
 * dev.autoskill.telemetry.annotations.CurrentSkill}.
 */
package dev.autoskill.telemetry.annotations.running;
