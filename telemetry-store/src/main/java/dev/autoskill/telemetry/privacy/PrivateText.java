package dev.autoskill.telemetry.privacy;

import dev.autoskill.telemetry.event.TextResource;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The forms of text that are private on any machine: e-mail and IP addresses, absolute paths and
 * secrets.
 *
 * <p>The expressions take time in proportion to the square of the text's length at worst. {@link
 * PrivacyGuard} bounds that length.
 */
final class PrivateText {

  private static final Pattern PRIVATE = Pattern.compile(expression(), Pattern.CASE_INSENSITIVE);

  /** U+FFFD is among them, so that a text reads the same after it has replaced a control. */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\x{FFFD}\\x{FE00}-\\x{FE0F}]");

  private static final Pattern PLAIN = Pattern.compile("[ -~&&[^%\\[({]]*");
  private static final Pattern ESCAPE = Pattern.compile("%([0-7][0-9a-fA-F])");
  private static final Pattern WRITTEN_AT = Pattern.compile("(?i)\\s?[\\[({]\\s?at\\s?[])}]\\s?");
  private static final Pattern WRITTEN_DOT =
      Pattern.compile("(?i)\\s?[\\[({]\\s?(?:dot|\\.)\\s?[])}]\\s?");

  private PrivateText() {}

  /** The last one of the file, in which each may contain those above it by name. */
  private static String expression() {
    Map<String, String> known = new HashMap<>();
    String expression = "";
    for (String block : TextResource.read(PrivateText.class, "private-text.txt").split("\n\n")) {
      List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
      expression = lines.stream().skip(1).map(String::strip).collect(Collectors.joining());
      for (Map.Entry<String, String> part : known.entrySet()) {
        expression = expression.replace("{" + part.getKey() + "}", part.getValue());
      }
      known.put(lines.get(0), expression);
    }
    return expression;
  }

  static boolean foundIn(String reading) {
    return PRIVATE.matcher(reading).find();
  }

  /**
   * The ways to read a text that may hide something: as it is displayed, with a gap for each
   * invisible character ({@code see\n/etc/hosts}), and with escapes like {@code %2F} decoded, also
   * when they were encoded twice.
   */
  static Set<String> readings(String text) {
    if (PLAIN.matcher(text).matches()) {
      return Set.of(text);
    }
    Set<String> readings = new LinkedHashSet<>();
    String encoded = text;
    for (int i = 0; i < 3; i++) {
      readings.add(unified(HIDDEN.matcher(encoded).replaceAll("")));
      readings.add(unified(HIDDEN.matcher(encoded).replaceAll(" ")));
      encoded = ESCAPE.matcher(encoded).replaceAll(PrivateText::decoded);
    }
    return readings;
  }

  private static String decoded(MatchResult escape) {
    char character = (char) Integer.parseInt(escape.group(1), 16);
    return Matcher.quoteReplacement(String.valueOf(character));
  }

  /** Look-alikes become the signs that they stand for: {@code alice (at) example。com}. */
  private static String unified(String text) {
    String ascii =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .replace('\u2044', '/')
            .replace('\u2215', '/')
            .replace('\u29F8', '/')
            .replace('\u2216', '\\')
            .replace('\u2236', ':')
            .replace('\u3002', '.');
    return WRITTEN_DOT.matcher(WRITTEN_AT.matcher(ascii).replaceAll("@")).replaceAll(".");
  }
}
