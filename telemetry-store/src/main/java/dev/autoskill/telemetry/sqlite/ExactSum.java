package dev.autoskill.telemetry.sqlite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A sum of durations from which each can be taken away again as if it had never been added.
 *
 * <p>Floating-point sums are not like that: whoever adds 10<sup>18</sup> and takes it away again
 * has lost the small ones. Nor does it overflow, whatever others wrote into the table.
 */
final class ExactSum {

  private static final double WHOLE_LIMIT = 0x1p53;
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

  private long whole;
  private BigDecimal rest = BigDecimal.ZERO;

  /** Adds a number of milliseconds so many times; takes it away if {@code times} is negative. */
  void add(double ms, int times) {
    if (ms == Math.rint(ms) && Math.abs(ms) < WHOLE_LIMIT) {
      addWhole((long) ms * times);
    } else {
      // SQLite knows infinities, but no sum does.
      double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, ms));
      rest = rest.add(new BigDecimal(finite).multiply(BigDecimal.valueOf(times)));
    }
  }

  void add(ExactSum other, int sign) {
    addWhole(other.whole * sign);
    rest = rest.add(other.rest.multiply(BigDecimal.valueOf(sign)));
  }

  void add(BigDecimal ms) {
    rest = rest.add(ms);
  }

  void addWhole(long ms) {
    long sum = whole + ms;
    if (((whole ^ sum) & (ms ^ sum)) < 0) {
      rest = rest.add(BigDecimal.valueOf(whole));
      whole = ms;
    } else {
      whole = sum;
    }
  }

  /** The sum if it is a whole number of 64 bits, else null. */
  @Nullable Long wholeOrNull() {
    if (rest.signum() == 0) {
      return whole;
    }
    BigDecimal sum = exact();
    return sum.signum() == 0 ? (Long) 0L : null;
  }

  BigDecimal exact() {
    return BigDecimal.valueOf(whole).add(rest).stripTrailingZeros();
  }

  /** The mean, rounded half up, and kept within the range of its type. */
  long mean(long count) {
    BigDecimal half = new BigDecimal("0.5");
    BigInteger mean =
        exact()
            .divide(BigDecimal.valueOf(count), 9, RoundingMode.HALF_EVEN)
            .add(half)
            .setScale(0, RoundingMode.FLOOR)
            .toBigInteger();
    return mean.min(LARGEST).max(SMALLEST).longValue();
  }
}
