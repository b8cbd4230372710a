package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is to weave in the classes of one class loader, as the {@code aop.xml} files say that
 * it sees. Does not refer to the loader, so that it keeps none alive.
 *
 * <p>Safe for use by any number of threads.
 */
final class LoaderScope {

  /** Who is to look at the loader's classes. */
  enum Kind {
    /** Nobody: the loader sees no aspects. */
    NOBODY,
    /** The agent: the loader sees no aspects but this library's. */
    AGENT,
    /** The weaver, at every class: someone has aspects or wishes that the agent does not know. */
    WEAVER
  }

  /** Where the weaver looks for its configuration. */
  private static final List<String> CONFIGURATIONS =
      List.of("META-INF/aop.xml", "META-INF/aop-ajc.xml", "org/aspectj/aop.xml");

  private final Kind kind;
  private final List<byte[]> configuration;
  private final List<String> aspects = new ArrayList<>();
  private final Candidates candidates;
  private final Consulted consulted = new Consulted();

  private LoaderScope(List<byte[]> configuration, @Nullable Set<String> aspectNames) {
    this.configuration = configuration;
    if (aspectNames == null) {
      kind = Kind.WEAVER;
      candidates = new Candidates(new Tracked(List.of()));
      return;
    }
    kind = aspectNames.isEmpty() ? Kind.NOBODY : Kind.AGENT;
    candidates = new Candidates(new Tracked(aspectNames));
    for (String aspect : aspectNames) {
      aspects.add(aspect.replace('.', '/'));
    }
  }

  static LoaderScope of(ClassLoader loader) throws IOException {
    List<byte[]> configuration = new ArrayList<>();
    Set<String> aspects = new LinkedHashSet<>();
    boolean areAllOurs = true;
    for (String name : CONFIGURATIONS) {
      for (Enumeration<URL> files = loader.getResources(name); files.hasMoreElements(); ) {
        byte[] file = read(files.nextElement());
        configuration.add(file);
        List<String> ofOurs = AopXml.aspectsOfOurs(file);
        if (ofOurs == null) {
          areAllOurs = false;
        } else {
          aspects.addAll(ofOurs);
        }
      }
    }
    return new LoaderScope(configuration, areAllOurs ? aspects : null);
  }

  private static byte[] read(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    // What is cached stays open, and keeps jars of discarded loaders from being deleted.
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  Kind kind() {
    return kind;
  }

  /** A class file to ask {@link #mayWeave} about. */
  ClassFile classFile(byte[] bytes) {
    return candidates.classFile(bytes);
  }

  /**
   * Whether aspects of this library may have something to do with a class.
   *
   * @param types what the loader sees
   * @param type as {@link #classFile} made it
   */
  boolean mayWeave(TypeSource types, ClassFile type) throws IOException {
    return candidates.include(types, type);
  }

  /**
   * A digest over all that determines what weaving makes of a class.
   *
   * @param types what the loader sees
   * @param versions those of the programs that take part
   */
  byte[] key(TypeSource types, ClassFile type, List<byte[]> versions) throws IOException {
    Map<String, byte[]> others = consulted.of(types, type, aspects);
    Sha256 key = new Sha256().add(versions).add(configuration);
    return key.add(type.bytes()).add(others).toBytes();
  }
}
