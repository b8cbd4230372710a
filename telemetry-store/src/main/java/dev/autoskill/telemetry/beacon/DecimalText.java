package dev.autoskill.telemetry.beacon;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes numbers plainly: digits, at most a sign and a point, never an exponent. */
final class DecimalText {

  private static final int MOST_CHARACTERS = 64;

  /** More than 64 digits need more bits than this. */
  private static final int MOST_BITS = 4 * MOST_CHARACTERS;

  private static final Set<Class<?>> WHOLE =
      Set.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          AtomicInteger.class,
          AtomicLong.class);

  private DecimalText() {}

  /**
   * The text of a number.
   *
   * @param number the number; one of a class that is not the JDK's could do anything when asked for
   *     its value, and so is not
   * @return its text; null if it is not finite, not trusted or longer than 64 characters
   */
  static @Nullable String of(Number number) {
    BigDecimal exact = exactly(number);
    // Asked first: the plain text of 1E+1000000000 would fill the memory.
    if (exact == null
        || exact.unscaledValue().bitLength() > MOST_BITS
        || Math.abs((long) exact.scale()) > MOST_CHARACTERS) {
      return null;
    }
    String text = exact.toPlainString();
    return text.length() <= MOST_CHARACTERS ? text : null;
  }

  private static @Nullable BigDecimal exactly(Number number) {
    Class<?> type = number.getClass();
    if (WHOLE.contains(type)) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (type == Double.class || type == Float.class) {
      return Double.isFinite(number.doubleValue()) ? new BigDecimal(number.toString()) : null;
    }
    if (type == BigDecimal.class) {
      return (BigDecimal) number;
    }
    return type == BigInteger.class ? new BigDecimal((BigInteger) number) : null;
  }
}
