package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.TelemetryDiagnostics;
import dev.autoskill.telemetry.cli.output.Printable;
import java.io.IOException;
import java.nio.file.Path;

/** Whether this user's programs record. */
final class StatusCommand implements Command {

  @Override
  public String summary() {
    return "whether telemetry is on, and why not; doctor knows more";
  }

  @Override
  public void declare(Syntax syntax) {}

  @Override
  public int run(Call call) throws IOException {
    try (Data data = call.open()) {
      TelemetryDiagnostics diagnostics = data.diagnostics();
      line(call, "telemetry: " + diagnostics.why());
      for (String trouble : diagnostics.troubles()) {
        line(call, "trouble: " + trouble);
      }
      Path file = diagnostics.database();
      line(call, "database: " + (file == null ? "none" : file.toString()));
    }
    return Exit.OK;
  }

  private static void line(Call call, String line) throws IOException {
    call.printer().write(Printable.of(line) + "\n");
  }
}
