package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Counts are those of a map, in whatever order the keys come. */
class LongCountsTest {

  private static final int KEYS = 200;
  private static final int ADDED = 1_000;

  @RepeatedTest(20)
  void keysThatRise(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());

    check(random, i -> i * (long) KEYS / ADDED);
  }

  @RepeatedTest(20)
  void keysThatNearlyRise(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());

    check(random, i -> i * (long) KEYS / ADDED + random.nextInt(8));
  }

  /** The greatest distance from its place that a key may have is passed now and then. */
  @RepeatedTest(20)
  void keysThatNearlyRiseForAWhile(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());

    check(random, i -> i * (long) KEYS / ADDED + random.nextInt(24));
  }

  @RepeatedTest(20)
  void keysInAnyOrder(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long[] extremes = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};

    check(random, i -> i % 50 == 0 ? extremes[random.nextInt(4)] : random.nextInt(KEYS) - KEYS / 2);
  }

  /** Which key comes at a time. */
  private interface Keys {
    long at(int time);
  }

  private static void check(Random random, Keys keys) {
    LongCounts counts = new LongCounts();
    Map<Long, Long> expected = new TreeMap<>();
    for (int i = 0; i < ADDED; i++) {
      long key = keys.at(i);
      long count = random.nextInt(5) - 2;
      counts.add(key, count);
      expected.merge(key, count, Long::sum);
      assertEquals(expected.get(key), counts.count(key));
      if (i % 100 == 0) {
        assertEquals(without0(expected), inOrder(counts));
      }
    }
    for (long key = -KEYS; key <= 2 * KEYS; key++) {
      assertEquals(expected.getOrDefault(key, 0L), counts.count(key));
    }
    assertEquals(without0(expected), inOrder(counts));
  }

  private static String without0(Map<Long, Long> counts) {
    Map<Long, Long> others = new TreeMap<>(counts);
    others.values().removeIf(count -> count == 0);
    return others.toString();
  }

  private static String inOrder(LongCounts counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (key, count) -> text.append(text.isEmpty() ? "" : ", ").append(key + "=" + count));
    return "{" + text + "}";
  }
}
