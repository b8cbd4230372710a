/** Tests of skills, as a user writes them. */
package skills.junit;
