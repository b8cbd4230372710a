/**
 * Skill Telemetry in Spring Boot, 3.5 and 4: the collector as a bean, with the application's
 * settings, and its reports and counts in the Actuator where the application has it.
 *
 * <p>Spring Boot finds these classes itself; a program names none of them.
 */
@NullMarked
package dev.autoskill.telemetry.spring;

import org.jspecify.annotations.NullMarked;
