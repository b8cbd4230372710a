package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Tells which of the methods that are woven are not to be tracked. */
final class LeftOut {

  /**
   * What the names of stand-ins have in them: of CGLIB (Spring's or another), of Byte Buddy, of
   * Mockito and Hibernate, which use it, of Guice, of Javassist and of Weld.
   */
  private static final List<String> IN_NAMES =
      List.of(
          "CGLIB$$",
          "$ByteBuddy$",
          "$MockitoMock$",
          "$HibernateProxy$",
          "$$EnhancerBy",
          "_$$_jvst",
          "_$$_Weld");

  /** How the names of Quarkus's stand-ins end. */
  private static final List<String> AT_ENDS = List.of("_ClientProxy", "_Subclass");

  private LeftOut() {}

  static boolean isLeftOut(Method method) {
    if (isStandIn(method.getDeclaringClass())) {
      return true;
    }
    TrackedSkill own = SkillAnnotations.on(method);
    if (own != null) {
      return own.ignore();
    }
    TrackedSkill ofType = SkillAnnotations.onTypeOf(method);
    return ofType != null && (ofType.ignore() || isMadeByTheCompiler(method));
  }

  /** A stand-in calls the skill that it stands for, and that is the use. No source declares one. */
  static boolean isStandIn(Class<?> type) {
    return isKeptStandIn(type) || Proxy.isProxyClass(type);
  }

  /**
   * The same of a class that has a class file, as a {@link Proxy} never has. Without a stream:
   * every woven program passes here, and the first lambda of a JVM is dear.
   */
  static boolean isKeptStandIn(Class<?> type) {
    String name = type.getName();
    if (type.isSynthetic()) {
      return true;
    }
    for (String part : IN_NAMES) {
      if (name.contains(part)) {
        return true;
      }
    }
    for (String end : AT_ENDS) {
      if (name.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What enums and records have without anybody having written it. The accessor of a record that
   * somebody has written looks the same.
   */
  private static boolean isMadeByTheCompiler(Method method) {
    Class<?> type = method.getDeclaringClass();
    if (type.isEnum() && Modifier.isStatic(method.getModifiers())) {
      return isDeclaredAs(method, "values") || isDeclaredAs(method, "valueOf", String.class);
    }
    if (type.isRecord() && method.getParameterCount() == 0) {
      for (RecordComponent component : type.getRecordComponents()) {
        if (component.getName().equals(method.getName())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDeclaredAs(Method method, String name, Class<?>... parameters) {
    return method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters);
  }
}
