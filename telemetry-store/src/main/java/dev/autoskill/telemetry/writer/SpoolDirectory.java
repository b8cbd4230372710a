package dev.autoskill.telemetry.writer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Where the spools of all processes that share a database are. */
final class SpoolDirectory {

  private static final String SUFFIX = ".spool";
  private static final int HEX_DIGITS = 16;

  private final Path path;
  private final File directory;
  private final LongSupplier random;

  SpoolDirectory(Path path, LongSupplier random) {
    this.path = path;
    this.directory = path.toFile();
    this.random = random;
  }

  File file() {
    return directory;
  }

  /** Makes an empty file with a name that nobody can guess or has used. */
  File createFile() throws IOException {
    PrivateFiles.createDirectories(path);
    Path file = path.resolve(hex(random.getAsLong()) + hex(random.getAsLong()) + SUFFIX);
    PrivateFiles.createFile(file);
    return file.toFile();
  }

  /** The spools that are there; none if there is no directory. */
  List<File> spools() {
    List<File> spools = new ArrayList<>();
    String[] names = directory.list();
    if (names != null) {
      for (String name : names) {
        if (isSpool(name)) {
          spools.add(new File(directory, name));
        }
      }
    }
    return spools;
  }

  /** Only names that could be ours: a file of another kind is none of our business. */
  private static boolean isSpool(String name) {
    if (name.length() != 2 * HEX_DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
      return false;
    }
    for (int i = 0; i < 2 * HEX_DIGITS; i++) {
      if (!isHexDigit(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** By hand, since a short process asks it a million times where many spools are. */
  private static boolean isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static String hex(long number) {
    String digits = Long.toHexString(number);
    return "0".repeat(HEX_DIGITS - digits.length()) + digits;
  }
}
