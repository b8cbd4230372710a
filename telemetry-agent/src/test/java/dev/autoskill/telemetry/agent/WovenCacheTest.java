package dev.autoskill.telemetry.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WovenCacheTest {

  private static final Map<String, String> OTHERS = Map.of("a/Type", "33 a/Supertype []");

  @TempDir Path directory;
  private CacheFolder folder;

  @BeforeEach
  void setUp() {
    folder =
        CacheFolder.of(
            Environment.of(
                Map.of(
                    "XDG_CACHE_HOME", directory.toString(), "LOCALAPPDATA", directory.toString()),
                Map.of(
                    "user.name",
                    System.getProperty("user.name"),
                    "os.name",
                    System.getProperty("os.name"),
                    "user.home",
                    directory.toString())),
            "woven");
  }

  @Test
  void givesBackWhatItWasGiven() throws IOException {
    WovenCache cache = new WovenCache(folder, 1 << 20);
    byte[] wovenClass = TestLoader.bytes(WovenCacheTest.class);
    assertNull(cache.get(1));

    cache.put(1, new WovenCache.Entry(wovenClass, OTHERS));
    cache.put(2, new WovenCache.Entry(new byte[0], Map.of()));

    assertArrayEquals(wovenClass, cache.get(1).wovenClass());
    assertEquals(OTHERS, cache.get(1).others());
    assertArrayEquals(new byte[0], cache.get(2).wovenClass());
    assertNull(cache.get(3));
  }

  @Test
  void recognisesEveryDamagedByte() throws IOException {
    byte[] file = new WovenCache.Entry(TestLoader.bytes(TestLoader.class), OTHERS).toFile(1);
    assertNotNull(WovenCache.Entry.of(file, 1));

    for (int i = 0; i < file.length; i++) {
      file[i] ^= 1;
      assertNull(WovenCache.Entry.of(file, 1), "at " + i);
      file[i] ^= 1;
      assertNull(WovenCache.Entry.of(Arrays.copyOf(file, i), 1), "cut at " + i);
    }
    assertNull(WovenCache.Entry.of(Arrays.copyOf(file, file.length + 1), 1));
    assertNull(WovenCache.Entry.of(file, 2));
  }

  @Test
  void deletesTheOldestWhenItIsFull() throws IOException {
    byte[] wovenClass = TestLoader.bytes(WovenCacheTest.class);
    long capacity = 10L * wovenClass.length;
    WovenCache cache = new WovenCache(folder, capacity);
    List<Integer> kept = new ArrayList<>();

    for (int i = 0; i < 40; i++) {
      cache.put(i, new WovenCache.Entry(wovenClass, OTHERS));
      Files.setLastModifiedTime(file(i), FileTime.fromMillis(1_000_000L + i));
      assertTrue(size() <= capacity, "after " + i);
    }

    for (int i = 0; i < 40; i++) {
      if (cache.get(i) != null) {
        kept.add(i);
      }
    }
    assertTrue(kept.size() >= 5, kept.toString());
    assertEquals(39, kept.get(kept.size() - 1));
    assertEquals(40 - kept.size(), kept.get(0));
  }

  private @Nullable Path file(int number) throws IOException {
    String end = String.format("%02x", number);
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.filter(file -> file.toString().endsWith(end)).findFirst().orElse(null);
    }
  }

  private long size() throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(folder.path())) {
      for (Path file : files.toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
