package dev.autoskill.telemetry.privacy;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms of text that are private on any machine: e-mail and IP addresses, absolute paths and
 * secrets.
 *
 * <p>The expressions take time in proportion to the square of the text's length at worst. {@link
 * PrivacyGuard} bounds that length.
 */
final class PrivateText {

  /** A letter, digit or mark of any script, or a sign that e-mail addresses allow. */
  private static final String LABEL = "[\\p{L}\\p{M}\\p{N}\\p{So}_-]";

  /**
   * Needs a domain with a dot, or {@code localhost}. {@code lib@5.6.Final} is a version, and {@code
   * pkg@next.js} a file.
   */
  private static final String EMAIL =
      "@(?<=[\\p{L}\\p{M}\\p{N}\\p{So}_.%+~'\"-]@)"
          + "(?:localhost(?!{LABEL})"
          + "|(?!v?\\d+(?:\\.\\d+)+\\.\\p{L}){LABEL}+(?:\\.{LABEL}+)*"
          + "\\.(?!(?:js|ts|mjs|cjs|json|jar)(?!{LABEL}))\\p{L}\\p{M}*\\p{L})";

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";

  /**
   * Four numbers up to 255. Versions are none: five numbers, a letter beside them, or a word such
   * as {@code version} before them; neither are loopback addresses and those that end in zeros.
   */
  private static final String IPV4 =
      "(?=\\d)(?<![0-9A-Za-z])(?<!\\d\\.)"
          + "(?<!(?<![a-z])(?:version|ver|release|rev|revision|build|section|chapter)[ :=_/-]{1,2})"
          + "(?!127\\.)(?!\\d{1,3}\\.0\\.0\\.0(?![/\\d]))"
          + "(?:{OCTET}\\.){3}{OCTET}(?![0-9A-Za-z])(?!\\.\\d)";

  /** As host names contain them: {@code ip-10-0-0-12}, {@code 192-168-1-1}. */
  private static final String DASHED_IPV4 =
      "(?<![0-9A-Za-z])(?:10|127|172|192|(?:ip|ec2|host)-{OCTET})(?:-{OCTET}){3}(?![0-9A-Za-z]|-\\d)";

  /**
   * Eight groups, one of which has three digits or more ({@code 1:2:3:4:5:6:7:8} is a list), or
   * fewer around a double colon, with a decimal digit in one ({@code dead::beef} is a name in C++).
   */
  private static final String IPV6 =
      "(?<!\\w)(?:"
          + "(?=[0-9a-f:]*[0-9a-f]{3})(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}"
          + "|(?=[0-9a-f:]*\\d)(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::"
          + "(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?"
          + ")(?!\\w)";

  /** Not behind a word, nor behind the end of a relative path or a pattern. */
  private static final String START = "(?<![\\p{L}\\p{M}\\p{N}_./\\\\~)\\]}*%@-])";

  /**
   * A path into a directory that every system has, such as {@code /home/…}; also behind an option
   * ({@code -I/home/…}), behind {@code ./} and in an editor's URI. Any other slash begins a command
   * or the route of a web server: {@code /review}, {@code /api/v1/users}.
   */
  private static final String POSIX_PATH =
      "(?=[/\\\\])(?:{START}|(?<=(?<!\\w)--?[\\w-]{1,16})|(?<=://file)|(?<=(?<![\\w.])\\.))"
          + "[/\\\\]+(?-i:home|Users|root|etc|opt|var|tmp|usr|srv|mnt|proc|bin|sbin|boot|export"
          + "|Volumes|Applications|Library|private[/\\\\]+(?:etc|tmp|var))"
          + "[/\\\\]+[\\p{L}\\p{N}._@~-]";

  /** Below a home directory, on a drive, or on a server. {@code a:/b} could be anything. */
  private static final String OTHER_PATH =
      "(?=[~$%:/\\\\])(?:~(?<={START}~)(?:[/\\\\]|\\p{L})"
          + "|\\$\\{?(?:env:)?(?:HOME|USERPROFILE)}?[/\\\\]|%(?:HOMEPATH|USERPROFILE)%"
          + "|:(?<=(?<![0-9A-Za-z])[a-z]:)(?:\\\\|(?<=(?-i:[A-Z]):)/|/+[^/\\s]+/)"
          + "|:(?<=(?<!\\w)(?:file|sqlite):)[/\\\\]"
          + "|:(?<=(?<!\\w)(?:smb|cifs|nfs|afp|sftp|scp|ssh):)//[^/\\s]"
          + "|\\\\(?<=(?<![\\w\\\\])\\\\)\\\\+[^/\\\\\\s]+[/\\\\]+[^/\\\\\\s]"
          + "|/(?<={START}(?<!:)/)/+[^/\\\\\\s]+[/\\\\]+[^/\\\\\\s])";

  private static final String SECRET_KEY =
      "(?:pass(?:word|wd|phrase)?|pwd|secret|token|auth|credentials?|signature|sig"
          + "|(?:api|access|private|client|secret|auth)[_-]?(?:key|token|secret))";

  private static final String SECRET =
      "(?<![0-9A-Za-z])(?:"
          // a run of letters and digits tells a key from the name sk-learn-train
          + "sk[-_][\\w-]*?(?:(?=[a-z]*\\d)[0-9a-z]{10}|[a-z]{20})"
          + "|(?-i:(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{12,}|AIza[\\w-]{20,}|SG\\.[\\w-]{16,}\\.)"
          + "|gh[oprsu]_[0-9a-z]{10,}|github_pat_\\w{10,}|xox[a-z]-[\\w-]{8,}|xapp-\\d-[\\w-]{8,}"
          + "|glpat-[\\w-]{10,}|(?:npm|hf|dckr_pat|dop_v1|shpat)_[0-9a-z]{16,}|pypi-[\\w-]{20,}"
          + "|ya29\\.[\\w-]{10,}|(?-i:eyJ)[\\w-]{8,}\\.[\\w-]{4,}"
          + "|(?:bearer|basic)\\s+(?=\\S*\\d|\\S{20})[\\w.~+/=-]{8,}"
          + "|ssh-\\w+\\s+AAAA|ecdsa-[\\w-]+\\s+AAAA"
          + "|{SECRET_KEY}[\"']?\\s*=\\s*[\"']?[^\\s\"'{<$%*&=])"
          + "|(?=[\"'?&;:-])(?:-----BEGIN [A-Z ]*PRIVATE KEY"
          + "|[\"']{SECRET_KEY}[\"']\\s*:\\s*[\"'][^{<$%*]"
          + "|(?<!\\w)--{SECRET_KEY}\\s+[^\\s{<$%*-]|[?&;]key=[^\\s{<$%*&]"
          + "|://[^/\\s@]*:[^/\\s@{<$]+@)";

  private static final Pattern PRIVATE =
      Pattern.compile(
          String.join("|", EMAIL, IPV4, DASHED_IPV4, IPV6, POSIX_PATH, OTHER_PATH, SECRET)
              .replace("{LABEL}", LABEL)
              .replace("{OCTET}", OCTET)
              .replace("{START}", START)
              .replace("{SECRET_KEY}", SECRET_KEY),
          Pattern.CASE_INSENSITIVE);

  /** U+FFFD is among them, so that a text reads the same after it has replaced a control. */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\x{FFFD}\\x{FE00}-\\x{FE0F}]");

  private static final Pattern PLAIN = Pattern.compile("[ -~&&[^%\\[({]]*");
  private static final Pattern ESCAPE = Pattern.compile("%([0-7][0-9a-fA-F])");
  private static final Pattern WRITTEN_AT = Pattern.compile("(?i)\\s?[\\[({]\\s?at\\s?[])}]\\s?");
  private static final Pattern WRITTEN_DOT =
      Pattern.compile("(?i)\\s?[\\[({]\\s?(?:dot|\\.)\\s?[])}]\\s?");

  private PrivateText() {}

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
