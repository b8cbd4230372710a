/**
 * The methods that benchmarks call. They are not below {@code dev.autoskill.telemetry}, since
 * neither agent weaves what is there.
 */
package dev.autoskill.benchmarks.skills;
