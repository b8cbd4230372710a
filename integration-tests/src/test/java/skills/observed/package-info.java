/** Skills whose uses are observed. */
package skills.observed;
