package dev.autoskill.telemetry.privacy;

import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides how an id or a name is stored.
 *
 * <p>A text that a program makes at run time may say who and where the user is. If it shows an
 * e-mail or IP address, an absolute path, a secret, or the name of the user, the home directory or
 * the host, it is replaced as a whole, since the rest of it could still tell. A constant text,
 * which an author wrote into an annotation, knows no user, and is never replaced. Of both, control
 * characters are replaced and excess length is cut off.
 *
 * <p>Takes a bounded time, whatever the text. Safe for use by any number of threads.
 */
public final class PrivacyGuard {

  /** Stands for a text that may not be stored. */
  public static final String REDACTED = "redacted";

  /** Stands for a text without a visible character. */
  public static final String UNNAMED = "unnamed";

  /** The most UTF-16 code units that are stored of a text. */
  public static final int MAX_LENGTH = 256;

  /** Beyond the stored part, so that no address is overlooked because the cut goes through it. */
  private static final int MAX_INSPECTED = Skill.MOST_CHARS;

  /** Not format characters: scripts from right to left need them, and emoji. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Zs}\\p{Cf}]*");

  private static final int MOST_REMEMBERED = 1000;

  private final Supplier<LocalNames> source;
  private final AtomicLong redacted = new AtomicLong();
  private volatile @Nullable LocalNames names;

  /**
   * How texts are stored that are not redacted; the same few come again and again. The one that
   * most uses have needs no names to be read.
   */
  private final Map<String, String> cleaned =
      new ConcurrentHashMap<>(Map.of(SkillContext.UNKNOWN_AGENT, SkillContext.UNKNOWN_AGENT));

  PrivacyGuard(Supplier<LocalNames> source) {
    this.source = source;
  }

  /**
   * {@return a guard for the user and the machine of an environment} It reads nothing before the
   * first text is cleaned, asks no name service, and does not look for names that it cannot find
   * out.
   *
   * @param environment the environment to ask
   */
  public static PrivacyGuard ofProcess(Environment environment) {
    Objects.requireNonNull(environment, "environment must not be null");
    return new PrivacyGuard(() -> LocalNames.of(environment, LocalNames.HOST_FILES));
  }

  /** Reads the names and initialises the JDK's classes before a first text has to wait for it. */
  public void prepare() {
    isPrivate("prepar\u00E9%20");
  }

  /**
   * How a text that was made at run time is stored. Cleaning it again changes nothing.
   *
   * @param text the id or name
   * @return {@link #REDACTED} if the text shows something private; else as {@link #constant}
   * @throws NullPointerException if {@code text} is null
   */
  public String clean(String text) {
    Objects.requireNonNull(text, "text must not be null");
    String known = cleaned.get(text);
    if (known != null) {
      return known;
    }
    String inspected = cut(text, MAX_INSPECTED);
    String capped = cut(text, MAX_LENGTH);
    // The cut may make a name of the beginning of a longer word.
    if (isPrivate(inspected) || (capped.length() < text.length() && isPrivate(capped))) {
      redacted.incrementAndGet();
      return REDACTED;
    }
    String stored = printable(capped);
    // Long texts would take up memory.
    if (text.length() <= MAX_LENGTH) {
      if (cleaned.size() >= MOST_REMEMBERED) {
        cleaned.clear();
      }
      cleaned.put(text, stored);
    }
    return stored;
  }

  /**
   * How a skill is stored: each of its texts by itself.
   *
   * @param skill the skill
   * @return the skill with the texts that are stored, which are constant from now on
   */
  public Skill stored(Skill skill) {
    return skill.isConstant()
        ? new Skill(constant(skill.id()), constant(skill.name()), true)
        : new Skill(clean(skill.id()), clean(skill.name()), true);
  }

  /**
   * How a text that an author wrote into an annotation is stored.
   *
   * @param text the id or name
   * @return the text's first {@link #MAX_LENGTH} code units, in which U+FFFD stands for control
   *     characters, line separators and halves of surrogate pairs; {@link #UNNAMED} if nothing of
   *     it is visible
   * @throws NullPointerException if {@code text} is null
   */
  public static String constant(String text) {
    Objects.requireNonNull(text, "text must not be null");
    return printable(cut(text, MAX_LENGTH));
  }

  /** {@return how many texts were redacted so far; one that was cleaned twice counts twice} */
  public long redactedCount() {
    return redacted.get();
  }

  private boolean isPrivate(String text) {
    LocalNames local = names();
    for (String reading : PrivateText.readings(text)) {
      if (PrivateText.foundIn(reading) || local.foundIn(reading)) {
        return true;
      }
    }
    return false;
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

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splitsPair = Character.isSurrogatePair(text.charAt(length - 1), text.charAt(length));
    return text.substring(0, splitsPair ? length - 1 : length);
  }

  private static String printable(String text) {
    return INVISIBLE.matcher(text).matches()
        ? UNNAMED
        : UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
  }
}
