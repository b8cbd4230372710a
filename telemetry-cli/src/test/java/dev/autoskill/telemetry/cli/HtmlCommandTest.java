package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlCommandTest {

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void recordUses() {
    host = new TestHost(home);
    host.record(Duration.ofDays(2), 3, TestHost.use("review", Outcome.SUCCESS, 12));
    host.record(Duration.ofDays(40), 1, TestHost.use("old", Outcome.SUCCESS, 12));
  }

  @Test
  void thePageIsAFileOfTheUser() throws IOException {
    Path file = home.resolve("report.html");

    assertEquals(0, host.run("html", file.toString()));

    assertEquals("", host.out);
    assertEquals("The page is " + file + ".\n", host.err);
    assertEquals(List.of("review"), skills(Files.readString(file)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void thePageGoesToStdoutAndIsOfTheUsesThatAreAskedFor() {
    assertEquals(0, host.run("html", "--all"));
    assertEquals(List.of("review", "old"), skills(host.out));
    assertTrue(Jsoup.parse(host.out).getElementById("data").data().contains("\"p99Ms\":12"));

    host.run("html", "--all", "--skill", "old");
    assertEquals(List.of("old"), skills(host.out));
    host.run("html", "--agent", "nobody");
    assertEquals(List.of(), skills(host.out));
  }

  @Test
  void nothingIsWrittenOfADatabaseThatCannotBeRead() throws IOException {
    Path damaged = Files.writeString(home.resolve("damaged.db"), "no database".repeat(1000));
    Path file = home.resolve("report.html");

    assertEquals(3, host.run("html", file.toString(), "--db", damaged.toString()));
    assertFalse(Files.exists(file));
  }

  private static List<String> skills(String page) {
    return Jsoup.parse(page).select("#skills tbody th").eachText();
  }
}
