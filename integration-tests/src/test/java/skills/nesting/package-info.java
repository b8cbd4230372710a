/** A program whose skills use skills, and which more than one aspect watches. */
package skills.nesting;
