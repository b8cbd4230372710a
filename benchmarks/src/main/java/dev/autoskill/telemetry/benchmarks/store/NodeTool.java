package dev.autoskill.telemetry.benchmarks.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stores events as auto-skill's Node tool does, by the same driver. For that, {@code node} has to
 * be there and to find {@code better-sqlite3}, as it does if {@code NODE_PATH} says where that is.
 */
final class NodeTool {

  private static final String SCRIPT = "node-tool.cjs";

  private NodeTool() {}

  /** Whether it can be measured here. */
  static boolean isThere() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("node", "-e", "require('better-sqlite3')")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      // There is no such program.
      return false;
    }
  }

  /**
   * Fills a new database.
   *
   * @return how many events a second it stored, by its own clock, without the start of Node
   */
  static double rate(Path file, int events) throws IOException, InterruptedException {
    Path script = file.resolveSibling(SCRIPT);
    try (InputStream content = NodeTool.class.getResourceAsStream(SCRIPT)) {
      Files.copy(content, script);
    }
    Process process =
        new ProcessBuilder("node", script.toString(), file.toString(), Integer.toString(events))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("node failed");
    }
    return Double.parseDouble(said);
  }
}
