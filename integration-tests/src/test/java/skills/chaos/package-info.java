/** A program that goes on using skills while one part of the library after another fails. */
package skills.chaos;
