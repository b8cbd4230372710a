package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.writer.CacheFolder;
import dev.autoskill.telemetry.writer.DebugOutput;
import dev.autoskill.telemetry.writer.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
   * @param isCaching whether woven classes are kept, as far as the agent's options say
   * @param instrumentation the JVM
   * @param environment the process's
   * @param faults counts what is swallowed
   * @return the agent, which the JVM offers its classes from now on
   * @throws IOException if the class path cannot be read
   */
  public static RunningAgent start(
      boolean isCaching, Instrumentation instrumentation, Environment environment, Faults faults)
      throws IOException {
    boolean usesCache = isCaching && !"false".equals(environment.property(CACHE_PROPERTY));
    CacheFolder folder = usesCache ? CacheFolder.of(environment, CACHE) : null;
    SkillTransformer started =
        new SkillTransformer(
            new ClassDefiner(instrumentation),
            folder == null ? null : new WovenCache(folder, CACHE_CAPACITY),
            versions(environment),
            faults,
            debug(environment));
    started.prepare(ClassLoader.getSystemClassLoader());
    instrumentation.addTransformer(started);
    return started;
  }

  private static @Nullable Consumer<String> debug(Environment environment) {
    return environment.has(DEBUG_VARIABLE) ? new DebugOutput() : null;
  }

  private static List<byte[]> versions(Environment environment) throws IOException {
    ClassLoader loader = AgentStart.class.getClassLoader();
    try (InputStream weaver = loader.getResourceAsStream(WEAVER_VERSION)) {
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
