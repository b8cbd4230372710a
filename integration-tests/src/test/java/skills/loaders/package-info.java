/** Hosts that load a program by a class loader of their own. */
package skills.loaders;
