package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.privacy.SettingsFile;
import dev.autoskill.telemetry.recording.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Switches telemetry off, or no longer off, for all of the user's programs. */
final class SwitchCommand implements Command {

  private static final String DISABLED = "disabled";

  private final boolean isOn;

  SwitchCommand(boolean isOn) {
    this.isOn = isOn;
  }

  @Override
  public String summary() {
    return isOn
        ? "takes back what off said"
        : "records and sends nothing from now on, in all programs of this user";
  }

  @Override
  public void declare(Syntax syntax) {}

  @Override
  public int run(Call call) throws IOException {
    Path file = SettingsFile.of(call.host().environment()).path();
    if (file == null) {
      throw Failure.unreadable("there is no home directory, and so no settings file");
    }
    try {
      write(file);
    } catch (IOException e) {
      throw Failure.unreadable(file + " cannot be written: " + e.getMessage());
    }
    call.printer().note("Programs that start from now on heed " + file + ".");
    return new StatusCommand().run(call);
  }

  /** Keeps everything else, comments included; the file appears whole or not at all. */
  private void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(file)) {
      lines.addAll(Files.readAllLines(file));
      lines.removeIf(line -> line.strip().matches(DISABLED + "\\s*([=:\\s].*)?"));
    } else if (isOn) {
      return;
    }
    if (!isOn) {
      lines.add(DISABLED + "=true");
    }
    Path target = PrivateFiles.target(file);
    PrivateFiles.createDirectories(target.getParent());
    Path written = PrivateFiles.createTempFile(target.getParent(), "settings");
    try {
      Files.write(written, lines);
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
