package dev.autoskill.telemetry.benchmarks.document;

import java.util.Map;

/**
 * A bar for each of some figures, to be seen beside each other.
 *
 * @param name of the file, without its ending
 * @param title what is shown
 * @param unit of the bars' lengths
 * @param bars what each bar is called and how long it is, in the order of the map
 */
public record Chart(String name, String title, String unit, Map<String, Double> bars) {}
