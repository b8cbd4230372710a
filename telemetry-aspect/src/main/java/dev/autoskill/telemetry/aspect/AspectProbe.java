package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.WeavingDiagnostics;
import dev.autoskill.telemetry.WeavingProbe;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares the methods that should be woven with those that are. Public only as a service. */
public final class AspectProbe implements WeavingProbe {

  /** What the fields are called in which the weaver keeps a class's join points. */
  private static final String JOIN_POINT_FIELD = "ajc$tjp_";

  private static final String STOCK_AGENT = "org.aspectj.weaver.loadtime.Agent";

  /** Makes a probe. */
  public AspectProbe() {}

  @Override
  public WeavingDiagnostics look() {
    int woven = 0;
    Set<String> notWoven = new TreeSet<>();
    for (Class<?> listed : ListedClasses.all()) {
      Set<Method> tracked = TrackedMethods.of(listed);
      if (isWoven(listed)) {
        woven += tracked.size();
      } else {
        tracked.forEach(method -> notWoven.add(listed.getName() + "." + method.getName()));
      }
    }
    int used = SkillMethod.count();
    return new WeavingDiagnostics(
        true, hasLoadTimeWeaver(), Math.max(woven, used), used, List.copyOf(notWoven));
  }

  private static boolean isWoven(Class<?> type) {
    try {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().startsWith(JOIN_POINT_FIELD)) {
          return true;
        }
      }
    } catch (LinkageError e) {
      // The type of one of its fields is missing, so nobody will use the class either.
    }
    return false;
  }

  /** The weaver's agent answers its instrumentation if, and only if, the JVM started it. */
  private static boolean hasLoadTimeWeaver() {
    try {
      Class<?> agent = Class.forName(STOCK_AGENT, true, ClassLoader.getSystemClassLoader());
      return agent.getMethod("getInstrumentation").invoke(null) != null;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }
}
