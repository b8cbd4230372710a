/** A program to be packed and started in the ways that users do. */
package skills.setups;
