package dev.autoskill.examples.reposkills;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The request that the command line makes.
 *
 * @param help whether only the usage shall be printed
 * @param json whether the report shall be JSON
 * @param directory where the skills shall look; it exists, unless only help is wanted
 */
record Arguments(boolean help, boolean json, Path directory) {

  static final String USAGE = "usage: repo-skills [--json] [--help] [DIRECTORY]";

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException with a message for the user if it makes no sense
   */
  static Arguments parse(String[] args) {
    boolean help = false;
    boolean json = false;
    String directory = null;
    for (String arg : args) {
      if (arg.equals("--help")) {
        help = true;
      } else if (arg.equals("--json")) {
        json = true;
      } else if (arg.startsWith("-")) {
        throw new IllegalArgumentException("unknown option: " + arg);
      } else if (directory != null) {
        throw new IllegalArgumentException("more than one directory: " + arg);
      } else {
        directory = arg;
      }
    }
    if (help || directory == null) {
      return new Arguments(help, json, Path.of("."));
    }
    return new Arguments(false, json, existing(directory));
  }

  private static Path existing(String directory) {
    Path path = Path.of(directory);
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException("not a directory: " + directory);
    }
    return path;
  }
}
