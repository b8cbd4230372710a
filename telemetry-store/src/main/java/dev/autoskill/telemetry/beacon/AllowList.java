package dev.autoskill.telemetry.beacon;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be sent: finite numbers and short plain words, under keys that name nobody and nothing.
 *
 * <p>Only objects of the JDK's own final or exactly known classes are looked at, so no code of the
 * caller's runs here.
 */
final class AllowList {

  /** What every request says of itself; data may not say otherwise. */
  static final Set<String> FIXED_PARAMETERS = Set.of("tool", "event", "version", "java", "os");

  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Four numbers with dots between, wherever they stand: an address, or too much like one. */
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}");

  /** An id is no aggregate, whatever its key says: a ULID, a UUID, a long hexadecimal number. */
  private static final Pattern ID =
      Pattern.compile(
          "[0-9a-hjkmnp-tv-z]{26}"
              + "|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|[0-9a-f]{32}",
          Pattern.CASE_INSENSITIVE);

  private AllowList() {}

  /** Whether a text may be sent as the name of an event. */
  static boolean allowsEvent(@Nullable String event) {
    return event != null && isPlainWord(event);
  }

  /**
   * The text of a data entry as it may be sent.
   *
   * @return text that needs no encoding in a URI; null if the entry may not be sent
   */
  static @Nullable String textOf(@Nullable Object key, @Nullable Object value) {
    if (!(key instanceof String name)
        || !KEY.matcher(name).matches()
        || FIXED_PARAMETERS.contains(name)) {
      return null;
    }
    if (value instanceof String text) {
      return isPlainWord(text) && !IdentityKeys.contain(name) ? text : null;
    }
    if (value instanceof Number number) {
      return IdentityKeys.contain(name) && !IdentityKeys.isCount(name)
          ? null
          : DecimalText.of(number);
    }
    return null;
  }

  private static boolean isPlainWord(String text) {
    return WORD.matcher(text).matches()
        && !IP_ADDRESS.matcher(text).find()
        && !ID.matcher(text).find();
  }
}
