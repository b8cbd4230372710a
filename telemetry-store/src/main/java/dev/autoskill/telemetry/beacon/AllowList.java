package dev.autoskill.telemetry.beacon;

import dev.autoskill.telemetry.event.TextResource;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which data may be sent: counts, sizes, timings and scores, the outcome, and the agent if
 * it is a known one. All words of a key have to be known, and the last one has to name a quantity:
 * {@code skill_count} and {@code avg_duration_ms} may go, {@code apikey} and {@code salary_total}
 * may not.
 */
final class AllowList {

  private static final Pattern EVENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** An IPv4 address, a ULID, a UUID, or a long hexadecimal number. */
  private static final Pattern IDENTITY =
      Pattern.compile(
          "(?i)[0-9]+(?:\\.[0-9]+){3}|[0-9a-hjkmnp-tv-z]{26}"
              + "|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}");

  /** The quantities, and what may stand before them. */
  private static final String[] WORDS =
      TextResource.read(AllowList.class, "key-words.txt").split("\n");

  /** Of skills, sessions and the like, only the number may be said. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?:(?:{0}|{1})[0-9]*_)*(?:(?:{0})[0-9]*|(?:agent|file|host|session|skill|user)_count)"
              .replace("{0}", WORDS[0])
              .replace("{1}", WORDS[1]));

  private static final Set<Class<?>> NUMBERS =
      Set.of(Integer.class, Long.class, Double.class, Float.class, Short.class, Byte.class);

  private AllowList() {}

  /** Whether a text may be sent as the name of an event. */
  static boolean allowsEvent(@Nullable String event) {
    return event != null && EVENT.matcher(event).matches() && !IDENTITY.matcher(event).find();
  }

  /**
   * The text of a data entry as it may be sent. Runs no code of the caller's.
   *
   * @param agents the agents that may be named; {@code other} stands for the rest
   * @return text that needs no encoding in a URI; null if the entry may not be sent
   */
  static @Nullable String textOf(@Nullable Object key, @Nullable Object value, Set<String> agents) {
    if ("agent".equals(key) && value instanceof String agent) {
      return agents.contains(agent) ? agent : "other";
    }
    if ("outcome".equals(key) && value instanceof String outcome) {
      return outcome.matches("success|failure|partial|skipped") ? outcome : null;
    }
    boolean isQuantity =
        key instanceof String name && name.length() <= 32 && KEY.matcher(name).matches();
    return isQuantity ? number(value) : null;
  }

  /** Written without an exponent. Numbers of classes that anybody can extend are not read. */
  private static @Nullable String number(@Nullable Object value) {
    if (value == null || !NUMBERS.contains(value.getClass())) {
      return null;
    }
    double size = Math.abs(((Number) value).doubleValue());
    // Larger numbers are dates, card numbers and ids, smaller ones long texts.
    boolean isAllowed = size == 0 || (size >= 1e-9 && size < 1e12);
    return isAllowed ? new BigDecimal(value.toString()).toPlainString() : null;
  }
}
