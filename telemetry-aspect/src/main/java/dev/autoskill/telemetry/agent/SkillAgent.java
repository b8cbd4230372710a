package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.writer.CacheFolder;
import dev.autoskill.telemetry.writer.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry: {@code java -javaagent:telemetry-aspect-<version>-agent.jar ...}
 *
 * <p>Nothing that goes wrong here keeps the program from running.
 */
public final class SkillAgent {

  /** The cache's folder. The number changes when entries of before are of no use any more. */
  private static final String CACHE = "woven-1";

  private static final long CACHE_CAPACITY = 64L << 20;

  /** The agent's only option, and its only property. */
  private static final String CACHE_OFF = "cache=false";

  private static final String CACHE_PROPERTY = "autoskill.telemetry.agent.cache";

  /** Where the weaver says which version it is. */
  private static final String WEAVER_VERSION = "org/aspectj/bridge/version.properties";

  private static final Faults FAULTS = new Faults(null);

  private static volatile @Nullable SkillTransformer transformer;

  private SkillAgent() {}

  /**
   * Called by the JVM before the program's main method.
   *
   * @param options {@code cache=false}: keep no woven classes; null or anything else: the defaults
   * @param instrumentation the JVM
   */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    try {
      start(options, instrumentation, Environment.ofProcess());
    } catch (Throwable fault) {
      FAULTS.swallowed(fault);
    }
  }

  /**
   * Called by the JVM when the agent is loaded into a program that runs already. Only classes
   * loaded from then on are woven.
   *
   * @param options as of {@link #premain}
   * @param instrumentation the JVM
   */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    premain(options, instrumentation);
  }

  /**
   * Whether the agent weaves this program's classes.
   *
   * @return false if it was not started, if telemetry is off, or if AspectJ's own agent does the
   *     work
   */
  public static boolean isWeaving() {
    return transformer != null;
  }

  /**
   * What the agent has done so far.
   *
   * @return the counts; only failures are counted where the agent has nothing to do, because
   *     telemetry is off or AspectJ's own agent does the work
   */
  public static AgentStats stats() {
    SkillTransformer started = transformer;
    return started == null ? new AgentStats(0, 0, FAULTS.count()) : started.stats();
  }

  private static synchronized void start(
      @Nullable String options, Instrumentation instrumentation, Environment environment)
      throws IOException {
    if (transformer != null || !OptOut.decision(environment).allowsRecording()) {
      return;
    }
    if (weaverHasSettings()) {
      StockWeaver.start(instrumentation);
      return;
    }
    CacheFolder folder =
        isCaching(options, environment) ? CacheFolder.of(environment, CACHE) : null;
    if (folder != null && folder.isThere()) {
      // Only where programs have skills.
      DigestLoading.start();
    }
    WovenCache cache = folder == null ? null : new WovenCache(folder, CACHE_CAPACITY);
    SkillTransformer started =
        new SkillTransformer(instrumentation, cache, versions(environment), FAULTS);
    if (started.kindOf(ClassLoader.getSystemClassLoader()) == LoaderScope.Kind.WEAVER) {
      StockWeaver.start(instrumentation);
      return;
    }
    instrumentation.addTransformer(started);
    transformer = started;
  }

  /** Whether someone configures AspectJ by properties, most of which change what it weaves. */
  private static boolean weaverHasSettings() {
    for (String property : System.getProperties().stringPropertyNames()) {
      if (property.startsWith("org.aspectj.")
          || property.startsWith("aj.")
          || property.startsWith("aj5.")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCaching(@Nullable String options, Environment environment) {
    return !CACHE_OFF.equals(options) && !"false".equals(environment.property(CACHE_PROPERTY));
  }

  private static List<byte[]> versions(Environment environment) throws IOException {
    try (InputStream weaver = ClassLoader.getSystemResourceAsStream(WEAVER_VERSION)) {
      return List.of(
          utf8(SkillAgent.class.getPackage().getImplementationVersion()),
          weaver == null ? new byte[0] : weaver.readAllBytes(),
          utf8(environment.property("java.vendor")),
          utf8(environment.property("java.runtime.version")));
    }
  }

  private static byte[] utf8(@Nullable String text) {
    return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
  }
}
