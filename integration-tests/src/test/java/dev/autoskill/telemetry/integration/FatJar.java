package dev.autoskill.telemetry.integration;

import java.nio.file.Path;
import java.util.List;

/** A program packed as Spring Boot does: jars within the jar, which its launcher reads in place. */
public final class FatJar {

  private FatJar() {}

  /**
   * Packs a program.
   *
   * @param file the jar to be written
   * @param launcher the jar of Spring Boot's launcher
   * @param main the program's main class
   * @param classes the directory of its classes
   * @param libraries its jars
   */
  public static Path of(
      Path file, Path launcher, String main, Path classes, List<String> libraries) {
    try (Jar jar =
        new Jar(
            file,
            "Main-Class",
            "org.springframework.boot.loader.launch.JarLauncher",
            "Start-Class",
            main,
            "Spring-Boot-Classes",
            "BOOT-INF/classes/",
            "Spring-Boot-Lib",
            "BOOT-INF/lib/")) {
      jar.addClassesOf(launcher);
      jar.addDirectory("BOOT-INF/");
      jar.addDirectory("BOOT-INF/classes/");
      jar.addFiles("BOOT-INF/classes/", classes);
      jar.addDirectory("BOOT-INF/lib/");
      for (String library : libraries) {
        Path path = Path.of(library);
        jar.addStored("BOOT-INF/lib/" + path.getFileName(), path);
      }
    }
    return file;
  }
}
