/** A program with spans of its own. */
package skills.traced;
