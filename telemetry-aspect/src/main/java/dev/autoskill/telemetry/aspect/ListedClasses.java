package dev.autoskill.telemetry.aspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
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
    for (URL list : lists(loader)) {
      for (String name : names(list)) {
        try {
          classes.add(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
          // Listed, but not there in this program.
        }
      }
    }
    return classes;
  }

  private static List<URL> lists(ClassLoader loader) {
    try {
      return Collections.list(loader.getResources(LIST));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> names(URL list) {
    try (InputStream in = list.openStream();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
