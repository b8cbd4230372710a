/**
 * The programs that are started to be measured. Each stands alone, and outside of the library's own
 * packages, which are never woven.
 */
package programs;
