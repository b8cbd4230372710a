package dev.autoskill.telemetry.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

  private static final Set<String> AGENTS = Set.of("claude-code", "unknown");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uses",
        "count",
        "score",
        "success_rate",
        "avg_duration_ms",
        "duration_ms",
        "p99",
        "p99_latency_ms",
        "agents",
        "skills",
        "skill_count",
        "sessions",
        "session_count",
        "unique_user_count",
        "input_tokens",
        "files",
        "failures",
        "total_uses",
        "cache_hit_ratio",
        "time"
      })
  void allowsNumbersUnderKeysOfQuantities(String key) {
    assertEquals("1", textOf(key, 1));
    assertNull(textOf(key, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session",
        "session_id",
        "sessionid",
        "skill",
        "skill_name",
        "skill_ms",
        "skills_id",
        "user",
        "user_id",
        "user_hash",
        "username",
        "host",
        "hostname",
        "machine_id",
        "id",
        "run_id",
        "email",
        "name",
        "path",
        "ip",
        "client_ip",
        "url",
        "token",
        "api_key",
        "apikey",
        "card",
        "card_count",
        "salary",
        "salary_total",
        "avg_salary",
        "lat",
        "lon",
        "birth_year",
        "age",
        "phone",
        "account",
        "weight",
        "height",
        "zip",
        "timestamp",
        "value",
        "n",
        "outcome",
        "agent",
        "tool",
        "event",
        "version",
        "java",
        "os"
      })
  void refusesNumbersUnderOtherKeys(String key) {
    assertNull(textOf(key, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Uses",
        "1uses",
        "_uses",
        "uses_",
        "avg__uses",
        "avg-uses",
        "avg.uses",
        "avg uses",
        "uses&x",
        "uses=x",
        "usés",
        "uses\n",
        "avg_avg_avg_avg_avg_avg_avg_avg_uses"
      })
  void refusesMalformedKeys(String key) {
    assertNull(textOf(key, 1));
  }

  @Test
  void refusesKeysThatAreNoText() {
    assertNull(textOf(null, 1));
    assertNull(textOf(new StringBuilder("uses"), 1));
    assertNull(textOf(1, 1));
  }

  @Test
  void allowsTheFourOutcomesAndTheKnownAgents() {
    for (String outcome : List.of("success", "failure", "partial", "skipped")) {
      assertEquals(outcome, textOf("outcome", outcome));
    }
    assertNull(textOf("outcome", "alice"));
    assertEquals("claude-code", textOf("agent", "claude-code"));
    assertEquals("unknown", textOf("agent", "unknown"));
    assertEquals("other", textOf("agent", "alices-own-agent"));
    assertEquals("other", textOf("agent", "a b&c"));
  }

  static List<Arguments> numbers() {
    return List.of(
        Arguments.of((byte) -1, "-1"),
        Arguments.of((short) 2, "2"),
        Arguments.of(3, "3"),
        Arguments.of(-999_999_999_999L, "-999999999999"),
        Arguments.of(0.1f, "0.1"),
        Arguments.of(0.875, "0.875"),
        Arguments.of(100.0, "100.0"),
        Arguments.of(-0.0, "0.0"),
        Arguments.of(1e10, "10000000000"),
        Arguments.of(1e-7, "0.00000010"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void writesNumbersPlainly(Number number, String text) {
    assertEquals(text, textOf("uses", number));
  }

  static Stream<Object> otherValues() {
    return Stream.of(
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        Long.MIN_VALUE,
        4_111_111_111_111_111L,
        1_764_355_346_000L,
        BigInteger.ONE,
        BigDecimal.ONE,
        new AtomicLong(1),
        new Secretive(),
        true,
        'x',
        "x",
        "1",
        TimeUnit.DAYS,
        UUID.randomUUID(),
        new StringBuilder("x"),
        List.of("x"),
        new Object());
  }

  @ParameterizedTest
  @MethodSource("otherValues")
  void refusesOtherValues(Object value) {
    assertNull(textOf("uses", value));
  }

  @Test
  void refusesNoValue() {
    assertNull(textOf("uses", null));
    assertNull(textOf("agent", null));
    assertNull(textOf("outcome", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "skill_use",
        "claude-code",
        "1.2.3",
        "v1.2.3-rc.1",
        "2026-11-22",
        "A_b.C-9",
        "supercalifragilisticexpialidocious",
        "a-234567890-234567890-234567890-234567890-234567890-234567890-23"
      })
  void allowsPlainWordsAsEvents(String word) {
    assertTrue(AllowList.allowsEvent(word));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "x\n",
        "a/b",
        "C:\\x",
        "a@b.c",
        "a%20b",
        "a&b=c",
        "é",
        "a-234567890-234567890-234567890-234567890-234567890-234567890-234",
        "127.0.0.1",
        "host-10.1.2.3",
        "1.2.3.4.5",
        "::1",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "s-01arz3ndektsv4rrffq69g5fav",
        "123e4567-e89b-12d3-a456-426614174000",
        "run.123E4567-E89B-12D3-A456-426614174000",
        "123e4567e89b12d3a456426614174000",
        "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"
      })
  void refusesEventsThatCouldNameSomebody(String text) {
    assertFalse(AllowList.allowsEvent(text));
  }

  @Test
  void refusesNoEvent() {
    assertFalse(AllowList.allowsEvent(null));
  }

  private static String textOf(Object key, Object value) {
    return AllowList.textOf(key, value, AGENTS);
  }

  /** A number that would say more than its value. */
  private static final class Secretive extends Number {

    private static final long serialVersionUID = 1;

    @Override
    public int intValue() {
      throw new IllegalStateException();
    }

    @Override
    public long longValue() {
      throw new IllegalStateException();
    }

    @Override
    public float floatValue() {
      throw new IllegalStateException();
    }

    @Override
    public double doubleValue() {
      throw new IllegalStateException();
    }

    @Override
    public String toString() {
      return "alice";
    }
  }
}
