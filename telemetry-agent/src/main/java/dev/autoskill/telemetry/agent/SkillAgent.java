package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.recording.DebugOutput;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry: {@code java -javaagent:telemetry-agent-<version>.jar ...}
 *
 * <p>Nothing that goes wrong here keeps the program from running.
 */
public final class SkillAgent {

  /** The agent's only option, which has two values. */
  private static final String CACHE_OFF = "cache=false";

  private static volatile @Nullable Supplier<?> failures;
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
      Throwable cause = fault.getCause() == null ? fault : fault.getCause();
      startFailures = List.of("the agent: " + cause.getClass().getName());
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
    return failures != null;
  }

  /**
   * The failures so far: mostly classes that could not be woven.
   *
   * @return the first 100, each with the reason
   */
  public static List<String> failures() {
    Supplier<?> started = failures;
    return started == null
        ? startFailures
        : ((List<?>) started.get()).stream().map(String::valueOf).toList();
  }

  private static synchronized void start(
      @Nullable String options, Instrumentation instrumentation, Environment environment)
      throws ReflectiveOperationException {
    OptOut optOut = OptOut.decision(environment, OptOut.isTestRun(environment));
    if (failures != null || !optOut.allowsRecording()) {
      return;
    }
    checkOptions(options);
    failures =
        (Supplier<?>)
            Class.forName("dev.autoskill.telemetry.agent.AgentStart", true, agentLoader())
                .getMethod("start", boolean.class, Instrumentation.class)
                .invoke(null, !CACHE_OFF.equals(options), instrumentation);
  }

  /**
   * A loader of the agent's jar alone. The program may have another weaver on its class path, as
   * Spring's programs often do: an older one reads no class files of newer JDKs, and makes the JVM
   * print warnings.
   */
  private static ClassLoader agentLoader() {
    URL jar = SkillAgent.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    return new URLClassLoader("skill-telemetry-agent", new URL[] {jar}, parent);
  }

  /** Nobody would learn of a mistyped option otherwise. */
  private static void checkOptions(@Nullable String options) {
    if (options != null && !List.of("", CACHE_OFF, "cache=true").contains(options)) {
      new DebugOutput().accept("unknown agent option \"" + options + "\", expected " + CACHE_OFF);
    }
  }
}
