/** An aspect that is woven into copies of the library, to see it fail. */
package skills.sabotage;
