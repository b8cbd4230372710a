package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheFolderTest {

  private static final String ENDING = "/autoskill-telemetry/things";

  @TempDir Path directory;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isWhereEachSystemKeepsCaches() {
    assertEquals("/chosen" + ENDING, path("Linux", Map.of("XDG_CACHE_HOME", "/chosen")));
    assertEquals("/home/me/.cache" + ENDING, path("Linux", Map.of("XDG_CACHE_HOME", "relative")));
    assertEquals("/home/me/.cache" + ENDING, path("Linux", Map.of("XDG_CACHE_HOME", "")));
    // As a letter that the locale's encoding does not have.
    assertEquals("/home/me/.cache" + ENDING, path("Linux", Map.of("XDG_CACHE_HOME", "/no\0path")));
    assertEquals("/chosen" + ENDING, path("Mac OS X", Map.of("XDG_CACHE_HOME", "/chosen")));
    assertEquals("/home/me/Library/Caches" + ENDING, path("Mac OS X", Map.of()));
    assertEquals("/local" + ENDING, path("Windows 11", Map.of("LOCALAPPDATA", "/local")));
    assertNull(path("Windows 11", Map.of()));
  }

  @Test
  void isNowhereForAUserWithoutAHome() {
    assertNull(CacheFolder.of(Environment.of(Map.of(), Map.of("user.name", "me")), "things"));
  }

  @Test
  void isNowhereWhileTestsRun() {
    Map<String, String> properties = Map.of("user.name", "me", "autoskill.telemetry.tests", "true");
    assertNull(
        CacheFolder.of(Environment.of(Map.of("XDG_CACHE_HOME", "/chosen"), properties), "things"));
  }

  @Test
  void givesBackWhatItWasGiven() throws IOException {
    CacheFolder folder = folder(System.getProperty("user.name"));
    assertFalse(Files.exists(folder.path()));
    assertNull(folder.read("file", 100));

    folder.write("file", new byte[] {1, 2, 3});
    folder.write("file", new byte[] {4, 5});

    assertTrue(Files.isDirectory(folder.path()));
    assertArrayEquals(new byte[] {4, 5}, folder.read("file", 2));
    assertNull(folder.read("file", 1));
    assertNull(folder.read("another", 100));
    assertEquals(List.of("file"), names(folder));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isNotTrustedIfItIsAnotherUsers() throws IOException {
    folder(System.getProperty("user.name")).write("mine", new byte[] {1});
    CacheFolder others = folder("somebody-else");

    others.write("theirs", new byte[] {2});
    others.makeRoom(0);

    assertNull(others.read("mine", 100));
    assertEquals(List.of("mine"), names(others));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isNotTrustedWhereOthersCouldMoveAFolderAboveIt() throws IOException {
    Path shared = Files.createDirectories(directory.resolve("shared/cache")).getParent();
    folder(shared.resolve("cache")).write("mine", new byte[] {1});

    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

    CacheFolder folder = folder(shared.resolve("cache"));
    folder.write("more", new byte[] {2});
    assertNull(folder.read("mine", 100));
    assertEquals(List.of("mine"), names(folder));

    Files.setAttribute(shared, "unix:mode", 01777);
    assertArrayEquals(new byte[] {1}, folder.read("mine", 100));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isNotTrustedBelowAnotherUsersFolder() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    Path others = Files.createDirectories(directory.resolve("others/cache")).getParent();
    folder(others.resolve("cache")).write("mine", new byte[] {1});

    Files.setAttribute(others, "unix:uid", 12345);

    assertNull(folder(others.resolve("cache")).read("mine", 100));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkIsFollowedOnce() throws IOException {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, Files.createDirectory(directory.resolve("cache")));
    CacheFolder folder = folder(link);
    folder.write("mine", new byte[] {1});

    Files.delete(link);
    Files.createSymbolicLink(link, Files.createDirectory(directory.resolve("foreign")));

    assertArrayEquals(new byte[] {1}, folder.read("mine", 100));
  }

  /**
   * Others move folders to and fro, and lead a link elsewhere, while each read looks at them anew,
   * as a new process does.
   */
  @ParameterizedTest
  @ValueSource(strings = {"moved", "linked"})
  @DisabledOnOs(OS.WINDOWS)
  void readsNothingForeignHoweverQuicklyOthersMoveAFolderAboveIt(String how) throws Exception {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path ours = Files.createDirectory(shared.resolve("ours"));
    Path theirs = Files.createDirectory(shared.resolve("theirs"));
    folder(ours).write("file", new byte[] {1});
    folder(theirs).write("file", new byte[] {2});
    Path foreign = theirs.resolve("autoskill-telemetry/things/file");
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-rw-rw-"));
    // Where the sticky bit is set, nobody can move what is another's.
    Files.setAttribute(shared, "unix:mode", how.equals("moved") ? 0777 : 01777);
    Path cache = shared.resolve("cache");
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicLong swaps = new AtomicLong();
    FutureTask<Void> others =
        new FutureTask<>(
            () -> {
              for (; !isOver.get(); swaps.incrementAndGet()) {
                lead(cache, ours, how);
                lead(cache, theirs, how);
              }
              return null;
            });
    new Thread(others).start();
    int foreignReads = 0;
    int reads = 0;
    for (; reads < 10_000 || swaps.get() < 10_000; reads++) {
      byte[] read = folder(cache).read("file", 100);
      foreignReads += read != null && read[0] == 2 ? 1 : 0;
    }
    isOver.set(true);
    others.get();

    assertEquals(0, foreignReads, "of " + reads);
  }

  /** For a moment a path leads to a folder. */
  private static void lead(Path path, Path to, String how) throws IOException {
    if (how.equals("linked")) {
      Files.createSymbolicLink(path, to);
      Files.delete(path);
    } else {
      Files.move(to, path);
      Files.move(path, to);
    }
  }

  @Test
  void makesRoomByDeletingTheOldest() throws IOException {
    CacheFolder folder = folder(System.getProperty("user.name"));
    folder.makeRoom(0);
    for (int i = 0; i < 5; i++) {
      folder.write("file" + i, new byte[10]);
      FileTime written = FileTime.fromMillis(1_000_000L - i);
      Files.setLastModifiedTime(folder.path().resolve("file" + i), written);
    }

    folder.makeRoom(50);
    assertEquals(5, names(folder).size());
    folder.makeRoom(29);
    assertEquals(List.of("file0", "file1"), names(folder));
  }

  private CacheFolder folder(String user) {
    return folder(directory, user);
  }

  private static CacheFolder folder(Path cache) {
    return folder(cache, System.getProperty("user.name"));
  }

  private static CacheFolder folder(Path cache, String user) {
    Map<String, String> variables = Map.of("XDG_CACHE_HOME", cache.toString());
    return CacheFolder.of(
        Environment.of(variables, Map.of("user.name", user, "os.name", "Linux")), "things");
  }

  private static @Nullable String path(String system, Map<String, String> variables) {
    Map<String, String> properties =
        Map.of("os.name", system, "user.name", "me", "user.home", "/home/me");
    CacheFolder folder = CacheFolder.of(Environment.of(variables, properties), "things");
    return folder == null ? null : folder.path().toString();
  }

  private static List<String> names(CacheFolder folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
