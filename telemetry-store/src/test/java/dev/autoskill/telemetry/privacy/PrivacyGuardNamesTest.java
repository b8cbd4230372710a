package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivacyGuardNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "ALICE",
        "Alice's skill",
        "alice-notes",
        "alice_notes",
        "notes by Alice",
        "notes/alice",
        "malice alice",
        "由alice审查",
        "aliceの技能",
        "алиса/alice",
        "ali\u0000ce",
        "x\u0000alice",
        "al\u200Dice",
        "ａｌｉｃｅ",
        "x%2Falice",
        "src/home/alice/x",
        "src\\home\\alice\\x",
        "laptop-7.corp.example.com",
        "on LAPTOP-7",
        "laptop-7_build",
        "laptop-7.local"
      })
  void redactsTheUserTheHomeAndTheHost(String text) {
    PrivacyGuard guard = ofAlice();
    assertEquals(PrivacyGuard.REDACTED, guard.clean(text));
    assertEquals(1, guard.redactedCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "malice",
        "alices",
        "alice2",
        "2alice",
        "éalice",
        "aliceé",
        "home/bob",
        "src/home/alicex",
        "laptop-77",
        "mylaptop-7",
        "laptop",
        "corp.example.com",
        "claude-code"
      })
  void aNameInsideAnotherWordIsNone(String text) {
    assertEquals(text, ofAlice().clean(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root",
        "Admin",
        "deploy",
        "ops",
        "mark",
        "max",
        "will",
        "www-data",
        "build-agent",
        "test",
        "build",
        "runner",
        "claude",
        "user",
        "node",
        "git",
        "jo",
        "7",
        "404"
      })
  void genericAndShortNamesAreNotLookedFor(String name) {
    PrivacyGuard guard =
        Guards.of(List.of("/" + name, "/", ""), List.of(name), List.of(name, "localhost"));

    for (String text : List.of(name, name + "-code", "my " + name, "localhost", "x/" + name)) {
      assertEquals(text, guard.clean(text));
    }
  }

  @Test
  void ofAGenericHostTheFullNameIsStillLookedFor() {
    PrivacyGuard guard = Guards.of(List.of(), List.of(), List.of("build.corp.example.com"));

    assertEquals(PrivacyGuard.REDACTED, guard.clean("on build.corp.example.com"));
    assertEquals("build", guard.clean("build"));
  }

  @ParameterizedTest
  @CsvSource({
    "CORP\\alice, by alice",
    "alice@corp.example.com, by alice",
    "王伟, 王伟的技能",
    "王伟, 大王伟2",
    "josé, jose\u0301 notes",
    "jose\u0301, JOSÉ notes",
    "1234567, by 1234567",
    "alice.smith, alice.smith-notes",
    "Åsa, åsa/x",
    "Иван, иван_x"
  })
  void findsTheUserBehindTheAccount(String user, String text) {
    PrivacyGuard guard = Guards.of(List.of(), List.of(user), List.of());
    assertEquals(PrivacyGuard.REDACTED, guard.clean(text));
  }

  @ParameterizedTest
  @CsvSource({
    "/home/bob, x/home/bob/y",
    "/home/bob/, bob-notes",
    "/Users/bob, bob-notes",
    "/export/home/bob, bob-notes",
    "C:\\Users\\bob, bob-notes",
    "C:\\Users\\bob\\, x-C:/Users/bob",
    "/srv/data/bob, x/srv/data/bob/y",
    "/srv/data/bob, x\\srv\\data\\bob\\y",
    "/var/www, x/VAR/WWW"
  })
  void findsTheHomeAndWhoLivesThere(String home, String text) {
    PrivacyGuard guard = Guards.of(List.of(home), List.of(), List.of());
    assertEquals(PrivacyGuard.REDACTED, guard.clean(text));
  }

  @Test
  void whatIsNotAUsersHomeNamesNobody() {
    PrivacyGuard guard = Guards.of(List.of("/var/lib/grafana"), List.of(), List.of());
    assertEquals("grafana-dashboards", guard.clean("grafana-dashboards"));
  }

  @Test
  void whatTheCutMakesOfALongerWordIsRedacted() {
    assertEquals(PrivacyGuard.REDACTED, ofAlice().clean("x".repeat(250) + " alicexyz"));
  }

  @Test
  void noHalfOfANameStaysBeforeTheCut() {
    for (int before = 249; before < 258; before++) {
      assertEquals(PrivacyGuard.REDACTED, ofAlice().clean("x".repeat(before) + " alice"));
    }
  }

  private static PrivacyGuard ofAlice() {
    return Guards.of(
        List.of("/home/alice"), List.of("alice"), List.of("laptop-7.corp.example.com"));
  }
}
