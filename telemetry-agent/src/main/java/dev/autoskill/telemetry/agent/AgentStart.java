package dev.autoskill.telemetry.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.CacheFolder;
import dev.autoskill.telemetry.recording.DebugOutput;
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

  private AgentStart() {}

  /**
   * Starts the agent.
   *
   * @param isCaching whether the agent's options let it store woven classes
   * @param instrumentation offers the agent its classes from now on
   * @return answers the failures so far
   */
  public static Supplier<List<String>> start(boolean isCaching, Instrumentation instrumentation) {
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

  /** The agent's version is that of the weaver, too, which is in the same jar. */
  private static byte[] versions(Environment environment) {
    String own = SkillAgent.class.getPackage().getImplementationVersion();
    String vendor = environment.property("java.vendor");
    String runtime = environment.property("java.runtime.version");
    return String.join("\n", Arrays.asList(own, vendor, runtime)).getBytes(UTF_8);
  }
}
