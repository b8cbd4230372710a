package dev.autoskill.telemetry.aspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The classes that the annotation processor listed as declaring skills. */
final class ListedClasses {

  private static final String LIST = "META-INF/autoskill-telemetry/tracked-skills";

  private ListedClasses() {}

  /** Those that can be loaded from here; loads them, without initialising them. */
  static Set<Class<?>> all() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
    Set<Class<?>> classes = new LinkedHashSet<>();
    try {
      for (URL list : Collections.list(loader.getResources(LIST))) {
        try (InputStream in = list.openStream()) {
          new String(in.readAllBytes(), UTF_8).lines().forEach(line -> add(line, loader, classes));
        }
      }
    } catch (IOException e) {
      // A list that cannot be read names no class.
    }
    return classes;
  }

  private static void add(String line, ClassLoader loader, Set<Class<?>> classes) {
    if (!line.isBlank() && !line.startsWith("#")) {
      try {
        classes.add(Class.forName(line, false, loader));
      } catch (ClassNotFoundException | LinkageError e) {
        // Listed, but not there in this program.
      }
    }
  }
}
