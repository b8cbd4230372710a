package dev.autoskill.examples.reposkills;

/**
 * A link that leads nowhere.
 *
 * @param file the name of the file it stands in
 * @param target what it names
 */
record BrokenLink(String file, String target) {

  @Override
  public String toString() {
    return file + " -> " + target;
  }
}
