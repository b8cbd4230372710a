package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Tone;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A finding of the doctor about one thing.
 *
 * @param id names the check; promised to stay
 * @param status the result
 * @param detail what was found, in plain words
 * @param hint the way out; null if nothing is to be done
 */
record Check(String id, Status status, String detail, @Nullable String hint) {

  /** A result. */
  enum Status {
    OK(Tone.GOOD),
    WARNING(Tone.DOUBTFUL),
    FAILED(Tone.BAD);

    private final Tone tone;

    Status(Tone tone) {
      this.tone = tone;
    }

    Tone tone() {
      return tone;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final List<Column<Check>> DATA =
      List.of(
          new Column<>("id", Check::id),
          new Column<>("status", check -> check.status().word()),
          new Column<>("detail", Check::detail),
          new Column<>("hint", Check::hint));

  static Check ok(String id, String detail) {
    return new Check(id, Status.OK, detail, null);
  }

  static Check warning(String id, String detail, String hint) {
    return new Check(id, Status.WARNING, detail, hint);
  }

  static Check failed(String id, String detail, String hint) {
    return new Check(id, Status.FAILED, detail, hint);
  }
}
