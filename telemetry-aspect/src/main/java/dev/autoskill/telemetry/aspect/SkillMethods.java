package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.outcome.SkillDefinition;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.Signature;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The woven methods of one class, which carries its own table, so that the table keeps no class
 * loaded. A lookup takes no lock.
 */
final class SkillMethods {

  /** AspectJ calls a method's body, and the advice that it copies, after the method. */
  static final String MOVED = "_aroundBody";

  private static final StackWalker WALKER =
      StackWalker.getInstance(
          Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES));

  private static final String LIBRARY = SkillCalls.class.getPackageName() + ".";

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final AtomicInteger TRACKED = new AtomicInteger();

  private static final ClassValue<SkillMethods> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected SkillMethods computeValue(Class<?> type) {
          return new SkillMethods(type);
        }
      };

  private final ClassNode type;
  private final SkillDefinitions definitions;
  private final Map<JoinPoint.StaticPart, SkillJoinPoint> joinPoints = new ConcurrentHashMap<>();

  /**
   * By name and descriptor, since a record's first hash code takes the JDK long. Guarded by this.
   */
  private final Map<String, SkillJoinPoint> methods = new HashMap<>();

  private SkillMethods(Class<?> declaring) {
    ClassSource source = new ClassSource(declaring.getClassLoader());
    this.type = source.of(declaring);
    this.definitions = new SkillDefinitions(declaring, type, source);
  }

  /**
   * The method at a join point; worked out at the first call.
   *
   * @param joinPoint null: the method is the one that called this library
   */
  static SkillJoinPoint at(JoinPoint.@Nullable StaticPart joinPoint) {
    if (joinPoint == null) {
      // While a superclass is being initialised, a class has no join points yet, and its skills may
      // be used all the same.
      return onTheStack(SkillMethods::isWoven);
    }
    return OF_CLASS.get(joinPoint.getSignature().getDeclaringType()).get(joinPoint);
  }

  private static boolean isWoven(StackWalker.StackFrame frame) {
    return !frame.getClassName().startsWith(LIBRARY) && !frame.getMethodName().contains(MOVED);
  }

  /** Finds the woven method that calls this library: only its frame tells overloads apart. */
  private static SkillJoinPoint onTheStack(Predicate<StackWalker.StackFrame> isIt) {
    StackWalker.StackFrame frame =
        WALKER.walk(frames -> frames.filter(isIt).findFirst().orElseThrow());
    return OF_CLASS.get(frame.getDeclaringClass()).calledIn(frame);
  }

  private SkillJoinPoint calledIn(StackWalker.StackFrame frame) {
    String name = frame.getMethodName();
    String descriptor = frame.getDescriptor();
    MethodNode declared = Declarations.method(type, name, descriptor);
    // The weaver found the method, so it is a skill, whatever is known about it.
    MethodNode unknown = new MethodNode(Modifier.PUBLIC, name, descriptor, null, null);
    return method(declared == null ? unknown : declared, returnType(frame));
  }

  private static @Nullable Class<?> returnType(StackWalker.StackFrame frame) {
    try {
      return frame.getMethodType().returnType();
    } catch (TypeNotPresentException e) {
      return null;
    }
  }

  private SkillJoinPoint get(JoinPoint.StaticPart joinPoint) {
    SkillJoinPoint known = joinPoints.get(joinPoint);
    return known == null ? add(joinPoint) : known;
  }

  /** A class that was woven twice has several join points for a method. */
  private synchronized SkillJoinPoint add(JoinPoint.StaticPart joinPoint) {
    SkillJoinPoint known = joinPoints.get(joinPoint);
    if (known == null) {
      Signature signature = joinPoint.getSignature();
      SkillJoinPoint any =
          onTheStack(
              frame ->
                  frame.getDeclaringClass() == signature.getDeclaringType()
                      && frame.getMethodName().equals(signature.getName()));
      known = new SkillJoinPoint(NUMBERS.incrementAndGet(), any.method(), any.definition());
      joinPoints.put(joinPoint, known);
    }
    return known;
  }

  private synchronized SkillJoinPoint method(MethodNode method, @Nullable Class<?> returnType) {
    String key = method.name + method.desc;
    SkillJoinPoint known = methods.get(key);
    if (known == null) {
      SkillDefinition definition = definitions.of(method, returnType);
      if (definition != null) {
        TRACKED.incrementAndGet();
      }
      known = new SkillJoinPoint(0, NUMBERS.incrementAndGet(), definition);
      methods.put(key, known);
    }
    return known;
  }

  /** How many methods have been used so far, without those that are left out. */
  static int trackedCount() {
    return TRACKED.get();
  }
}
