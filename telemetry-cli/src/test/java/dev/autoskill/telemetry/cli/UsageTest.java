package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reprot",
        "report --limit 3",
        "report extra",
        "report --skill",
        "report --since yesterday",
        "report --since 7d --all",
        "report --since 1d --until 7d",
        "report --sort best",
        "report --min-uses 0",
        "report --format xml",
        "report --json --format csv",
        "report --json=their",
        "report --color sometimes",
        "events --limit many",
        "trend",
        "trend a --by decade",
        "trend a --json=auto-skill",
        "compare agent=a",
        "compare agent=a agent",
        "compare since=1d,until=7d since=1d",
        "gate --min-uses few",
        "gate --rate-drop 2",
        "gate --baseline forever",
        "gate --all",
        "gate --since 1d --until 7d",
        "report --all=yes",
        "report --since",
        "report --skill --all",
        "report --skill a --skill b",
        "report -x",
        "report --classes x",
        "report --unused --sort uses",
        "report --unused --json=auto-skill",
        "doctor extra",
        "watch",
        "events --follow --json",
        "export --format md",
        "prune",
        "prune --older-than old",
        "forget",
        "off now"
      })
  void aWrongCommandLineIsNamedAndEndsWithTwo(String line) {
    TestHost host = new TestHost(home);

    assertEquals(2, host.run(line.split(" ")), line);

    assertEquals("", host.out);
    assertTrue(host.err.startsWith("skill-telemetry: "), host.err);
    assertEquals(1, host.err.lines().count(), host.err);
  }

  @Test
  void theHelpNamesEveryCommandAndEachCommandItsOptions() {
    TestHost host = new TestHost(home);

    assertEquals(0, host.run("--help"));
    for (String command :
        "report events trend compare gate doctor watch export sync prune forget status off on"
            .split(" ")) {
      assertTrue(host.out.contains("\n  " + command + " "), host.out);
    }
    assertEquals(0, host.run("report", "--help"));
    assertTrue(host.out.contains("Usage: skill-telemetry report"), host.out);
    assertTrue(host.out.contains("--since=WHEN"), host.out);
    assertEquals("", host.err);
  }

  @Test
  void theVersionIsOneLine() {
    TestHost host = new TestHost(home);

    assertEquals(0, host.run("--version"));
    assertTrue(host.out.matches("skill-telemetry \\S+\n"), host.out);
  }

  @Test
  void aReaderWhoHasSeenEnoughIsNoFailureAndAFullDiskIs() {
    assertEquals(0, runInto("Broken pipe"));
    assertEquals(3, runInto("No space left on device"));
  }

  private int runInto(String trouble) {
    Writer out =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException(trouble);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Map<String, String> variables = Map.of("HOME", home.toString());
    return new SkillTelemetry(
            new Host(
                Environment.of(variables),
                Clock.systemUTC(),
                Reader.nullReader(),
                out,
                new StringWriter(),
                false,
                time -> false,
                new LocalMachine()))
        .run("--json");
  }
}
