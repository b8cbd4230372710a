package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * The woven methods of one class, which carries its own table, so that the table keeps no class
 * loaded. A lookup takes no lock.
 */
final class SkillMethods {

  /** AspectJ calls a method's body, and the advice that it copies, after the method. */
  static final String MOVED = "_aroundBody";

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final String LIBRARY = SkillCalls.class.getPackageName() + ".";

  /** AspectJ takes it for a type that is missing. */
  private static final Class<?> MISSING = ClassNotFoundException.class;

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final AtomicInteger TRACKED = new AtomicInteger();

  private static final ClassValue<SkillMethods> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected SkillMethods computeValue(Class<?> type) {
          return new SkillMethods(type);
        }
      };

  private final ClassFacts facts;
  private final SkillDefinitions definitions;
  private final Map<JoinPoint.StaticPart, SkillJoinPoint> joinPoints = new ConcurrentHashMap<>();

  /**
   * By name and descriptor, since a record's first hash code takes the JDK long. Guarded by this.
   */
  private final Map<String, SkillJoinPoint> methods = new HashMap<>();

  private SkillMethods(Class<?> type) {
    ClassFactsSource source = new ClassFactsSource(type.getClassLoader());
    this.facts = source.of(type);
    this.definitions = new SkillDefinitions(type, facts, source);
  }

  /**
   * The method at a join point; worked out at the first call.
   *
   * @param joinPoint null: the method is the one that called this library
   */
  static SkillJoinPoint at(JoinPoint.@Nullable StaticPart joinPoint) {
    if (joinPoint == null) {
      return callerOnTheStack();
    }
    return OF_CLASS.get(joinPoint.getSignature().getDeclaringType()).get(joinPoint);
  }

  /**
   * Finds the woven method that calls this library on the stack: while a superclass is being
   * initialised, a class has no join points yet, and its skills may be used all the same.
   */
  private static SkillJoinPoint callerOnTheStack() {
    Optional<SkillJoinPoint> found =
        WALKER.walk(
            frames ->
                frames
                    .filter(frame -> !frame.getClassName().startsWith(LIBRARY))
                    .filter(frame -> !frame.getMethodName().contains(MOVED))
                    .findFirst()
                    .map(SkillMethods::calledIn));
    return found.orElseThrow(() -> new IllegalStateException("no woven method calls"));
  }

  private static SkillJoinPoint calledIn(StackWalker.StackFrame frame) {
    SkillMethods called = OF_CLASS.get(frame.getDeclaringClass());
    String name = frame.getMethodName();
    MethodFacts found = called.facts.method(name, frame.getDescriptor());
    return called.method(
        found == null ? unknown(name, frame.getDescriptor()) : found, returnType(frame));
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
      MethodSignature signature = (MethodSignature) joinPoint.getSignature();
      SkillJoinPoint any = method(declared(signature), signature.getReturnType());
      known = new SkillJoinPoint(NUMBERS.incrementAndGet(), any.method(), any.definition());
      joinPoints.put(joinPoint, known);
    }
    return known;
  }

  private synchronized SkillJoinPoint method(MethodFacts method, @Nullable Class<?> returnType) {
    String key = method.name() + method.descriptor();
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

  /** The weaver found the method, so it is a skill, whatever is known about it. */
  private static MethodFacts unknown(String name, String descriptor) {
    return new MethodFacts(name, descriptor, Modifier.PUBLIC, false, false, List.of());
  }

  private MethodFacts declared(MethodSignature signature) {
    String name = signature.getName();
    Class<?>[] parameters = signature.getParameterTypes();
    for (MethodFacts method : facts.methods()) {
      if (method.name().equals(name)
          && !method.isMadeByCompiler()
          && areOf(method.descriptor(), parameters)) {
        return method;
      }
    }
    MethodType type = MethodType.methodType(signature.getReturnType(), parameters);
    return unknown(name, type.toMethodDescriptorString());
  }

  /** Whether these may be the parameters of a descriptor: each is of that type, or missing. */
  private static boolean areOf(String descriptor, Class<?>[] parameters) {
    Type[] types = Type.getArgumentTypes(descriptor);
    boolean areOf = types.length == parameters.length;
    for (int i = 0; areOf && i < types.length; i++) {
      String type = types[i].getDescriptor();
      areOf = parameters[i] == MISSING || parameters[i].descriptorString().equals(type);
    }
    return areOf;
  }
}
