package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The launcher of Windows says the same as that of POSIX shells, which other tests run. */
class LauncherTest {

  private static final Path FOLDER = Path.of("src", "main", "distribution", "bin");

  /** The archive is the JVM's own affair on Windows. */
  private static final Set<String> OF_WINDOWS = Set.of("-XX:+AutoCreateSharedArchive");

  @Test
  void bothGiveTheJvmTheSameOptions() throws IOException {
    Set<String> expected = options("skill-telemetry");
    expected.addAll(OF_WINDOWS);

    assertTrue(expected.contains("-XX:TieredStopAtLevel=1"), expected.toString());
    assertEquals(expected, options("skill-telemetry.cmd"));
  }

  @Test
  void windowsPassesArgumentsAndTheExitCodeOn() throws IOException {
    String text = Files.readString(FOLDER.resolve("skill-telemetry.cmd"));

    assertTrue(text.startsWith("@echo off"), text);
    assertTrue(text.contains("-jar \"%~dp0..\\lib\\skill-telemetry.jar\" %*"), text);
    assertTrue(text.stripTrailing().endsWith("exit /b %ERRORLEVEL%"), text);
    assertTrue(text.contains("%JAVA_HOME%\\bin\\java"), text);
    // A line that goes on ends in a caret with nothing behind it.
    assertTrue(text.lines().noneMatch(line -> line.matches(".*\\^\\s+")), text);
    // The JVM's log must not reach stdout.
    assertTrue(text.contains("-Xlog:disable -Xlog:all=error:stderr"), text);
  }

  /** But for those that name an archive, whose paths differ. */
  private static Set<String> options(String launcher) throws IOException {
    Matcher option =
        Pattern.compile("-X(X:[+-]?\\w+(=\\d+)?|log:[\\w=:]+)")
            .matcher(Files.readString(FOLDER.resolve(launcher)).replaceAll("(?m)^(#|rem ).*", ""));
    Set<String> options = new TreeSet<>();
    while (option.find()) {
      options.add(option.group());
    }
    options.removeIf(
        each ->
            each.matches("-XX:(AOTCache|AOTCacheOutput|SharedArchiveFile|ArchiveClassesAtExit)"));
    return options;
  }
}
