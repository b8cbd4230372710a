package dev.autoskill.examples.reposkills;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file of the tree.
 *
 * @param path where it is
 * @param name its path below the root of the tree, with slashes on every system
 * @param size its size in bytes
 */
record SourceFile(Path path, String name, long size) {

  /** Nobody wrote more by hand: what is bigger is data, and not worth the memory. */
  private static final long MAX_TEXT_BYTES = 8L << 20;

  /** How far a zero byte is looked for; Git looks as far. */
  private static final int PROBE_BYTES = 8000;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  boolean hasExtension(String extension) {
    return name.toLowerCase(Locale.ROOT).endsWith("." + extension);
  }

  boolean isSmallEnoughToParse() {
    return size <= MAX_TEXT_BYTES;
  }

  /** Whether it looks like text in some encoding that contains ASCII. */
  boolean isText() throws IOException {
    if (!isSmallEnoughToParse()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      for (byte b : in.readNBytes(PROBE_BYTES)) {
        if (b == 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads it as UTF-8.
   *
   * @throws CharacterCodingException if it is not UTF-8
   * @throws IOException if it cannot be read
   */
  String readText() throws IOException {
    String text = Files.readString(path);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
