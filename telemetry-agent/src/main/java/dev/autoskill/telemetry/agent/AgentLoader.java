package dev.autoskill.telemetry.agent;

import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent and AspectJ's weaver from the agent's jar where the program has another weaver on
 * its class path, as Spring's programs often do. An older one reads no class files of newer JDKs,
 * and makes the JVM print warnings.
 */
final class AgentLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String WEAVER = "org/aspectj/weaver/World.class";

  private static final List<String> APART =
      List.of(
          "dev.autoskill.telemetry.agent.",
          "dev.autoskill.telemetry.aspect.",
          "org.aspectj.",
          "aj.org.objectweb.asm.");

  private AgentLoader(URL jar) {
    super("skill-telemetry-agent", new URL[] {jar}, AgentLoader.class.getClassLoader());
  }

  /** The entry's own loader, unless that finds another weaver than the one in the agent's jar. */
  static ClassLoader choose() {
    ClassLoader own = AgentLoader.class.getClassLoader();
    CodeSource source = AgentLoader.class.getProtectionDomain().getCodeSource();
    URL weaver = own.getResource(WEAVER);
    if (source == null || weaver == null) {
      return own;
    }
    URL jar = source.getLocation();
    boolean isOther = !weaver.getPath().startsWith(jar + "!");
    // The agent's classes may lie in a folder, beside the weaver's jar.
    return isOther && jar.getPath().endsWith(".jar") ? new AgentLoader(jar) : own;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.equals(SkillAgent.class.getName()) || APART.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }
}
