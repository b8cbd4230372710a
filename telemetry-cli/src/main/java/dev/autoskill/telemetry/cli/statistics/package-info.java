/** Compares samples of uses: what chance explains, and what became worse beyond it. */
@org.jspecify.annotations.NullMarked
package dev.autoskill.telemetry.cli.statistics;
