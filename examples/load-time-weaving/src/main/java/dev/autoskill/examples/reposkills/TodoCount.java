package dev.autoskill.examples.reposkills;

/**
 * What is left to do.
 *
 * @param markers how many markers there are
 * @param files how many files have at least one
 */
record TodoCount(long markers, int files) {}
