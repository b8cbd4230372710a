package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.WeavingProbe;
import dev.autoskill.telemetry.event.Skill;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
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

  private final Classes classes = new Classes();
  private final Map<Path, Path> roots = new LinkedHashMap<>();
  private final List<FileSystem> jars = new ArrayList<>();
  private final WeavingProbe probe;
  private final List<String> unreadable = new ArrayList<>();

  /** Opens jars and directories, whose classes may need each other; passes by what is neither. */
  DeclaredSkills(List<Path> locations) {
    this.probe =
        ServiceLoader.load(WeavingProbe.class, DeclaredSkills.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> Failure.unreadable("the module telemetry-aspect is missing"));
    for (Path location : locations) {
      try {
        if (Files.isDirectory(location)) {
          roots.put(location, location);
        } else {
          FileSystem jar = FileSystems.newFileSystem(location);
          jars.add(jar);
          roots.put(location, jar.getPath("/"));
        }
      } catch (IOException | ProviderNotFoundException e) {
        // It holds no classes.
      }
    }
  }

  /**
   * Not the JDK's loader, which needs URLs: the command has no use for what reaches the network.
   */
  private final class Classes extends ClassLoader {

    Classes() {
      super(DeclaredSkills.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = read(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      InputStream above = getParent().getResourceAsStream(name);
      byte[] bytes = above == null ? read(name) : null;
      return bytes == null ? above : new ByteArrayInputStream(bytes);
    }
  }

  private byte @Nullable [] read(String name) {
    return roots.values().stream()
        .map(root -> read(root, name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static byte @Nullable [] read(Path root, String name) {
    try {
      return Files.readAllBytes(root.resolve(name));
    } catch (IOException e) {
      return null;
    }
  }

  /** The skills of a jar or directory; null if it has no list. */
  @Nullable List<Declared> in(Path location) {
    Path root = roots.get(location);
    byte[] list = root == null ? null : read(root, LIST);
    if (list == null) {
      return null;
    }
    List<Declared> found = new ArrayList<>();
    new String(list, StandardCharsets.UTF_8)
        .lines()
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

  @Override
  public void close() throws IOException {
    for (FileSystem jar : jars) {
      jar.close();
    }
  }
}
