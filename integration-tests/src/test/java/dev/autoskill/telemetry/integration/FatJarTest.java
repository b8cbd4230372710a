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
    Path file = directory.resolve("fat.jar");
    try (Jar jar =
        new Jar(
            file,
            "Main-Class",
            "org.springframework.boot.loader.launch.JarLauncher",
            "Start-Class",
            SetUp.main(),
            "Spring-Boot-Classes",
            "BOOT-INF/classes/",
            "Spring-Boot-Lib",
            "BOOT-INF/lib/")) {
      jar.addClassesOf(Path.of(WovenProgram.classPathEntry("spring-boot-loader")));
      jar.addDirectory("BOOT-INF/");
      jar.addDirectory("BOOT-INF/classes/");
      jar.addFiles("BOOT-INF/classes/", program.classes());
      jar.addDirectory("BOOT-INF/lib/");
      for (String library : libraries.split(File.pathSeparator)) {
        Path path = Path.of(library);
        jar.addStored("BOOT-INF/lib/" + path.getFileName(), path);
      }
    }
    return file;
  }
}
