package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.recording.Trouble;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes that have skills, and lets all others pass as quickly as it can.
 *
 * <p>No fault gets out of here: it is counted, and the class is loaded as it was.
 */
final class SkillTransformer implements ClassFileTransformer {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private static final String CACHE = "the cache of woven classes";

  private static final int MOST_FAILURES = 100;

  private final Instrumentation instrumentation;
  private final @Nullable WovenCache cache;
  private final byte[] versions;

  /** Keeps no loader alive. */
  private final Map<ClassLoader, LoaderScope> scopes =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Null unless the user asked for diagnostics. */
  private final @Nullable Consumer<String> debug;

  // Both guarded by the set.
  private final Set<String> failures = new LinkedHashSet<>();
  private int moreFailures;

  /**
   * Makes a transformer.
   *
   * @param instrumentation lets the weaver define the aspects that it generates
   * @param cache null: woven classes are not stored
   * @param versions those of the programs that take part in weaving
   * @param debug null: nobody is told of failures
   */
  SkillTransformer(
      Instrumentation instrumentation,
      @Nullable WovenCache cache,
      byte[] versions,
      @Nullable Consumer<String> debug) {
    this.instrumentation = instrumentation;
    this.cache = cache;
    this.versions = versions;
    this.debug = debug;
  }

  /** The first classes that were loaded as they were although they may have skills, and why. */
  List<String> failures() {
    synchronized (failures) {
      List<String> first = new ArrayList<>(failures);
      if (moreFailures > 0) {
        first.add(moreFailures + " more");
      }
      return first;
    }
  }

  /**
   * The scope of a loader. No lock is held while it is made, since the loader may run any code; at
   * worst two threads make the same. The JVM offers none of the classes that this loads.
   */
  private LoaderScope scope(ClassLoader loader) throws IOException {
    LoaderScope known = scopes.get(loader);
    if (known != null) {
      return known;
    }
    LoaderScope made = new LoaderScope(loader);
    LoaderScope other = scopes.putIfAbsent(loader, made);
    return other == null ? made : other;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null || loader == PLATFORM || name == null || Candidates.areNoneIn(name)) {
      return null;
    }
    try {
      LoaderScope scope = scope(loader);
      if (scope.isBlind()) {
        return null;
      }
      ClassFile type = ClassFile.of(bytes);
      return scope.mayWeave(loader, type) ? woven(scope, loader, domain, type).orNull() : null;
    } catch (Throwable fault) {
      failed(name.replace('/', '.'), fault);
      return null;
    }
  }

  private void failed(String subject, Throwable fault) {
    String failure = subject + ": " + reason(fault);
    synchronized (failures) {
      if (failures.size() < MOST_FAILURES) {
        failures.add(failure);
      } else {
        moreFailures++;
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
    return fault instanceof Weaver.Failure known ? known.getMessage() : fault.getClass().getName();
  }

  /** The result of weaving; a cache that fails does not keep a class from being woven. */
  private WovenCache.Entry woven(
      LoaderScope scope, ClassLoader loader, ProtectionDomain domain, ClassFile type)
      throws IOException, Weaver.Failure {
    Long key = scope.key(type, versions);
    if (cache == null || key == null) {
      return scope.weave(loader, type, domain, instrumentation);
    }
    try {
      WovenCache.Entry stored = cache.get(key);
      if (stored != null && SeenTypes.areStill(stored.others(), loader)) {
        return stored;
      }
    } catch (IOException | RuntimeException e) {
      failed(CACHE, e);
    }
    WovenCache.Entry made = scope.weave(loader, type, domain, instrumentation);
    try {
      cache.put(key, made);
    } catch (IOException | RuntimeException e) {
      failed(CACHE, e);
    }
    return made;
  }
}
