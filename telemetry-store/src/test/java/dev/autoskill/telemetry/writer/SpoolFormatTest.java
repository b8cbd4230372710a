package dev.autoskill.telemetry.writer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolFormatTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1024, 100_000})
  void whatIsWrittenIsRead(int atMostAtOnce) throws IOException {
    List<SettledUse> uses = SpoolFiles.uses(20_000);
    uses.add(10_000, SpoolFiles.longest());
    Path file = SpoolFiles.write(directory, 1, SpoolFiles.bytes(SpoolFiles.SEED, uses));

    assertEquals(uses, SpoolFiles.read(file, atMostAtOnce));
  }

  @Test
  void theLongestRecordIsAsLongAsTheFormatAllows() {
    byte[] bytes = SpoolFiles.bytes(SpoolFiles.SEED, List.of(SpoolFiles.longest()));

    assertEquals(SpoolFormat.HEADER_BYTES + SpoolFormat.MOST_RECORD_BYTES, bytes.length);
  }

  /** Files that an earlier build wrote; they are never written anew. */
  @Test
  void aFileOfVersion1IsReadForEver() throws IOException {
    Path file = SpoolFiles.write(directory, 1, sample("version-1.spool"));

    assertEquals(SpoolFiles.uses(12), SpoolFiles.read(file, 5));
    try (DeadSpool spool = DeadSpool.open(file.toFile())) {
      assertNotNull(spool);
      assertEquals(
          List.of("01M81KERXM9AHW110D0PBVMSJW", "01M81KERXN9N0SG5FYEMNCPZW6"),
          spool.next(2).stream().map(use -> use.event(spool.seed()).id()).toList());
    }
  }

  @Test
  void soIsOneWhoseOwnerWasKilledWhileItWrote() throws IOException {
    Path file = SpoolFiles.write(directory, 1, sample("version-1-torn.spool"));

    assertEquals(SpoolFiles.uses(11), SpoolFiles.read(file, 5));
  }

  @Test
  void version1IsWrittenAsItAlwaysWas() throws IOException {
    assertArrayEquals(
        sample("version-1.spool"), SpoolFiles.bytes(SpoolFiles.SEED, SpoolFiles.uses(12)));
  }

  @Test
  void aFileOfALaterVersionIsLeftAlone() throws IOException {
    byte[] bytes = SpoolFiles.bytes(SpoolFiles.SEED, SpoolFiles.uses(12));
    bytes[11] = 2;
    Path file = SpoolFiles.write(directory, 1, bytes);

    assertEquals(List.of(), SpoolFiles.read(file, 5));
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void idsAreUlidsThatRiseWithTheNumberAndTheTime() {
    List<String> ids = new ArrayList<>();
    for (long millis = 0; millis < 2000; millis++) {
      for (long sequence = 1; sequence <= 3; sequence++) {
        ids.add(SpoolFiles.SEED.ulid(millis, 3 * millis + sequence));
      }
    }

    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    assertTrue(ids.stream().allMatch(Ulid::isValid));
    assertEquals(1999, Ulid.getTime(ids.get(ids.size() - 1)));
  }

  @Test
  void idsOfTwoCollectorsDifferInTheSameMillisecond() {
    IdSeed other = new IdSeed(SpoolFiles.SEED.high(), SpoolFiles.SEED.low() ^ 1);

    assertNotEquals(
        SpoolFiles.SEED.ulid(7, 1).substring(10, 22), other.ulid(7, 1).substring(10, 22));
  }

  @Test
  void theNumberIsAddedWithCarry() {
    for (long millis = 0; millis < 5000; millis++) {
      String low = SpoolFiles.SEED.ulid(millis, 1);
      String high = SpoolFiles.SEED.ulid(millis, Long.MAX_VALUE);
      assertTrue(low.compareTo(high) < 0, low + " before " + high);
      assertEquals(millis, Ulid.getTime(high));
    }
  }

  @Test
  void everyOutcomeThatMayBeWrittenHasACode() {
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.UNRECOGNISED) {
        assertEquals(outcome, SpoolFormat.outcome(SpoolFormat.code(outcome)));
      }
    }
  }

  private static byte[] sample(String name) throws IOException {
    try (InputStream in = SpoolFormatTest.class.getResourceAsStream("/spool/" + name)) {
      return in.readAllBytes();
    }
  }
}
