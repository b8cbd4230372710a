package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Trouble;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes that have skills, and lets all others pass as quickly as it can.
 *
 * <p>No fault gets out of here: it is counted, and the class is loaded as it was.
 */
final class SkillTransformer implements ClassFileTransformer {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private static final int MOST_FAILURES = 100;

  /** Null, and with it AspectJ unloaded, until there is something to weave. */
  private @Nullable Weaver weaver;

  private final ClassDefiner definer;
  private final @Nullable WovenCache cache;
  private final List<byte[]> versions;
  private final LoaderScopes scopes = new LoaderScopes();
  private final AtomicLong woven = new AtomicLong();
  private final AtomicLong fromCache = new AtomicLong();
  private final Faults faults;

  /** Null unless the user asked for diagnostics. */
  private final @Nullable Consumer<String> debug;

  // Guarded by itself.
  private final List<String> failures = new ArrayList<>();

  /**
   * Makes a transformer.
   *
   * @param definer defines generated aspects
   * @param cache null: woven classes are not kept
   * @param versions those of the programs that take part in weaving
   * @param debug null: nobody is told of failures
   */
  SkillTransformer(
      ClassDefiner definer,
      @Nullable WovenCache cache,
      List<byte[]> versions,
      Faults faults,
      @Nullable Consumer<String> debug) {
    this.definer = definer;
    this.cache = cache;
    this.versions = versions;
    this.faults = faults;
    this.debug = debug;
  }

  /**
   * Finds out what there is to weave in the classes of a loader. To do so beforehand for the
   * program's spares the JVM from offering the transformer all the classes that this takes.
   */
  void prepare(ClassLoader loader) throws IOException {
    scopes.of(loader);
  }

  AgentStats stats() {
    return new AgentStats(woven.get(), fromCache.get(), faults.count());
  }

  /** The classes that were loaded as they were although they may have skills, and why. */
  List<String> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null || loader == PLATFORM || name == null || KnownLibraries.include(name)) {
      return null;
    }
    try {
      LoaderScope scope = scopes.of(loader);
      if (scope == null || scope.isBlind()) {
        return null;
      }
      ClassFile type = ClassFile.of(bytes);
      return scope.mayWeave(loader, type) ? woven(scope, loader, domain, type) : null;
    } catch (Throwable fault) {
      failed(name, fault);
      return null;
    }
  }

  private void failed(String name, Throwable fault) {
    faults.swallowed(fault);
    String failure = name.replace('/', '.') + ": " + reason(fault);
    synchronized (failures) {
      if (failures.size() < MOST_FAILURES) {
        failures.add(failure);
      }
    }
    if (debug != null) {
      debug.accept("not woven: " + failure);
    }
  }

  private static String reason(Throwable fault) {
    if (Trouble.isModuleMissing(fault)) {
      return "weaving needs the module java.sql; add it by --add-modules java.sql";
    }
    return fault instanceof WeavingException known ? known.reason() : fault.getClass().getName();
  }

  private byte @Nullable [] woven(
      LoaderScope scope, ClassLoader loader, ProtectionDomain domain, ClassFile type)
      throws IOException, WeavingException {
    Long key = cache == null ? null : scope.key(loader, type, versions);
    CacheEntry kept = key == null ? null : kept(key, loader);
    if (kept != null) {
      fromCache.incrementAndGet();
      return kept.orNull();
    }
    CacheEntry made = weaver().weave(scope, loader, type, domain);
    if (made.orNull() != null) {
      woven.incrementAndGet();
    }
    if (key != null) {
      keep(key, made);
    }
    return made.orNull();
  }

  private synchronized Weaver weaver() {
    if (weaver == null) {
      weaver = new Weaver(definer);
    }
    return weaver;
  }

  private @Nullable CacheEntry kept(long key, ClassLoader loader) {
    try {
      CacheEntry entry = cache == null ? null : cache.get(key);
      return entry != null && SeenTypes.areStill(entry.others(), loader) ? entry : null;
    } catch (IOException | RuntimeException e) {
      faults.swallowed(e);
      return null;
    }
  }

  private void keep(long key, CacheEntry entry) {
    try {
      if (cache != null) {
        cache.put(key, entry);
      }
    } catch (IOException | RuntimeException e) {
      faults.swallowed(e);
    }
  }
}
