package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.WeavingProbe;
import dev.autoskill.telemetry.event.Skill;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The skills of compiled classes, found by the lists that the annotation processor leaves beside
 * them. Classes are loaded and never initialised, so none of their code runs.
 */
final class DeclaredSkills implements AutoCloseable {

  private static final String LIST = "META-INF/autoskill-telemetry/tracked-skills";

  /** In the names of the fields that hold a class's join points. */
  private static final String JOIN_POINT_FIELD = "ajc$tjp_";

  /**
   * A skill of a class.
   *
   * @param skill the skill
   * @param className the class's binary name
   * @param location the jar or directory that the class is in
   * @param isWoven whether the class was woven when it was compiled
   */
  record Declared(Skill skill, String className, Path location, boolean isWoven) {}

  private final URLClassLoader classes;
  private final WeavingProbe probe;
  private final List<String> unreadable = new ArrayList<>();

  /** Opens jars and directories, whose classes may need each other. */
  DeclaredSkills(List<Path> locations) {
    this.probe =
        ServiceLoader.load(WeavingProbe.class, DeclaredSkills.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> Failure.unreadable("the module telemetry-aspect is missing"));
    URL[] urls = locations.stream().map(DeclaredSkills::url).toArray(URL[]::new);
    this.classes = new URLClassLoader(urls, DeclaredSkills.class.getClassLoader());
  }

  private static URL url(Path location) {
    try {
      return location.toUri().toURL();
    } catch (MalformedURLException e) {
      throw Failure.unreadable("this is no path: " + location);
    }
  }

  /** The skills of a jar or directory; null if it has no list. */
  @Nullable List<Declared> in(Path location) {
    String list = list(location);
    if (list == null) {
      return null;
    }
    List<Declared> found = new ArrayList<>();
    list.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(name -> add(name, location, found));
    return found;
  }

  /** The classes that are listed and could not be read. */
  List<String> unreadable() {
    return unreadable;
  }

  private void add(String className, Path location, List<Declared> found) {
    try {
      Class<?> type = Class.forName(className, false, classes);
      boolean isWoven =
          Arrays.stream(type.getDeclaredFields())
              .anyMatch(field -> field.getName().contains(JOIN_POINT_FIELD));
      probe
          .skills(type)
          .forEach(skill -> found.add(new Declared(skill, className, location, isWoven)));
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      unreadable.add(className);
    }
  }

  private static @Nullable String list(Path location) {
    try {
      if (Files.isDirectory(location)) {
        Path list = location.resolve(LIST);
        return Files.exists(list) ? Files.readString(list) : null;
      }
      try (JarFile jar = new JarFile(location.toFile())) {
        ZipEntry entry = jar.getEntry(LIST);
        if (entry == null) {
          return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    classes.close();
  }
}
