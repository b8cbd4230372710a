package dev.autoskill.telemetry.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, '0'",
    "999, 0, '999'",
    "1000, 0, '1,000'",
    "1234567.25, 1, '1,234,567.3'",
    "-123, 0, '-123'",
    "-1234, 1, '-1,234.0'",
    "99.95, 1, '100.0'",
    "0.00012, 4, '0.0001'",
    "1e15, 0, '1,000,000,000,000,000'"
  })
  void roundsHalfUpAndSeparatesThousands(double number, int decimals, String expected) {
    assertEquals(expected, Numbers.of(number, decimals));
  }

  @Test
  void isWhatTheFormatsOfTheJdkSay() {
    Random random = new Random(20);
    for (int i = 0; i < 2000; i++) {
      double number = random.nextInt(10_000_000) / (1.0 + random.nextInt(1000));
      int decimals = random.nextInt(5);
      String expected = String.format(Locale.ROOT, "%,." + decimals + "f", number);
      assertEquals(expected, Numbers.of(number, decimals));
    }
  }
}
