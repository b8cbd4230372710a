/**
 * A program that uses skills in every place where the annotation may stand, each of which ends in
 * every way that there is, and that finds out itself whether its calls were left as they were.
 */
package skills.matrix;
