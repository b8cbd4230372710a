package dev.autoskill.telemetry.mcp;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The base of the tests that look at the events of tools. */
abstract class RecordingTest {

  @TempDir Path directory;
  Recording recording;

  @BeforeEach
  void record() {
    recording = new Recording(directory.resolve("telemetry"));
  }

  @AfterEach
  void close() {
    recording.close();
  }
}
