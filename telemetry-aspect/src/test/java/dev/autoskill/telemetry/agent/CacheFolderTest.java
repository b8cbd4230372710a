package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

  private static final String ENDING = "/autoskill-telemetry/woven-1";

  @TempDir Path directory;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isWhereEachSystemKeepsCaches() {
    assertEquals("/chosen" + ENDING, path("Linux", Map.of("XDG_CACHE_HOME", "/chosen")));
    assertEquals("/home/me/.cache" + ENDING, path("Linux", Map.of("XDG_CACHE_HOME", "relative")));
    assertEquals("/home/me/.cache" + ENDING, path("Linux", Map.of("XDG_CACHE_HOME", "")));
    assertEquals("/chosen" + ENDING, path("Mac OS X", Map.of("XDG_CACHE_HOME", "/chosen")));
    assertEquals("/home/me/Library/Caches" + ENDING, path("Mac OS X", Map.of()));
    assertEquals("/local" + ENDING, path("Windows 11", Map.of("LOCALAPPDATA", "/local")));
    assertNull(path("Windows 11", Map.of()));
  }

  @Test
  void isNowhereForAUserWithoutAHome() {
    assertNull(CacheFolder.of(Environment.of(Map.of(), Map.of("user.name", "me"))));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isNotTrustedIfItIsAnotherUsers() throws IOException {
    CacheFolder mine = folder(System.getProperty("user.name"));
    mine.create();
    Path entry = mine.createFile();

    assertTrue(mine.isTrusted());
    assertTrue(mine.isTrusted(entry));
    assertFalse(folder("somebody-else").isTrusted());
    assertFalse(folder("somebody-else").isTrusted(entry));
  }

  @Test
  void isNotTrustedBeforeItIsThere() {
    assertFalse(folder(System.getProperty("user.name")).isTrusted());
  }

  @Test
  void isMadeOnce() throws IOException {
    CacheFolder folder = folder(System.getProperty("user.name"));
    folder.create();
    folder.create();
    assertTrue(Files.isDirectory(folder.path()));
  }

  private CacheFolder folder(String user) {
    Map<String, String> variables = Map.of("XDG_CACHE_HOME", directory.toString());
    return CacheFolder.of(Environment.of(variables, Map.of("user.name", user, "os.name", "Linux")));
  }

  private static @Nullable String path(String system, Map<String, String> variables) {
    Map<String, String> properties =
        Map.of("os.name", system, "user.name", "me", "user.home", "/home/me");
    CacheFolder folder = CacheFolder.of(Environment.of(variables, properties));
    return folder == null ? null : folder.path().toString();
  }
}
