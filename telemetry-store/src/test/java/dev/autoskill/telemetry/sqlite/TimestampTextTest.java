package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTextTest {

  private static final long FIRST_OF_YEAR_10000 = 253_402_300_800_000L;

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        999,
        1_000,
        1_582_934_400_000L,
        1_795_350_291_379L,
        FIRST_OF_YEAR_10000 - 1,
        FIRST_OF_YEAR_10000,
        -62_167_219_200_000L,
        -62_167_219_200_001L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void isWhatTheFormatterWrites(long epochMillis) {
    Instant timestamp = Instant.ofEpochMilli(epochMillis);

    assertEquals(Timestamps.format(timestamp), TimestampText.of(timestamp));
  }

  @Test
  void isWhatTheFormatterWritesForAnyTimeThatClocksShow() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      Instant timestamp =
          Instant.ofEpochSecond(
              random.nextLong(FIRST_OF_YEAR_10000 / 1_000), random.nextLong(1_000_000_000));

      assertEquals(Timestamps.format(timestamp), TimestampText.of(timestamp));
    }
  }
}
