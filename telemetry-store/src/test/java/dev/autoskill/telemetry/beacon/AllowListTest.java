package dev.autoskill.telemetry.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "uses",
        "success_rate",
        "avg_duration_ms",
        "p99",
        "node_version",
        "agent",
        "skills",
        "skill_count",
        "sessions",
        "session_count",
        "unique_user_count",
        "input_tokens",
        "files",
        "repositories",
        "addresses",
        "valid",
        "hosted",
        "a2345678901234567890123456789012"
      })
  void allowsKeysOfQuantities(String key) {
    assertEquals("1", AllowList.textOf(key, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session",
        "session_id",
        "sessionid",
        "session1",
        "skill",
        "skill_id",
        "skill_name",
        "skillname",
        "user",
        "user_id",
        "userid",
        "username",
        "user_name",
        "host",
        "hostname",
        "host_name",
        "machine_id",
        "machineid",
        "id",
        "run_id",
        "email",
        "email_address",
        "name",
        "path",
        "file_path",
        "ip",
        "ipv4",
        "client_ip",
        "ip_address",
        "mac",
        "repo",
        "url",
        "token",
        "api_key",
        "skill_ms",
        "user_hash",
        "device",
        "skills_id"
      })
  void refusesKeysOfIdentities(String key) {
    assertNull(AllowList.textOf(key, 1));
    assertNull(AllowList.textOf(key, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"skills", "skill_count", "sessions", "users", "hosts2", "file_names"})
  void allowsNoTextWhereOnlyTheirNumberMayGo(String key) {
    assertNull(AllowList.textOf(key, "code-review"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tool", "event", "version", "java", "os"})
  void refusesKeysOfWhatEveryRequestSays(String key) {
    assertNull(AllowList.textOf(key, 1));
    assertNull(AllowList.textOf(key, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "A",
        "Uses",
        "1a",
        "_a",
        "a-b",
        "a.b",
        "a b",
        "a&b",
        "a=b",
        "ä",
        "uses\n",
        "a23456789012345678901234567890123"
      })
  void refusesKeysThatAreNone(String key) {
    assertNull(AllowList.textOf(key, 1));
  }

  @Test
  void refusesKeysThatAreNoText() {
    assertNull(AllowList.textOf(null, 1));
    assertNull(AllowList.textOf(new StringBuilder("uses"), 1));
    assertNull(AllowList.textOf(1, 1));
  }

  static List<Arguments> numbers() {
    return List.of(
        Arguments.of((byte) -1, "-1"),
        Arguments.of((short) 2, "2"),
        Arguments.of(3, "3"),
        Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of(0.1f, "0.1"),
        Arguments.of(0.875, "0.875"),
        Arguments.of(100.0, "100.0"),
        Arguments.of(-0.0, "0.0"),
        Arguments.of(1e10, "10000000000"),
        Arguments.of(1e-7, "0.00000010"),
        Arguments.of(new BigDecimal("12.50"), "12.50"),
        Arguments.of(new BigDecimal("1E+3"), "1000"),
        Arguments.of(BigInteger.TEN.pow(63), "1" + "0".repeat(63)),
        Arguments.of(new AtomicInteger(4), "4"),
        Arguments.of(new AtomicLong(5), "5"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void writesNumbersPlainly(Number number, String text) {
    assertEquals(text, AllowList.textOf("uses", number));
  }

  static Stream<Object> otherValues() {
    return Stream.of(
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        BigInteger.TEN.pow(64),
        Named.of("too large to be printed", BigInteger.ONE.shiftLeft(10_000_000)),
        new BigDecimal("1E+1000000000"),
        new BigDecimal("1E-1000000000"),
        new BigDecimal("0E-1000000000"),
        new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
        new LongAdder(),
        new Secretive(),
        new AtomicLong(1) {
          private static final long serialVersionUID = 1;
        },
        new BigDecimal("1") {
          private static final long serialVersionUID = 1;

          @Override
          public String toPlainString() {
            return "alice@example.org";
          }
        },
        true,
        'x',
        TimeUnit.DAYS,
        UUID.randomUUID(),
        new StringBuilder("x"),
        List.of("x"),
        new Object());
  }

  @ParameterizedTest
  @MethodSource("otherValues")
  @Timeout(10)
  void refusesOtherValues(Object value) {
    assertNull(AllowList.textOf("uses", value));
  }

  @Test
  void refusesNoValue() {
    assertNull(AllowList.textOf("uses", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "claude-code",
        "1.2.3",
        "v1.2.3-rc.1",
        "2026-11-22",
        "A_b.C-9",
        "supercalifragilisticexpialidocious",
        "deadbeef",
        "a-234567890-234567890-234567890-234567890-234567890-234567890-23"
      })
  void allowsPlainWords(String word) {
    assertEquals(word, AllowList.textOf("uses", word));
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
        "/etc/passwd",
        "C:\\x",
        "~alice",
        "a@b.c",
        "a%20b",
        "a+b",
        "a&b=c",
        "é",
        "a-234567890-234567890-234567890-234567890-234567890-234567890-234",
        "127.0.0.1",
        "10.1.2.3",
        "010.001.002.003",
        "host-10.1.2.3",
        "1.2.3.4.5",
        "::1",
        "fe80::1",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "01arz3ndektsv4rrffq69g5fav",
        "s-01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "123e4567-e89b-12d3-a456-426614174000",
        "123E4567-E89B-12D3-A456-426614174000",
        "run.123e4567-e89b-12d3-a456-426614174000",
        "123e4567e89b12d3a456426614174000",
        "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"
      })
  void refusesTextThatCouldNameSomebody(String text) {
    assertNull(AllowList.textOf("uses", text));
    assertFalse(AllowList.allowsEvent(text));
  }

  @Test
  void refusesAnEventThatIsNone() {
    assertFalse(AllowList.allowsEvent(null));
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
