package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchCommandTest {

  @TempDir Path home;
  private TestHost host;
  private Path file;

  @BeforeEach
  void makeHost() {
    host = new TestHost(home);
    file = home.resolve(".claude/auto-skill/telemetry.properties");
  }

  @Test
  void offStaysOffUntilItIsOn() throws IOException {
    assertEquals(0, host.run("status"));
    assertEquals("telemetry: on\ndatabase: " + host.database() + "\n", host.out);
    assertFalse(Files.exists(file));

    assertEquals(0, host.run("off"));
    assertTrue(host.out.startsWith("telemetry: off, since the user's settings file says so\n"));
    assertEquals("disabled=true\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    host.run("off");
    assertEquals("disabled=true\n", Files.readString(file));

    assertEquals(0, host.run("on"));
    assertTrue(host.out.startsWith("telemetry: on\n"), host.out);
    assertEquals("", Files.readString(file));
  }

  @Test
  void everythingElseInTheFileStays() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "# mine\nretention=P90D\n disabled : false\n");

    host.run("off");
    assertEquals("# mine\nretention=P90D\ndisabled=true\n", Files.readString(file));

    host.run("on");
    assertEquals("# mine\nretention=P90D\n", Files.readString(file));
  }

  @Test
  void aVariableThatSaysNoStillWins() {
    host.variables.put("DO_NOT_TRACK", "1");

    assertEquals(0, host.run("on"));

    assertTrue(host.out.contains("the environment variable DO_NOT_TRACK is set"), host.out);
    assertFalse(Files.exists(file.getParent()), "there was nothing to take back");
  }

  @Test
  void aFileThatIsWrongIsNamed() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "disabled=perhaps");

    assertEquals(0, host.run("status"));

    assertTrue(host.out.contains("trouble: the settings file telemetry.properties is wrong"));
  }
}
