package dev.autoskill.telemetry.field;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A woven class reads the objects that the unwoven one serialized: it prints the same id. */
class SerializationTest {

  private static final Map<String, String> USES =
      Map.of(
          "by-method", "success",
          "future", "success",
          "typed.method", "success",
          "heir", "success",
          "own", "success",
          "enum", "success",
          "record", "success");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> keepsTheDefaultSerialVersionUid() {
    return new FieldProgram(directory, "acme.Main", "serializable")
        .withWeaverOptions("-XaddSerialVersionUID")
        .records(USES, Way.EACH);
  }
}
