package dev.autoskill.telemetry.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.CacheFolder;
import dev.autoskill.telemetry.recording.DebugOutput;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Starts the agent, in the loader that has the weaver. The entry calls it by reflection. */
public final class AgentStart {

  /** The cache's folder. The number changes when entries of before are of no use any more. */
  private static final String CACHE = "woven-2";

  private static final long CACHE_CAPACITY = 64L << 20;

  private static final String CACHE_PROPERTY = "autoskill.telemetry.agent.cache";

  private static final String DEBUG_VARIABLE = "AUTO_SKILL_TELEMETRY_DEBUG";

  /** Where the weaver says which version it is. */
  private static final String WEAVER_VERSION = "org/aspectj/bridge/version.properties";

  private AgentStart() {}

  /**
   * Starts the agent.
   *
   * @param isCaching whether the agent's options let it store woven classes
   * @param instrumentation offers the agent its classes from now on
   * @return answers the failures so far
   * @throws IOException if the agent's jar cannot be read
   */
  public static Supplier<List<String>> start(boolean isCaching, Instrumentation instrumentation)
      throws IOException {
    Environment environment = Environment.ofProcess();
    boolean usesCache = isCaching && !"false".equals(environment.property(CACHE_PROPERTY));
    CacheFolder folder = usesCache ? CacheFolder.of(environment, CACHE) : null;
    WovenCache cache = folder == null ? null : new WovenCache(folder, CACHE_CAPACITY);
    Consumer<String> debug = environment.has(DEBUG_VARIABLE) ? new DebugOutput() : null;
    SkillTransformer started =
        new SkillTransformer(instrumentation, cache, versions(environment), debug);
    instrumentation.addTransformer(started);
    return started::failures;
  }

  private static byte[] versions(Environment environment) throws IOException {
    String own = SkillAgent.class.getPackage().getImplementationVersion();
    ClassLoader loader = AgentStart.class.getClassLoader();
    try (InputStream weaver = loader.getResourceAsStream(WEAVER_VERSION)) {
      String ofWeaver = weaver == null ? "" : new String(weaver.readAllBytes(), UTF_8);
      String vendor = environment.property("java.vendor");
      String runtime = environment.property("java.runtime.version");
      return String.join("\n", Arrays.asList(own, ofWeaver, vendor, runtime)).getBytes(UTF_8);
    }
  }
}
