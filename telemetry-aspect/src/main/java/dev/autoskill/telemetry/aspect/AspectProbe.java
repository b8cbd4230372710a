package dev.autoskill.telemetry.aspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autoskill.telemetry.WeavingDiagnostics;
import dev.autoskill.telemetry.WeavingProbe;
import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import dev.autoskill.telemetry.event.Skill;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the methods that should be woven with those that are. Public only as a service. */
public final class AspectProbe implements WeavingProbe {

  /** In the names of the fields that hold a class's join points. */
  private static final String JOIN_POINT_FIELD = "ajc$tjp_";

  /** The classes that the annotation processor found to declare skills. */
  private static final String LIST = "META-INF/autoskill-telemetry/tracked-skills";

  /** In a jar of its own, which need not be there. */
  private static final String OWN_AGENT = "dev.autoskill.telemetry.agent.SkillAgent";

  /** Makes a probe. */
  public AspectProbe() {}

  @Override
  public WeavingDiagnostics look() {
    int woven = 0;
    Set<String> notWoven = new TreeSet<>();
    for (Class<?> listed : listedClasses()) {
      boolean isWoven = isWoven(listed);
      for (MethodFacts method : SkillDefinitions.of(listed).tracked()) {
        if (isWoven) {
          woven++;
        } else {
          notWoven.add(listed.getName() + "." + method.name());
        }
      }
    }
    int used = SkillMethods.trackedCount();
    return new WeavingDiagnostics(
        true, hasLoadTimeWeaver(), Math.max(woven, used), used, List.copyOf(notWoven), failures());
  }

  @Override
  public List<Skill> skills(Class<?> type) {
    SkillDefinitions definitions = SkillDefinitions.of(type);
    return definitions.tracked().stream()
        .map(method -> definitions.of(method, null).skill())
        .toList();
  }

  /** Other aspects leave the same behind; that ours were among them is taken for granted. */
  private static boolean isWoven(Class<?> type) {
    try {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().contains(JOIN_POINT_FIELD)) {
          return true;
        }
      }
      return false;
    } catch (LinkageError e) {
      // The type of a field is missing: nothing is known, so nothing is claimed to be wrong.
      return true;
    }
  }

  private static boolean hasLoadTimeWeaver() {
    // AspectJ's agent answers its instrumentation if, and only if, the JVM started it.
    return ask("org.aspectj.weaver.loadtime.Agent", "getInstrumentation") != null
        || Boolean.TRUE.equals(ask(OWN_AGENT, "isWeaving"));
  }

  private static List<String> failures() {
    return ask(OWN_AGENT, "failures") instanceof List<?> failures
        ? failures.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static @Nullable Object ask(String agent, String method) {
    try {
      Class<?> type = Class.forName(agent, true, ClassLoader.getSystemClassLoader());
      return type.getMethod(method).invoke(null);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  /** The listed classes that can be loaded from here; loads them, without initialising them. */
  private static Set<Class<?>> listedClasses() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
    Set<Class<?>> classes = new LinkedHashSet<>();
    try {
      for (URL list : Collections.list(loader.getResources(LIST))) {
        try (InputStream in = list.openStream()) {
          new String(in.readAllBytes(), UTF_8).lines().forEach(line -> add(line, loader, classes));
        }
      }
    } catch (IOException e) {
      // A list that cannot be read names no class.
    }
    return classes;
  }

  private static void add(String line, ClassLoader loader, Set<Class<?>> classes) {
    if (!line.isBlank() && !line.startsWith("#")) {
      try {
        classes.add(Class.forName(line, false, loader));
      } catch (ClassNotFoundException | LinkageError e) {
        // Listed, but not there in this program.
      }
    }
  }
}
