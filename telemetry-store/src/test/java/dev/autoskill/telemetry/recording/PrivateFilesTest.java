package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {

  @TempDir Path directory;

  @Test
  void onlyTheUserMayLook() throws IOException {
    Path made = directory.resolve("a/b");
    PrivateFiles.createDirectories(made);
    PrivateFiles.createFile(made.resolve("c"));

    assertEquals("rwx------", permissions(made.getParent()));
    assertEquals("rwx------", permissions(made));
    assertEquals("rw-------", permissions(made.resolve("c")));
  }

  @Test
  void filesThatRootMakesInSomebodysHomeAreTheirs() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")));
    Path home = Files.createDirectory(directory.resolve("home"));
    UserPrincipal other =
        home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(home, other);

    Path made = home.resolve("a/b");
    PrivateFiles.createDirectories(made);
    PrivateFiles.createFile(made.resolve("c"));

    for (Path path : List.of(made.getParent(), made, made.resolve("c"))) {
      assertEquals(other, Files.getOwner(path), path.toString());
    }
  }

  @Test
  void theTargetOfAPathIsWhereItsLinksLead() throws IOException {
    Path file = directory.resolve("sub/file");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("sub/file"));
    Path again = Files.createSymbolicLink(directory.resolve("again"), link);

    assertEquals(file, PrivateFiles.target(file));
    assertEquals(file, PrivateFiles.target(again));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
