package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.aspect.ToolAnnotations;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
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

  private static final String ASPECTS = "dev/autoskill/telemetry/aspect/";
  private static final String BASE_ASPECT = ASPECTS + "SkillAspect";

  private static final List<String> READY_MADE =
      List.of(
          ASPECTS + "TrackedSkillAspect",
          ASPECTS + "LangChain4jToolAspect",
          ASPECTS + "McpToolAspect",
          ASPECTS + "SpringAiToolAspect");

  private static final String TRACKED_SKILL = "dev/autoskill/telemetry/annotations/TrackedSkill";

  /** Where the weaver looks for its configuration. */
  private static final List<String> CONFIGURATIONS =
      List.of("META-INF/aop.xml", "META-INF/aop-ajc.xml", "org/aspectj/aop.xml");

  /**
   * A class that is woven a second time keeps what it has, is left as one that AspectJ's own agent
   * may weave again, and has the default {@code serialVersionUID} that it would have unwoven. What
   * is said about types that are missing is of no interest.
   */
  private static final String OPTIONS =
      "-XnotReweavable -Xset:overWeaving=true -XaddSerialVersionUID -Xlint:ignore";

  private final boolean isBlind;
  private final Definition definition;
  private final List<byte[]> files;
  private final Candidates candidates;

  /** Null before they are needed. */
  private volatile @Nullable List<byte[]> aspects;

  private LoaderScope(boolean isBlind, Definition definition, List<byte[]> files) {
    this.isBlind = isBlind;
    this.definition = definition;
    this.files = files;
    List<String> sought = new ArrayList<>(List.of(TRACKED_SKILL));
    for (String name : ToolAnnotations.NAMES) {
      sought.add(internal(name));
    }
    candidates = new Candidates(sought);
  }

  static LoaderScope of(ClassLoader loader) throws IOException {
    Definition all = new Definition();
    all.appendWeaverOptions(OPTIONS);
    List<byte[]> files = new ArrayList<>();
    if (loader.getResource(BASE_ASPECT + ".class") == null) {
      return new LoaderScope(true, all, files);
    }
    for (String aspect : READY_MADE) {
      all.getAspectClassNames().add(binary(aspect));
    }
    for (String name : CONFIGURATIONS) {
      for (Enumeration<URL> found = loader.getResources(name); found.hasMoreElements(); ) {
        URL file = found.nextElement();
        byte[] content = read(file);
        if (isUnderstood(content) && addOurs(loader, file, content, all)) {
          files.add(content);
        }
      }
    }
    return new LoaderScope(false, all, files);
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

  /**
   * Adds what a file says about aspects of ours, without its weaver options; answers whether it has
   * any.
   */
  private static boolean addOurs(ClassLoader loader, URL file, byte[] content, Definition all)
      throws IOException {
    Definition read;
    try {
      read = DocumentParser.parse(file);
    } catch (Exception e) {
      return false; // Others' files may be as broken as they like.
    }
    boolean hasOurs = new String(content, StandardCharsets.UTF_8).contains(binary(ASPECTS));
    for (String aspect : read.getAspectClassNames()) {
      if (isOurs(loader, aspect)) {
        hasOurs = true;
        if (!all.getAspectClassNames().contains(aspect)) {
          all.getAspectClassNames().add(aspect);
        }
      }
    }
    for (Definition.ConcreteAspect aspect : read.getConcreteAspects()) {
      if (aspect.extend != null && isOurs(loader, aspect.extend)) {
        hasOurs = true;
        all.getConcreteAspects().add(aspect);
      }
    }
    if (hasOurs) {
      all.getIncludePatterns().addAll(read.getIncludePatterns());
      all.getExcludePatterns().addAll(read.getExcludePatterns());
      all.getAspectIncludePatterns().addAll(read.getAspectIncludePatterns());
      all.getAspectExcludePatterns().addAll(read.getAspectExcludePatterns());
    }
    return hasOurs;
  }

  private static boolean isOurs(ClassLoader loader, String aspect) throws IOException {
    String name = internal(aspect);
    while (name != null && !name.equals(BASE_ASPECT)) {
      ClassFile type = ClassFile.find(loader, name);
      name = type == null ? null : type.superclass();
    }
    return name != null;
  }

  private static String binary(String internalName) {
    return internalName.replace('/', '.');
  }

  private static String internal(String binaryName) {
    return binaryName.replace('.', '/');
  }

  /** Whether the loader does not see this library, so that nothing can be woven. */
  boolean isBlind() {
    return isBlind;
  }

  /** The aspects, for the weaver. */
  Definition definition() {
    return definition;
  }

  /** Whether there are aspects whose pointcuts only the weaver understands. */
  private boolean hasOtherPointcuts() {
    // READY_MADE comes first, and nothing twice.
    return !definition.getConcreteAspects().isEmpty()
        || definition.getAspectClassNames().size() > READY_MADE.size();
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
  @Nullable Long key(ClassLoader loader, ClassFile type, List<byte[]> versions) throws IOException {
    if (hasOtherPointcuts()) {
      return null;
    }
    return new Checksum().add(versions).add(files).add(aspects(loader)).add(type.bytes()).value();
  }

  /** The class files of the aspects, which weaving copies code from. */
  private List<byte[]> aspects(ClassLoader loader) throws IOException {
    List<byte[]> known = aspects;
    if (known == null) {
      known = new ArrayList<>();
      List<String> names = new ArrayList<>(definition.getAspectClassNames());
      names.add(BASE_ASPECT);
      for (String name : names) {
        ClassFile file = ClassFile.find(loader, internal(name));
        known.add(file == null ? new byte[0] : file.bytes());
      }
      aspects = known;
    }
    return known;
  }
}
