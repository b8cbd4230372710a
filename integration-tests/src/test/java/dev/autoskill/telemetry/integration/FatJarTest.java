package dev.autoskill.telemetry.integration;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program packed as Spring Boot does: started by Spring Boot's launcher, jars within the jar. */
class FatJarTest {

  @TempDir Path directory;
  private SetUp program;

  @BeforeEach
  void setUp() {
    program = new SetUp(directory);
  }

  @Test
  void theStockWeaverFindsTheAspectsWithin() {
    Path jar = fatJar(WovenProgram.productClassPath());

    program.recordsEachUseOnce("stock", List.of(SetUp.STOCK_AGENT, "-jar", jar.toString()));
  }

  @Test
  void theAgentWeavesAProgramThatHasTheAnnotationsOnly() {
    Path jar = fatJar(WovenProgram.classPathEntry("telemetry-annotations"));

    program.recordsEachUseOnce("cold", List.of(SetUp.OWN_AGENT, "-jar", jar.toString()));
    program.recordsEachUseOnce("warm", List.of(SetUp.OWN_AGENT, "-jar", jar.toString()));
  }

  @Test
  void theAgentWeavesAProgramThatHasTheWholeLibrary() {
    Path jar = fatJar(WovenProgram.productClassPath());

    program.recordsEachUseOnce("own", List.of(SetUp.OWN_AGENT, "-jar", jar.toString()));
  }

  private Path fatJar(String libraries) {
    return FatJar.of(
        directory.resolve("fat.jar"),
        Path.of(WovenProgram.classPathEntry("spring-boot-loader")),
        SetUp.main(),
        program.classes(),
        List.of(libraries.split(File.pathSeparator)));
  }
}
