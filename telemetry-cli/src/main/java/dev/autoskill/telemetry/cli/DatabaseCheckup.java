package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.TelemetryDiagnostics;
import dev.autoskill.telemetry.report.RollupCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Looks at the settings, the database, and the spools beside it. */
final class DatabaseCheckup {

  private static final long FULL_BELOW_BYTES = 16L * 1024 * 1024;
  private static final long LARGE_SPOOLS_BYTES = 32L * 1024 * 1024;

  private final Host host;
  private final Data data;
  private final TelemetryDiagnostics diagnostics;
  private final List<Check> checks = new ArrayList<>();

  DatabaseCheckup(Host host, Data data) {
    this.host = host;
    this.data = data;
    this.diagnostics = data.diagnostics();
  }

  List<Check> checks() {
    recording();
    Path file = diagnostics.database();
    if (file != null) {
      database(file);
      space(file);
      spools(file);
    }
    return checks;
  }

  private void recording() {
    String why = diagnostics.why();
    String hint =
        why.contains("environment variable")
            ? "unset the variable, or set AUTO_SKILL_TELEMETRY=local to record on this machine"
            : why.contains("home directory")
                ? "set HOME, or AUTO_SKILL_TELEMETRY_DB"
                : why.contains("settings file") && diagnostics.troubles().isEmpty()
                    ? "skill-telemetry on"
                    : "see docs/settings.md";
    checks.add(
        diagnostics.isRecording()
            ? Check.ok("recording", why)
            : Check.failed("recording", why, hint));
    diagnostics
        .troubles()
        .forEach(trouble -> checks.add(Check.failed("settings", trouble, "see docs/settings.md")));
  }

  private void database(Path file) {
    if (!Files.exists(file)) {
      checks.add(Check.ok("database", file + " will be made when the first use is stored"));
      return;
    }
    checks.add(Check.ok("database", file.toString()));
    owner(file);
    Path directory = file.toAbsolutePath().getParent();
    if (!Files.isReadable(file)) {
      checks.add(Check.failed("readable", "you may not read " + file, "chmod u+r '" + file + "'"));
      return;
    }
    Machine machine = host.machine();
    Path locked =
        !machine.isWritable(file) ? file : !machine.isWritable(directory) ? directory : null;
    checks.add(
        locked == null
            ? Check.ok("writable", "yes")
            : Check.failed("writable", locked + " is read-only", "chmod u+w '" + locked + "'"));
    String trouble = data.reports().databaseTrouble();
    if (trouble != null) {
      checks.add(Check.failed("schema", trouble, way(trouble, file)));
      return;
    }
    checks.add(Check.ok("schema", "as auto-skill's tools have it"));
    rollups();
  }

  private static String way(String trouble, Path file) {
    if (trouble.contains("newer version")) {
      return "update skill-telemetry and the agent";
    }
    if (trouble.contains("locked")) {
      return "end the program that holds the lock, or try again";
    }
    if (trouble.contains("another shape")) {
      return "name another file by AUTO_SKILL_TELEMETRY_DB";
    }
    return "keep a copy, then move %s away; a new one is made".formatted(file);
  }

  private void owner(Path file) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
      String owner = attributes.owner().getName();
      String mode = PosixFilePermissions.toString(attributes.permissions());
      if (!owner.equals(host.machine().user())) {
        checks.add(
            Check.failed(
                "owner",
                "%s belongs to %s, and you are %s".formatted(file, owner, host.machine().user()),
                "sudo chown %s '%s'".formatted(host.machine().user(), file)));
      } else if (mode.substring(3).equals("------")) {
        checks.add(Check.ok("owner", "you, and nobody else may read it"));
      } else {
        checks.add(
            Check.warning(
                "owner", "others may read it (" + mode + ")", "chmod go= '" + file + "'"));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // This file system has no owners.
    }
  }

  private void rollups() {
    RollupCheck check = data.reports().checkRollups();
    String counted = "%d of %d events".formatted(check.counted(), check.events());
    String repair = "skill-telemetry doctor --repair";
    checks.add(
        switch (check.status()) {
          case RIGHT -> Check.ok("rollups", "right: " + counted);
          case OUT_OF_DATE -> Check.ok("rollups", "others changed events, which will be counted");
          case WRONG -> Check.failed("rollups", "wrong numbers: " + check.differences(), repair);
          case NOT_KEPT ->
              check.events() == 0
                  ? Check.ok("rollups", "none yet")
                  : Check.failed(
                      "rollups",
                      "none, or those of another version, so each report reads all events",
                      repair);
          case UNREADABLE -> Check.failed("rollups", "they cannot be read", repair);
        });
  }

  private void space(Path file) {
    Path directory = file.toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory)) {
      directory = directory.getParent();
    }
    long free = directory == null ? Long.MAX_VALUE : host.machine().freeBytes(directory);
    checks.add(
        free < FULL_BELOW_BYTES
            ? Check.failed(
                "space",
                "the disk of %s is full: %d KiB are left".formatted(directory, free / 1024),
                "make room, for example by skill-telemetry prune --older-than 90d")
            : Check.ok("space", "enough"));
  }

  private void spools(Path file) {
    Spools spools = Spools.of(file);
    String found = "%d spools with %d KiB".formatted(spools.count(), spools.bytes() / 1024);
    checks.add(
        spools.bytes() > LARGE_SPOOLS_BYTES
            ? Check.warning("spools", found + " wait", "see whether the checks above say why")
            : Check.ok("spools", spools.count() == 0 ? "nothing waits" : found));
  }
}
