/**
 * An example: a small program whose methods are skills. The skills carry {@code @TrackedSkill} and
 * know nothing else of telemetry; an aspect records their uses.
 */
package dev.autoskill.examples.reposkills;
