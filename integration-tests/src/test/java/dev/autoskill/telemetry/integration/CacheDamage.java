package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/** Damage to the files of the agent's cache. */
enum CacheDamage {
  TRUNCATED(
      agent -> {
        for (Path entry : agent.entries()) {
          byte[] bytes = Files.readAllBytes(entry);
          Files.write(entry, Arrays.copyOf(bytes, bytes.length - 1));
        }
      }),
  EMPTIED(
      agent -> {
        for (Path entry : agent.entries()) {
          Files.write(entry, new byte[0]);
        }
      }),
  ONE_BIT_FLIPPED(
      agent -> {
        for (Path entry : agent.entries()) {
          byte[] bytes = Files.readAllBytes(entry);
          bytes[bytes.length / 2] ^= 1;
          Files.write(entry, bytes);
        }
      }),
  SWAPPED(
      agent -> {
        List<Path> entries = agent.entries();
        assertTrue(entries.size() > 1);
        Path first = entries.get(0);
        byte[] bytes = Files.readAllBytes(first);
        for (int i = 1; i < entries.size(); i++) {
          Files.copy(entries.get(i), entries.get(i - 1), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(entries.get(entries.size() - 1), bytes);
      }),
  ENTRIES_NO_FILES(
      agent -> {
        for (Path entry : agent.entries()) {
          Files.delete(entry);
          Files.createDirectory(entry);
        }
      }),
  ENTRIES_WRITABLE_BY_OTHERS(
      agent -> {
        for (Path entry : agent.entries()) {
          permit(entry, "rw----rw-");
        }
      }),
  ENTRIES_LINKS(
      agent -> {
        for (Path entry : agent.entries()) {
          Path elsewhere = agent.cacheHome().resolve(entry.getFileName());
          Files.move(entry, elsewhere);
          Files.createSymbolicLink(entry, elsewhere);
        }
      }),
  FOLDER_WRITABLE_BY_GROUP(agent -> permit(agent.cacheFolder(), "rwxrwx---")),
  FOLDER_ABOVE_WRITABLE_BY_OTHERS(agent -> permit(agent.cacheFolder().getParent(), "rwx----wx")),
  FOLDER_A_LINK(
      agent -> {
        Path elsewhere = agent.cacheHome().resolve("elsewhere");
        Files.move(agent.cacheFolder(), elsewhere);
        Files.createSymbolicLink(agent.cacheFolder(), elsewhere);
      }),
  FOLDER_A_FILE(
      agent -> {
        for (Path entry : agent.entries()) {
          Files.delete(entry);
        }
        Files.delete(agent.cacheFolder());
        Files.createFile(agent.cacheFolder());
      });

  private final Change change;

  CacheDamage(Change change) {
    this.change = change;
  }

  void doTo(AgentRun agent) throws IOException {
    change.apply(agent);
  }

  private static void permit(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private interface Change {

    void apply(AgentRun agent) throws IOException;
  }
}
