package dev.autoskill.telemetry.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.error.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spools that were damaged in every way we can think of. */
class SpoolFuzzTest {

  private static final int CASES = Integer.getInteger("faults.fuzz", 2_000);
  private static final long SEED = Long.getLong("faults.seed", 20_261_122);

  @TempDir Path directory;

  /** A file after something happened to it, and where the first changed byte is. */
  private record Damaged(String how, byte[] bytes, int firstChange) {}

  @Test
  void everyRecordBeforeTheDamageIsReadAndNothingElseHappens() {
    assertTimeoutPreemptively(
        Duration.ofMillis(60_000L + 20L * CASES),
        () -> {
          for (int i = 0; i < CASES; i++) {
            check(i, new Random(SEED + i));
          }
        });
  }

  private void check(int number, Random random) throws IOException {
    List<RecordedEvent> events = new ArrayList<>(SpoolFiles.events(random.nextInt(40)));
    if (random.nextInt(10) == 0) {
      events.add(random.nextInt(events.size() + 1), SpoolFiles.longest());
    }
    byte[] intact = SpoolFiles.bytes(events);
    Damaged damaged = damage(intact, random);
    String hint = "case " + number + ": " + damaged.how() + " at " + damaged.firstChange();
    Path file = SpoolFiles.write(directory, 1, damaged.bytes());

    List<RecordedEvent> read = SpoolFiles.read(file, 1 + random.nextInt(50));

    int before = recordsBefore(damaged.firstChange(), events);
    assertTrue(read.size() >= before, hint + ": " + read.size() + " of " + before);
    assertEquals(events.subList(0, before), read.subList(0, before), hint);
    // Events after the damage have to have been there as well: nothing is made up.
    assertTrue(events.containsAll(read.subList(before, read.size())), hint);
  }

  private static int recordsBefore(int position, List<RecordedEvent> events) {
    if (position < SpoolFormat.HEADER_BYTES) {
      return 0;
    }
    int whole = 0;
    while (whole < events.size()
        && SpoolFiles.bytes(events.subList(0, whole + 1)).length <= position) {
      whole++;
    }
    return whole;
  }

  private static Damaged damage(byte[] intact, Random random) throws IOException {
    int at = random.nextInt(intact.length);
    byte[] bytes = intact.clone();
    switch (random.nextInt(7)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return new Damaged("flipped bit", bytes, at);
      }
      case 1 -> {
        return new Damaged("cut off", Arrays.copyOf(intact, at), at);
      }
      case 2 -> {
        int end = at + random.nextInt(intact.length - at) + 1;
        Arrays.fill(bytes, at, end, (byte) 0);
        return new Damaged("zeros", bytes, at);
      }
      case 3 -> {
        int length =
            new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 0, 4096}
                [random.nextInt(6)];
        if (at + 4 > bytes.length) {
          at = bytes.length - 4;
        }
        ByteBuffer.wrap(bytes).putInt(at, length);
        return new Damaged("length " + length, bytes, at);
      }
      case 4 -> {
        int from = random.nextInt(intact.length);
        return new Damaged("splice", splice(intact, at, from, intact.length), at);
      }
      case 5 -> {
        byte[] garbage = new byte[random.nextInt(5000)];
        random.nextBytes(garbage);
        return new Damaged("garbage", concat(Arrays.copyOf(intact, at), garbage), at);
      }
      default -> {
        byte[] doubled = concat(intact, intact);
        return new Damaged("twice in one file", doubled, intact.length);
      }
    }
  }

  private static byte[] splice(byte[] bytes, int keep, int from, int to) throws IOException {
    return concat(Arrays.copyOf(bytes, keep), Arrays.copyOfRange(bytes, from, to));
  }

  private static byte[] concat(byte[] first, byte[] second) throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(first);
    both.write(second);
    return both.toByteArray();
  }
}
