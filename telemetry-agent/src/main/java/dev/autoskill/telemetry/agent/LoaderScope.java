package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.QuickStart;
import dev.autoskill.telemetry.aspect.SkillAnnotations;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.aspectj.weaver.loadtime.definition.Definition;
import org.aspectj.weaver.loadtime.definition.DocumentParser;
import org.jspecify.annotations.Nullable;

/**
 * The aspects to weave into the classes of one class loader: the ready-made ones, and those of the
 * {@code aop.xml} files that the loader sees which extend {@code SkillAspect}. Does not refer to
 * the loader, so that it keeps none alive.
 *
 * <p>Safe for use by any number of threads.
 */
final class LoaderScope {

  private static final String ASPECTS = "dev.autoskill.telemetry.aspect.";
  private static final String BASE_ASPECT = ASPECTS + "SkillAspect";

  private static final List<String> READY_MADE =
      List.of(
          ASPECTS + "TrackedSkillAspect",
          ASPECTS + "ToolAspect",
          ASPECTS + "langchain4j.ChatAspect",
          ASPECTS + "mcp.ClientAspect");

  /** Where the weaver looks for its configuration. */
  private static final List<String> CONFIGURATIONS =
      List.of("META-INF/aop.xml", "META-INF/aop-ajc.xml", "org/aspectj/aop.xml");

  /**
   * A class that is woven a second time keeps its members, is left as one that AspectJ's own agent
   * may weave again, and has the default {@code serialVersionUID} that it would have unwoven.
   * Complaints about missing types are of no interest.
   */
  private static final String OPTIONS =
      "-XnotReweavable -Xset:overWeaving=true -XaddSerialVersionUID -Xlint:ignore";

  private final Definition definition = new Definition();

  /** The contents of the files that determine what weaving makes of a class. */
  private final List<byte[]> files = new ArrayList<>();

  private final Candidates candidates =
      new Candidates(SkillAnnotations.TYPES.stream().map(LoaderScope::internal).toList());

  /** Null, and with it AspectJ's weaver unloaded, until there is something to weave. */
  private @Nullable Weaver weaver;

  LoaderScope(ClassLoader loader) throws IOException {
    ClassFile base = ClassFile.find(loader, internal(BASE_ASPECT));
    definition.appendWeaverOptions(OPTIONS);
    if (base == null) {
      return;
    }
    files.add(base.bytes());
    for (String aspect : READY_MADE) {
      ClassFile file = ClassFile.find(loader, internal(aspect));
      if (file != null) {
        definition.getAspectClassNames().add(aspect);
        files.add(file.bytes());
      }
    }
    for (String name : CONFIGURATIONS) {
      for (URL file : Collections.list(loader.getResources(name))) {
        byte[] content = read(file);
        if (isUnderstood(content) && addOurs(loader, file, content)) {
          files.add(content);
        }
      }
    }
  }

  private static byte[] read(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    // A cached jar would stay open, and keep the file of a discarded loader from being deleted.
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  /** AspectJ's parser prints a warning of any other DTD, and fetches it. */
  private static boolean isUnderstood(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    return !text.contains("<!DOCTYPE") || text.contains("-//AspectJ//DTD");
  }

  /** Adds what a file says about our aspects, but no options; answers whether it has any. */
  private boolean addOurs(ClassLoader loader, URL file, byte[] content) throws IOException {
    Definition read;
    try {
      read = DocumentParser.parse(file);
    } catch (Exception e) {
      return false; // Others' files may be as broken as they like.
    }
    boolean hasOurs = new String(content, StandardCharsets.UTF_8).contains(ASPECTS);
    for (String aspect : read.getAspectClassNames()) {
      if (isOurs(loader, aspect)) {
        hasOurs = true;
        if (!definition.getAspectClassNames().contains(aspect)) {
          definition.getAspectClassNames().add(aspect);
        }
      }
    }
    for (Definition.ConcreteAspect aspect : read.getConcreteAspects()) {
      if (aspect.extend != null && isOurs(loader, aspect.extend)) {
        hasOurs = true;
        definition.getConcreteAspects().add(aspect);
      }
    }
    if (hasOurs) {
      definition.getIncludePatterns().addAll(read.getIncludePatterns());
      definition.getExcludePatterns().addAll(read.getExcludePatterns());
      definition.getAspectIncludePatterns().addAll(read.getAspectIncludePatterns());
      definition.getAspectExcludePatterns().addAll(read.getAspectExcludePatterns());
    }
    return hasOurs;
  }

  private static boolean isOurs(ClassLoader loader, String aspect) throws IOException {
    String name = internal(aspect);
    while (name != null && !name.equals(internal(BASE_ASPECT))) {
      ClassFile type = ClassFile.find(loader, name);
      name = type == null ? null : type.superclass();
    }
    return name != null;
  }

  private static String internal(String binaryName) {
    return binaryName.replace('.', '/');
  }

  /** Whether there are aspects whose pointcuts only the weaver understands. */
  private boolean hasOtherPointcuts() {
    return !definition.getConcreteAspects().isEmpty()
        || !READY_MADE.containsAll(definition.getAspectClassNames());
  }

  /** Whether the loader does not see this library, so that nothing can be woven. */
  boolean isBlind() {
    return files.isEmpty();
  }

  /** Whether the aspects may have something to do with a class. */
  boolean mayWeave(ClassLoader loader, ClassFile type) throws IOException {
    return hasOtherPointcuts() || candidates.include(loader, type);
  }

  /**
   * A key for the class, besides the types that it {@linkplain SeenTypes depends on}.
   *
   * @param versions those of the programs that take part
   * @return the key; null if the weaver has to be asked, since it understands the pointcuts
   */
  @Nullable Long key(ClassFile type, byte[] versions) {
    if (hasOtherPointcuts()) {
      return null;
    }
    List<byte[]> all = new ArrayList<>(files);
    all.add(versions);
    all.add(type.bytes());
    return WovenCache.checksum(all);
  }

  /** Weaves a class. */
  WovenCache.Entry weave(
      ClassLoader loader, ClassFile type, ProtectionDomain domain, Instrumentation instrumentation)
      throws IOException, Weaver.Failure {
    // As the stock weaver does it: a loader may hold this lock already, so no other may be waited
    // for.
    synchronized (loader) {
      if (weaver == null) {
        QuickStart.spareWeaver();
        weaver = new Weaver(loader, definition, instrumentation);
      }
      return weaver.weave(loader, type, domain);
    }
  }
}
