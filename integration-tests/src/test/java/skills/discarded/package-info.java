/** A program that is loaded, used and dropped. */
package skills.discarded;
