package dev.autoskill.examples.reposkills;

/**
 * The count of markers of unfinished work.
 *
 * @param markers how many markers there are
 * @param files how many files have at least one
 */
record TodoCount(long markers, int files) {}
