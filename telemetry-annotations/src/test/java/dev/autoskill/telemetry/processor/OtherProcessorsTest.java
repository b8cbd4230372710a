package dev.autoskill.telemetry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code javac} as a process, so that processors come from the path that it is given. */
class OtherProcessorsTest {

  /** Says that it ran, and asks for every annotation as this library's processor does. */
  private static final String OTHER =
      """
      import java.util.Set;
      import javax.annotation.processing.*;
      import javax.lang.model.SourceVersion;
      import javax.lang.model.element.TypeElement;
      import javax.tools.Diagnostic;

      @SupportedAnnotationTypes("*")
      public class Other extends AbstractProcessor {
        @Override public SourceVersion getSupportedSourceVersion() { return SourceVersion.latest(); }
        @Override public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment r) {
          if (!r.processingOver()) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, "other saw " + annotations);
          }
          return false;
        }
      }
      """;

  @TempDir private Path directory;

  private Path source;

  @BeforeEach
  void writeSource() throws IOException {
    source =
        Files.writeString(
            directory.resolve("Reviewer.java"),
            "class Reviewer {"
                + " @dev.autoskill.telemetry.annotations.TrackedSkill void f() {}"
                + " @interface Foreign {} @Foreign void g() {} }");
  }

  @Test
  void itClaimsAllAnnotationsWhenAloneSoThatTheCompilerMissesNoProcessor() throws Exception {
    assertEquals("", javac(Compiler.product()));
  }

  @Test
  void itClaimsNoneWhereAnotherProcessorCouldMissThem() throws Exception {
    Path other = Files.createDirectories(directory.resolve("other/META-INF/services"));
    Files.writeString(other.resolve("javax.annotation.processing.Processor"), "Other\n");
    Path root = directory.resolve("other");
    assertEquals(List.of(), new Compiler(root).compile(List.of("-proc:none"), OTHER).messages());

    String said = javac(Compiler.product() + File.pathSeparator + root);

    assertTrue(said.contains("other saw [dev.autoskill.telemetry.annotations.TrackedSkill,"), said);
    assertTrue(said.contains("No processor claimed any of these annotations"), said);
  }

  private String javac(String processorPath) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("-Xlint:all", "-classpath", Compiler.product()));
    command.addAll(List.of("-processorpath", processorPath, "-d", directory.toString()));
    command.add(source.toString());
    Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(javac.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, javac.waitFor(), said);
    return said;
  }
}
