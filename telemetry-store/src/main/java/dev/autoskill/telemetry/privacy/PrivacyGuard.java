package dev.autoskill.telemetry.privacy;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be stored of an id or a name: the last stop before the disk for text that a
 * program chose, however it came by it.
 *
 * <p>Whoever and wherever the user is stays out of the database: a text that shows an e-mail or IP
 * address, an absolute path, or the name of the user, the home directory or the host is replaced as
 * a whole, since what is left of it could still tell. Every other text stays what it is, but for
 * control characters and excess length.
 *
 * <p>Takes time in proportion to the text's length, whatever it holds. Safe for use by any number
 * of threads.
 */
public final class PrivacyGuard {

  /** Stands for a text that may not be stored. */
  public static final String REDACTED = "redacted";

  /** Stands for a text with nothing to see in it; nothing private is lost, so it is not counted. */
  public static final String UNNAMED = "unnamed";

  /** The most UTF-16 code units that are stored of a text. */
  public static final int MAX_LENGTH = 256;

  private static final char REPLACEMENT = '\uFFFD';

  private final Supplier<LocalNames> source;
  private final AtomicLong redacted = new AtomicLong();
  private volatile @Nullable LocalNames names;

  private PrivacyGuard(Supplier<LocalNames> source) {
    this.source = source;
  }

  /**
   * A guard for the user and the machine that this process runs as and on. It reads nothing before
   * the first text is cleaned, asks no name service, and does not look for what it cannot find out.
   *
   * @param environment the environment to ask
   * @return the guard
   * @throws NullPointerException if {@code environment} is null
   */
  public static PrivacyGuard ofProcess(Environment environment) {
    Objects.requireNonNull(environment, "environment must not be null");
    return of(LocalNameSources.ofProcess(environment));
  }

  static PrivacyGuard of(LocalNameSources sources) {
    return new PrivacyGuard(sources);
  }

  /**
   * A guard for a given user and machine. Names that say nothing about anyone, such as {@code root}
   * or {@code localhost}, and names of one or two letters are never looked for.
   *
   * @param homeDirectories absolute paths
   * @param userNames names of accounts
   * @param hostNames names of machines; of a qualified one its first label is looked for too
   * @return the guard
   * @throws NullPointerException if an argument or one of its elements is null
   */
  public static PrivacyGuard of(
      Collection<String> homeDirectories,
      Collection<String> userNames,
      Collection<String> hostNames) {
    List<String> homes =
        List.copyOf(Objects.requireNonNull(homeDirectories, "homeDirectories must not be null"));
    List<String> users =
        List.copyOf(Objects.requireNonNull(userNames, "userNames must not be null"));
    List<String> hosts =
        List.copyOf(Objects.requireNonNull(hostNames, "hostNames must not be null"));
    return new PrivacyGuard(() -> LocalNames.of(homes, users, hosts));
  }

  /** Reads beforehand what the first text would have to wait for. */
  public void prepare() {
    names();
  }

  /**
   * What may be stored of an id or a name. Cleaning it again changes nothing.
   *
   * @param text the id or name
   * @return {@link #REDACTED} if the text shows something private, anywhere in it; {@link #UNNAMED}
   *     if nothing of it can be seen; else the text's first {@link #MAX_LENGTH} code units, in
   *     which U+FFFD stands for control characters, line separators and halves of surrogate pairs
   * @throws NullPointerException if {@code text} is null
   */
  public String clean(String text) {
    Objects.requireNonNull(text, "text must not be null");
    String capped = capped(text);
    // The cut may make a name of what was only the beginning of a word, so both are looked at.
    if (showsSomethingPrivate(text)
        || (capped.length() < text.length() && showsSomethingPrivate(capped))) {
      redacted.incrementAndGet();
      return REDACTED;
    }
    if (isPlainName(capped)) {
      return capped;
    }
    String printable = printable(capped);
    return Readings.isBlank(printable) ? UNNAMED : printable;
  }

  /**
   * How many texts were redacted so far.
   *
   * @return the count; a text that was cleaned twice counts twice
   */
  public long redactedCount() {
    return redacted.get();
  }

  private boolean showsSomethingPrivate(String text) {
    LocalNames local = names();
    if (isPlainName(text)) {
      return local.foundIn(text);
    }
    for (String reading : Readings.of(text)) {
      if (EmailAddresses.foundIn(reading)
          || IpAddresses.foundIn(reading)
          || AbsolutePaths.foundIn(reading)
          || local.foundIn(reading)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether it is what skills, sessions and agents are mostly called, without any of the signs that
   * addresses and paths have. Then only the name of somebody or something can be in it.
   */
  private static boolean isPlainName(String text) {
    boolean hasDot = false;
    boolean hasDigit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      hasDot |= c == '.';
      hasDigit |= Ascii.isDigit(c);
      if (!Ascii.isLetterOrDigit(c) && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return !text.isEmpty() && !(hasDot && hasDigit);
  }

  /** Without a lock: threads that come first together all read the same names. */
  private LocalNames names() {
    LocalNames known = names;
    if (known == null) {
      known = source.get();
      names = known;
    }
    return known;
  }

  private static String capped(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    boolean splitsPair =
        Character.isSurrogatePair(text.charAt(MAX_LENGTH - 1), text.charAt(MAX_LENGTH));
    return text.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH);
  }

  private static String printable(String text) {
    StringBuilder replaced = null;
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (isUnprintable(codePoint)) {
        if (replaced == null) {
          replaced = new StringBuilder(text);
        }
        replaced.setCharAt(i, REPLACEMENT);
      }
    }
    return replaced == null ? text : replaced.toString();
  }

  /** Not format characters: scripts that run from right to left and emoji need them. */
  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
