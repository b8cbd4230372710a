package dev.autoskill.telemetry.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {

  /** Computed with 40 digits as half the complementary error function of z over the root of 2. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "0.5, 0.3085375387259869",
    "1, 0.15865525393145705",
    "1.959963984540054, 0.025",
    "2.9999, 0.0013503412829549249",
    "3, 0.0013498980316300945",
    "3.0001, 0.0013494549132607172",
    "5, 2.8665157187919391e-7",
    "8, 6.2209605742717841e-16",
    "20, 2.7536241186062337e-89",
    "37, 5.7255712225245768e-300"
  })
  void isExactFarIntoTheTail(double z, double probability) {
    assertEquals(probability, Normal.above(z), 1e-12 * probability);
    assertEquals(1 - probability, Normal.above(-z), 1e-15);
  }

  @Test
  void fallsEverywhereAndIsANumber() {
    double before = 1;
    for (double z = -6; z < 40; z += 0.001) {
      double now = Normal.above(z);
      assertTrue(now <= before && now >= 0, "at " + z);
      before = now;
    }
    assertEquals(0, Normal.above(1e200));
    assertEquals(1, Normal.above(-1e200));
  }
}
