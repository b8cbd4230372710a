package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.writer.Faults;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes that have skills, and lets all others pass as quickly as it can.
 *
 * <p>No fault gets out of here: it is counted, and the class is loaded as it was.
 */
final class SkillTransformer implements ClassFileTransformer {

  /** Holds the weaver, and with it AspectJ, back until there is something to weave. */
  private static final class Lazy {

    static final Weaver WEAVER = new Weaver();
  }

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  /** The JDK's own, and what the {@code aop.xml} of this library excludes. */
  private static final String[] NEVER_WOVEN = {
    "java/",
    "jdk/internal/",
    "dev/autoskill/telemetry/",
    "org/aspectj/",
    "aj/org/objectweb/asm/",
    "com/github/f4b6a3/ulid/",
    "io/leangen/geantyref/",
    "org/jdbi/",
    "org/jspecify/",
    "org/slf4j/",
    "org/sqlite/"
  };

  private static final String STOCK_AGENT = "org.aspectj.weaver.loadtime.Agent";

  private final Instrumentation instrumentation;
  private final @Nullable WovenCache cache;
  private final List<byte[]> versions;
  private final LoaderScopes scopes = new LoaderScopes();
  private final TypeSources typeSources = new TypeSources();
  private final AtomicLong woven = new AtomicLong();
  private final AtomicLong fromCache = new AtomicLong();
  private final Faults faults;

  /** Settled when the first class is to be woven: by then all agents have started. */
  private volatile boolean isAlone;

  private volatile boolean isHastened;

  /**
   * Makes a transformer.
   *
   * @param cache where woven classes are kept; null if they are not
   * @param versions those of the programs that take part in weaving
   */
  SkillTransformer(
      Instrumentation instrumentation,
      @Nullable WovenCache cache,
      List<byte[]> versions,
      Faults faults) {
    this.instrumentation = instrumentation;
    this.cache = cache;
    this.versions = versions;
    this.faults = faults;
  }

  /**
   * What there is to weave in the classes of a loader. Asking for the program's beforehand saves
   * the JVM from offering the transformer all the classes that it takes to find out.
   */
  LoaderScope.@Nullable Kind kindOf(ClassLoader loader) throws IOException {
    LoaderScope scope = scopes.of(loader);
    return scope == null ? null : scope.kind();
  }

  AgentStats stats() {
    return new AgentStats(woven.get(), fromCache.get(), faults.count());
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null || loader == PLATFORM || name == null || isNeverWoven(name)) {
      return null;
    }
    try {
      LoaderScope scope = scopes.of(loader);
      if (scope == null || scope.kind() == LoaderScope.Kind.NOBODY) {
        return null;
      }
      if (scope.kind() == LoaderScope.Kind.WEAVER) {
        return standBack(loader, name, redefined, domain, bytes);
      }
      ClassFile type = scope.classFile(bytes);
      if (!scope.mayWeave(typeSources.of(loader, domain), type) || isStockAgentThere()) {
        return null;
      }
      return woven(scope, loader, name, domain, type);
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return null;
    }
  }

  private static boolean isNeverWoven(String name) {
    for (String start : NEVER_WOVEN) {
      if (name.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether AspectJ's own agent has been started too, before this one or after it. It sees the same
   * aspects, and would complain of classes that somebody else has woven.
   */
  private boolean isStockAgentThere() {
    if (!isAlone) {
      for (Class<?> type :
          instrumentation.getInitiatedClasses(ClassLoader.getSystemClassLoader())) {
        if (type.getName().equals(STOCK_AGENT)) {
          instrumentation.removeTransformer(this);
          return true;
        }
      }
      isAlone = true;
    }
    return false;
  }

  private byte @Nullable [] standBack(
      ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes)
      throws Exception {
    StockWeaver.start(instrumentation);
    instrumentation.removeTransformer(this);
    return StockWeaver.weave(loader, name, redefined, domain, bytes);
  }

  private byte @Nullable [] woven(
      LoaderScope scope, ClassLoader loader, String name, ProtectionDomain domain, ClassFile type)
      throws IOException {
    hasten();
    byte[] key = cache == null ? null : key(scope, loader, type);
    CacheEntry kept = key == null ? null : kept(key, type.name());
    if (kept != null) {
      fromCache.incrementAndGet();
      return nullIfEmpty(kept.wovenClass());
    }
    Weaver.Result result = Lazy.WEAVER.weave(loader, name, domain, type.bytes());
    if (result.wovenClass().length > 0) {
      woven.incrementAndGet();
    }
    if (key != null && result.mayBeKept()) {
      keep(key, new CacheEntry(result.wovenClass()));
    }
    return nullIfEmpty(result.wovenClass());
  }

  /** There are skills, so one may soon be used. */
  private void hasten() {
    if (!isHastened) {
      isHastened = true;
      Telemetry.hasten();
    }
  }

  private byte @Nullable [] key(LoaderScope scope, ClassLoader loader, ClassFile type) {
    try {
      // Through the loader only, as the weaver itself will see them.
      return scope.key(new TypeSource(loader, null), type, versions);
    } catch (IOException | RuntimeException e) {
      faults.swallowed(e);
      return null;
    }
  }

  private @Nullable CacheEntry kept(byte[] key, String className) {
    try {
      return cache == null ? null : cache.get(key, className);
    } catch (IOException | RuntimeException e) {
      faults.swallowed(e);
      return null;
    }
  }

  private void keep(byte[] key, CacheEntry entry) {
    try {
      if (cache != null) {
        cache.put(key, entry);
      }
    } catch (IOException | RuntimeException e) {
      faults.swallowed(e);
    }
  }

  private static byte @Nullable [] nullIfEmpty(byte[] bytes) {
    return bytes.length == 0 ? null : bytes;
  }
}
