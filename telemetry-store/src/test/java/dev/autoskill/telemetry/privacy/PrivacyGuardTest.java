package dev.autoskill.telemetry.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivacyGuardTest {

  private final PrivacyGuard guard = Guards.of(List.of(), List.of(), List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice@example.com",
        "alice@localhost",
        "alice%2540example.com",
        "alice (at) example [dot] com",
        "ＡＬＩＣＥ@example.com",
        "Alice.Smith+tag@mail.example.co.uk",
        "ALICE@EXAMPLE.COM",
        "notes for alice@example.com",
        "<alice@example.com>",
        "mailto:alice@example.com",
        "alice@example.com.",
        "alice@example.com-old",
        "alice@example.com_old",
        "alice@163.com",
        "alice_@sub.domain.example",
        "git@github.com:acme/repo",
        "\"alice b\"@example.com",
        "josé@exämple.de",
        "jose\u0301@example.de",
        "用户@例子.中国",
        "alice@xn--exmple-cua.de",
        "@a @b alice@example.com",
        "a@b@example.com",
        "alice%40example.com",
        "alice＠example.com",
        "alice@example．com",
        "alice\u0000@example.com",
        "al\u200Bice\u200D@example.\u00ADcom",
        "x\u0000alice@example.com",
        "alice@exam\nple.com"
      })
  void redactsEmailAddresses(String text) {
    assertRedacted(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "10[.]0[.]0[.]1",
        "ip-10-0-0-12.ec2.internal",
        "192-168-1-1",
        "192.168.178.255",
        "010.001.000.001",
        "host 10.0.0.1 down",
        "10.0.0.1:8080",
        "10.0.0.0/8",
        "http://10.0.0.1/x",
        "from 10.0.0.1.",
        "10.0.0.1.nip.io",
        "(10.0.0.1)",
        "user@[192.168.0.1]",
        "ip=10.0.0.1,x",
        "ip_10.0.0.1_x",
        "v1.2.3 10.0.0.1",
        "999.1.1.1 10.0.0.1",
        "地址10.0.0.1是",
        "10．0．0．1",
        "１０.０.０.１",
        "10.0.\u200B0.1",
        "10%2E0.0.1",
        "10.0.0\uFE0F.1",
        "::1",
        "[::1]:8080",
        "fe80::",
        "fe80::1",
        "FE80::1%eth0",
        "fe80::1%25eth0",
        "2001:db8::/32",
        "2001:db8::8a2e:370:7334",
        "2001:db8:a::b",
        "a::b:c:2001",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "ip:fe80::1",
        "host:::1",
        "from fe80::1: refused",
        "地址fe80::1",
        "fe80:\u0000:1",
        "fe80%3A%3A1"
      })
  void redactsIpAddresses(String text) {
    assertRedacted(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/bob",
        "/srv/x",
        "/op\u0000t/x",
        "${HOME}/x/y",
        "$HOME/x",
        "%USERPROFILE%/x",
        "~bob",
        "-I/home/bob/include",
        "vscode://file/home/bob/x",
        "./home/bob",
        "\u2215home\u2215bob",
        "%252Fhome%252Fbob",
        "smb://server/share",
        "//nas/share",
        "///home/bob",
        "read /var/log/syslog now",
        "path=/opt/x",
        "\"/opt/x\"",
        "'/opt/x'",
        "(/opt/x)",
        "[/opt/x]",
        "{/opt/x",
        "PATH=/bin:/opt/x",
        "`/opt/x`",
        "</opt/x>",
        "路径：/opt/x",
        "a,/opt/x",
        "a\u00A0/opt/x",
        "a\u0000/opt/x",
        "see\n/etc/hosts",
        "\u200F/opt/x",
        "\\/opt\\/x",
        "%2Fopt%2Fx",
        "/home/bob smith/x",
        "~/x",
        "~/",
        "~\\x",
        "~bob/x",
        "cd ~/x",
        "file:///etc/hosts",
        "file:/x",
        "FILE:/x",
        "file://server/x",
        "jar:file:/x.jar!/y",
        "jdbc:sqlite:/x/y.db",
        "jdbc:sqlite:///x/y.db",
        "C:\\Users\\bob",
        "C:\\",
        "C:/",
        "c:/Users/bob",
        "see D:\\work",
        "\"D:\\work\"",
        "path=D:/work",
        "在C:\\work",
        "Ｃ：＼work",
        "C%3A%5Cwork",
        "C:\u0000\\work",
        "\\\\server\\share",
        "\\\\server\\share\\x",
        "open \\\\server\\share",
        "\\\\?\\C:\\x",
        "\\\\\\\\server\\\\share",
        "\\\\server/share",
        "\\Users\\bob"
      })
  void redactsAbsolutePaths(String text) {
    assertRedacted(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF",
        "sk-ant-api03-AbCdEf123456_GhIjKl",
        "use sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "github_pat_11ABCDEFG0123456789",
        "xoxb-123456789012-abcdefghijkl",
        "glpat-abcdefghij1234567890",
        "AIzaSyA-abcdefghijklmnopqrstuvwxyz012345",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "Authorization: Bearer abc123def456",
        "-----BEGIN RSA PRIVATE KEY-----",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI",
        "password=hunter2",
        "DB_PASSWORD=hunter2",
        "api_key=abc",
        "{\"client_secret\": \"abc\"}",
        "login --password hunter2",
        "https://example.com/?token=abc",
        "https://example.com/?a=b&key=abc",
        "postgres://user:pass@db.internal:5432/x",
        "password%3Dhunter2"
      })
  void redactsSecrets(String text) {
    assertRedacted(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme/code-review",
        "/acme/code-review",
        "/a//b",
        "/.claude/skills",
        "/数据/文件",
        "/home",
        "/tmp",
        "/etc.",
        "/etc, then",
        "/usr",
        "/Users",
        "/review/",
        "1:2:3:4:5:6:7:8",
        "a:b:c:d:e:f:a:b",
        "dead::beef",
        "/git/commit",
        "GET /users/{id}",
        "GET /home/{id}",
        "/api/v1/users",
        "see /dev/null",
        "a:/b",
        "version 4.8.1.0",
        "release-1.2.3.4",
        "section 1.2.3.4",
        "127.0.0.1",
        "1.0.0.0",
        "pkg@next.js",
        "task-management-v2-rollout",
        "sk-learn-train-v2",
        "token:refresh",
        "password reset",
        "GET /login?next={next}",
        "https://example.com/?token={token}",
        "bearer authentication",
        "add a key=value pair",
        "v1.2.3",
        "1.2.3",
        "10.1",
        "gpt-4.1",
        "v1.2.3.4",
        "1.2.3.4b2",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.0001",
        "1.2..3.4",
        "2026.11.22.1",
        "99999999999999999999.1.1.1",
        "a.b.c",
        "análisis-é",
        "ana\u0301lisis/e\u0301/x",
        "技能",
        "和/或/等",
        "या/या/या",
        "مراجعة الكود",
        "\u200Fمراجعة\u200F",
        "می\u200Cخواهم",
        "סקירת קוד",
        "🚀 launch",
        "👩\u200D💻 review ❤\uFE0F",
        "👍/👎",
        "𠀀/𠀀/𠀀",
        "Reviewer.review",
        "com.acme.Reviewer$Inner.review",
        "com.acme.Reviewer@1b2c3d",
        "code-review@2",
        "code-review@1.2.3",
        "code-review@1.2.3-rc.1",
        "hibernate@5.6.15.Final",
        "lib@v1.2.x",
        "lint@latest",
        "code-review@claude-plugins-official",
        "@scope/pkg",
        "@scope/pkg.js@1.2.3",
        "@/components/x",
        "@Override.method",
        "(@Foo.Bar)",
        "a@",
        "@",
        "a @ b.com",
        "alice at example",
        "std::vector",
        "std::a::b",
        "v2::a::b",
        "type:a::b",
        "add::bad",
        "a::b",
        "x::1",
        "Foo::1",
        "foo_b::1",
        "fe80::xyz",
        "12345::1",
        "::add",
        "::",
        ":::",
        "12:30:45",
        "2026-11-22T12:30:45.123Z",
        "1:2:3:4:5:6:7",
        "00:1a:2b:3c:4d:5e",
        "mcp__github__create_issue",
        "mcp://github/create_issue",
        "https://example.com/a/b",
        "http://x",
        "http 404",
        "/review",
        "/review src/main",
        "/review\u00A0src/main",
        "/acme:review",
        "run /review, then /deploy",
        "/home-page",
        "/tmpfile",
        "/users",
        "/",
        "//",
        "// comment",
        "a / b / c",
        "and/or",
        "N/A",
        "1/2/3",
        "src/main/java",
        "./src/main",
        "../src/main",
        "feature/home/tmp/x",
        "feature/x:y",
        "{owner}/{repo}/issues",
        "*/5 * * * *",
        "**/src/*",
        "</b>",
        "~",
        "~5/10",
        "a~/b",
        "C:",
        "C:temp",
        "C: /review",
        "file:read",
        "a\\b\\c",
        "\\review",
        "\\d\\w",
        "\\\\n",
        "100%",
        "50%ab",
        "feature%2Fx",
        "%zz%4",
        "a%A0/opt/x",
        "123e4567-e89b-12d3-a456-426614174000",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "claude-code",
        "unknown",
        "redacted",
        "unnamed",
        " padded ",
        "a\uFFFDb"
      })
  void leavesOrdinaryNamesAlone(String text) {
    assertEquals(text, guard.clean(text));
    assertEquals(0, guard.redactedCount());
  }

  @Test
  void replacesWhatCannotBePrinted() {
    assertEquals("a\uFFFDb\uFFFDc\uFFFDd", guard.clean("a\u0000b\tc\nd"));
    assertEquals("a\uFFFDb\uFFFDc\uFFFDd", guard.clean("a\u007Fb\u0085c\u009Fd"));
    assertEquals("a\uFFFDb\uFFFDc", guard.clean("a\u2028b\u2029c"));
    assertEquals("\uFFFDa\uFFFD🚀\uFFFD", guard.clean("\uD83Da\uDE80🚀\uD83D"));
    assertEquals(0, guard.redactedCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00A0\u3000", "\u200B", "\u200F \uFEFF"})
  void givesANameToWhatShowsNone(String text) {
    assertEquals("unnamed", guard.clean(text));
    assertEquals(0, guard.redactedCount());
  }

  @Test
  void capsTheLengthButSplitsNoPair() {
    assertEquals("x".repeat(256), guard.clean("x".repeat(256)));
    assertEquals("x".repeat(256), guard.clean("x".repeat(257)));
    assertEquals("x".repeat(255), guard.clean("x".repeat(255) + "🚀"));
    assertEquals("x".repeat(254) + "🚀", guard.clean("x".repeat(254) + "🚀y"));
    assertEquals("x".repeat(255) + "\uFFFD", guard.clean("x".repeat(255) + "\uD83Dx"));
    assertEquals("unnamed", guard.clean(" ".repeat(256) + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice@example.com", "10.20.30.40", "/opt/alice/x", "2001:db8::8a2e:1"})
  void noHalfOfAnythingPrivateStaysBeforeTheCut(String secret) {
    for (int before = 256 - secret.length() - 2; before <= 258; before++) {
      assertRedacted("x".repeat(before - 1) + " " + secret + " y");
    }
  }

  @Test
  void whatTheCutMakesLookPrivateIsRedacted() {
    assertRedacted("x".repeat(248) + " 1.2.3.4.5.6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /users/{id}",
        "/git/commit",
        "read:/etc/hosts",
        "10.0.0.1",
        "ask alice@x.org"
      })
  void constantTextOfAnAuthorIsNeverRedacted(String text) {
    assertEquals(text, PrivacyGuard.constant(text));
  }

  @Test
  void constantTextIsCappedAndCleaned() {
    assertEquals("x".repeat(256), PrivacyGuard.constant("x".repeat(257)));
    assertEquals("a\uFFFDb", PrivacyGuard.constant("a\nb"));
    assertEquals("unnamed", PrivacyGuard.constant("\u200B"));
  }

  @Test
  void countsWhatItRedacts() {
    guard.clean("alice@example.com");
    guard.clean("code-review");
    guard.clean("10.0.0.1");
    guard.clean(guard.clean("/opt/x"));
    assertEquals(3, guard.redactedCount());
  }

  @Test
  void namesTheMissingArgument() {
    assertMissing("text", () -> guard.clean(null));
    assertMissing("environment", () -> PrivacyGuard.ofProcess(null));
  }

  private static void assertMissing(String argument, Runnable call) {
    NullPointerException thrown = assertThrows(NullPointerException.class, call::run);
    assertEquals(argument + " must not be null", thrown.getMessage());
  }

  private void assertRedacted(String text) {
    long before = guard.redactedCount();
    assertEquals(PrivacyGuard.REDACTED, guard.clean(text), text);
    assertEquals(before + 1, guard.redactedCount());
  }
}
