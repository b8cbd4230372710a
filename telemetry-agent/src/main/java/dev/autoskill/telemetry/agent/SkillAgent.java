package dev.autoskill.telemetry.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.writer.CacheFolder;
import dev.autoskill.telemetry.writer.DebugOutput;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry: {@code java -javaagent:telemetry-agent-<version>.jar ...}
 *
 * <p>Nothing that goes wrong here keeps the program from running.
 */
public final class SkillAgent {

  /** The cache's folder. The number changes when entries of before are of no use any more. */
  private static final String CACHE = "woven-2";

  private static final long CACHE_CAPACITY = 64L << 20;

  /** The agent's only option, which has two values, and its only property. */
  private static final String CACHE_OFF = "cache=false";

  private static final String CACHE_ON = "cache=true";

  private static final String CACHE_PROPERTY = "autoskill.telemetry.agent.cache";

  private static final String DEBUG_VARIABLE = "AUTO_SKILL_TELEMETRY_DEBUG";

  /** Where the weaver says which version it is. */
  private static final String WEAVER_VERSION = "org/aspectj/bridge/version.properties";

  private static volatile @Nullable SkillTransformer transformer;
  private static volatile List<String> startFailures = List.of();

  private SkillAgent() {}

  /**
   * Called by the JVM before the program's main method.
   *
   * @param options {@code cache=false}: store no woven classes; null, empty or {@code cache=true}:
   *     the default. Anything else is named on stderr and means the default
   * @param instrumentation the JVM
   */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    try {
      start(options, instrumentation, Environment.ofProcess());
    } catch (Throwable fault) {
      startFailures = List.of("the agent: " + fault.getClass().getName());
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
   * @return false if it was not started, or if telemetry is off
   */
  public static boolean isWeaving() {
    return transformer != null;
  }

  /**
   * The failures so far: mostly classes that could not be woven.
   *
   * @return the first 100, each with the reason
   */
  public static List<String> failures() {
    SkillTransformer started = transformer;
    return started == null ? startFailures : started.failures();
  }

  private static synchronized void start(
      @Nullable String options, Instrumentation instrumentation, Environment environment)
      throws IOException {
    if (transformer != null || !OptOut.decision(environment).allowsRecording()) {
      return;
    }
    checkOptions(options);
    CacheFolder folder =
        isCaching(options, environment) ? CacheFolder.of(environment, CACHE) : null;
    WovenCache cache = folder == null ? null : new WovenCache(folder, CACHE_CAPACITY);
    ClassDefiner definer = new ClassDefiner(instrumentation);
    Consumer<String> debug = environment.has(DEBUG_VARIABLE) ? new DebugOutput() : null;
    SkillTransformer started = new SkillTransformer(definer, cache, versions(environment), debug);
    started.prepare(ClassLoader.getSystemClassLoader());
    instrumentation.addTransformer(started);
    transformer = started;
  }

  /** Nobody would learn of a mistyped option otherwise. */
  private static void checkOptions(@Nullable String options) {
    if (options != null && !List.of("", CACHE_OFF, CACHE_ON).contains(options)) {
      new DebugOutput().accept("unknown agent option \"" + options + "\", expected " + CACHE_OFF);
    }
  }

  private static boolean isCaching(@Nullable String options, Environment environment) {
    return !CACHE_OFF.equals(options) && !"false".equals(environment.property(CACHE_PROPERTY));
  }

  private static byte[] versions(Environment environment) throws IOException {
    String own = SkillAgent.class.getPackage().getImplementationVersion();
    try (InputStream weaver = ClassLoader.getSystemResourceAsStream(WEAVER_VERSION)) {
      String ofWeaver = weaver == null ? "" : new String(weaver.readAllBytes(), UTF_8);
      String vendor = environment.property("java.vendor");
      String runtime = environment.property("java.runtime.version");
      return String.join("\n", Arrays.asList(own, ofWeaver, vendor, runtime)).getBytes(UTF_8);
    }
  }
}
