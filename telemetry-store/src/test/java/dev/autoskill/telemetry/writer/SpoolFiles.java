package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Spools as a process leaves them that is killed. */
final class SpoolFiles {

  static final IdSeed SEED = new IdSeed(0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L);
  static final long CREATED = 1_795_350_291_379L;

  private SpoolFiles() {}

  static SettledUse use(long sequence) {
    return new SettledUse(
        sequence,
        CREATED + sequence,
        CREATED + sequence,
        sequence % 3 == 0 ? null : sequence,
        SpoolFormat.outcome((int) (sequence % 4)),
        "id-" + sequence,
        sequence % 5 == 0 ? "análisis-é 技能 🛠" : "name",
        "session",
        "agent");
  }

  static List<SettledUse> uses(int count) {
    List<SettledUse> uses = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      uses.add(use(i));
    }
    return uses;
  }

  static byte[] bytes(IdSeed seed, List<SettledUse> uses) {
    SpoolEncoder encoder = new SpoolEncoder();
    encoder.addHeader(seed, CREATED);
    uses.forEach(encoder::add);
    return Arrays.copyOf(encoder.bytes(), encoder.length());
  }

  static Path write(Path directory, int number, byte[] bytes) throws IOException {
    Files.createDirectories(directory);
    return Files.write(directory.resolve(String.format("%032x.spool", number)), bytes);
  }

  /** All that is intact, as whoever ingests the file gets it. */
  static List<SettledUse> read(Path file, int atMostAtOnce) throws IOException {
    List<SettledUse> read = new ArrayList<>();
    try (DeadSpool spool = DeadSpool.open(file.toFile())) {
      if (spool != null) {
        List<SettledUse> uses = spool.next(atMostAtOnce);
        while (!uses.isEmpty()) {
          read.addAll(uses);
          uses = spool.next(atMostAtOnce);
        }
      }
    }
    return read;
  }

  static SettledUse longest() {
    String text = "技".repeat(256);
    return new SettledUse(
        Long.MAX_VALUE,
        0xFFFF_FFFF_FFFFL,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Outcome.SKIPPED,
        text,
        text,
        text,
        text);
  }
}
