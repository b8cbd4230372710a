/**
 * Tests of skills with JUnit Jupiter. {@link dev.autoskill.telemetry.junit.SkillTelemetryExtension}
 * is where to begin.
 */
@NullMarked
package dev.autoskill.telemetry.junit;

import org.jspecify.annotations.NullMarked;
