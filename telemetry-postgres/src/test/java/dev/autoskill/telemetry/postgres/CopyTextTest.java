package dev.autoskill.telemetry.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.sync.Position;
import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CopyTextTest {

  /** A text that ended its line would be more events. */
  @Test
  void noTextEndsItsColumnOrItsLine() {
    PushedEvent event =
        new PushedEvent(
            "a\tb",
            "c\nd",
            "e\rf",
            "\\N",
            "\\.",
            null,
            Outcome.SUCCESS,
            Instant.parse("2025-11-28T12:00:00.000001Z"));

    byte[] text =
        CopyText.of(
            new UUID(0, 1), List.of(new StoredEvent(new Position(1, "61"), event, List.of())));

    assertEquals(
        "a\\tb\tc\\nd\te\\rf\t\\\\N\t\\\\.\t\\N\tsuccess\t2025-11-28T12:00:00.000001Z"
            + "\t00000000-0000-0000-0000-000000000001\n",
        new String(text, StandardCharsets.UTF_8));
  }
}
