package dev.autoskill.examples.reposkills;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The target of a link.
 *
 * @param text the target as it is written
 */
record LinkTarget(String text) {

  /** {@code https:}, {@code mailto:} and so on, or a host without a scheme. */
  private static final Pattern ELSEWHERE = Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:|//).*");

  private static final Pattern QUERY_OR_ANCHOR = Pattern.compile("[?#].*$");

  /**
   * Whether it should lead to a file or directory and does not. The network is never asked.
   *
   * @param file the file the link stands in, which relative targets start from
   * @param root the directory that targets with a leading slash start from
   */
  boolean isBrokenIn(SourceFile file, Path root) {
    String written = QUERY_OR_ANCHOR.matcher(text).replaceFirst("");
    if (written.isEmpty() || ELSEWHERE.matcher(text).matches()) {
      return false;
    }
    try {
      String decoded = decode(written);
      Path target =
          decoded.startsWith("/")
              ? root.resolve(decoded.substring(1))
              : file.path().resolveSibling(decoded);
      return Files.notExists(target.normalize());
    } catch (InvalidPathException e) {
      return true;
    }
  }

  private static String decode(String written) {
    try {
      // The decoder is made for forms, where a plus sign is a blank; in a path it is itself.
      return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return written;
    }
  }
}
