package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivacyGuardSourcesTest {

  private static final Environment NOTHING = Environment.of(Map.of());

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "HOME, /srv/data/zoe, x/srv/data/zoe",
    "USERPROFILE, D:\\people\\zoe, x\\D:\\people\\zoe",
    "USER, zoe, zoe-notes",
    "LOGNAME, zoe, zoe-notes",
    "USERNAME, zoe, zoe-notes",
    "SUDO_USER, zoe, zoe-notes",
    "HOSTNAME, zoes-box, on zoes-box",
    "COMPUTERNAME, ZOES-BOX, on zoes-box",
    "HOST, zoes-box.local, on zoes-box"
  })
  void asksTheEnvironment(String variable, String value, String text) {
    Environment environment = Environment.of(Map.of(variable, value));
    assertEquals(PrivacyGuard.REDACTED, guard(environment, Map.of()).clean(text));
    assertEquals(PrivacyGuard.REDACTED, PrivacyGuard.ofProcess(environment).clean(text));
  }

  @ParameterizedTest
  @CsvSource({"user.name, zoe, zoe-notes", "user.home, /srv/data/zoe, x/srv/data/zoe"})
  void asksTheSystemProperties(String property, String value, String text) {
    assertEquals(PrivacyGuard.REDACTED, guard(NOTHING, Map.of(property, value)).clean(text));
  }

  @Test
  void readsTheHostsFiles() throws IOException {
    Path plain = Files.writeString(directory.resolve("plain"), "zoes-box\n");
    Path commented = Files.writeString(directory.resolve("commented"), "# name\n\n zoes-mac \r\n");
    PrivacyGuard guard = guard(NOTHING, Map.of(), plain, commented);

    assertEquals(PrivacyGuard.REDACTED, guard.clean("on zoes-box"));
    assertEquals(PrivacyGuard.REDACTED, guard.clean("on zoes-mac"));
    assertEquals("name", guard.clean("name"));
  }

  @Test
  void whatCannotBeReadIsNotLookedFor() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    Path binary = Files.write(directory.resolve("binary"), new byte[100_000]);
    Environment broken =
        variable -> {
          throw new SecurityException("forbidden");
        };
    PrivacyGuard guard =
        guard(broken, Map.of(), directory, directory.resolve("missing"), empty, binary);

    assertEquals("code-review", guard.clean("code-review"));
    assertEquals(PrivacyGuard.REDACTED, guard.clean("/opt/x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "?", "/", "\\", "@", ".", "1000"})
  void valuesThatNameNobodyAreNotLookedFor(String value) {
    Environment environment = variable -> value;
    assertEquals("a.b 1000? @c", guard(environment, Map.of()).clean("a.b 1000? @c"));
  }

  @Test
  void readsNothingBeforeItIsNeededAndThenOnce() {
    List<String> asked = new ArrayList<>();
    Environment environment =
        variable -> {
          asked.add(variable);
          return null;
        };
    PrivacyGuard guard = PrivacyGuard.ofProcess(environment);
    assertEquals(0, guard.redactedCount());
    assertEquals(List.of(), asked);

    guard.clean("code-review");
    List<String> askedOnce = List.copyOf(asked);
    assertEquals(
        List.of(
            "HOME",
            "USERPROFILE",
            "USER",
            "LOGNAME",
            "USERNAME",
            "SUDO_USER",
            "HOSTNAME",
            "COMPUTERNAME",
            "HOST"),
        askedOnce);

    guard.clean("code-review");
    assertEquals(askedOnce, asked);
  }

  @Test
  void countsForManyThreads() throws Exception {
    int threads = 8;
    int texts = 5_000;
    PrivacyGuard guard = guard(Environment.of(Map.of("USER", "zoe")), Map.of());
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        done.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < texts; i++) {
                    assertEquals(PrivacyGuard.REDACTED, guard.clean("zoe-" + i));
                    assertEquals("bob-" + i, guard.clean("bob-" + i));
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> future : done) {
        future.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals((long) threads * texts, guard.redactedCount());
  }

  private static PrivacyGuard guard(
      Environment environment, Map<String, String> properties, Path... hostFiles) {
    Environment withProperties =
        new Environment() {
          @Override
          public String get(String variable) {
            return environment.get(variable);
          }

          @Override
          public String property(String name) {
            return properties.get(name);
          }
        };
    return new PrivacyGuard(() -> LocalNames.of(withProperties, List.of(hostFiles)));
  }
}
