package dev.autoskill.telemetry.aspect;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * The woven methods of one class, which carries its own table, so that none is kept loaded. Threads
 * need no lock to look: one that misses another's write only takes the longer way.
 */
final class SkillMethods {

  private static final ClassValue<SkillMethods> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected SkillMethods computeValue(Class<?> type) {
          return new SkillMethods(type);
        }
      };

  private final ClassFacts facts;
  private final SkillDefinitions definitions;
  private final List<SkillJoinPoint> methods = new ArrayList<>();

  /** Copied when it changes. Most stand at the id that AspectJ gave the join point. */
  private volatile @Nullable SkillJoinPoint[] joinPoints = {};

  private SkillMethods(Class<?> type) {
    ClassFactsSource source = new ClassFactsSource(type.getClassLoader());
    this.facts = source.of(type);
    this.definitions = new SkillDefinitions(type, facts, source);
  }

  /**
   * What is known about the method at a join point; worked out at the first call.
   *
   * @param joinPoint null: the method is the one that called this library
   */
  static SkillJoinPoint at(JoinPoint.@Nullable StaticPart joinPoint) {
    if (joinPoint == null) {
      return WovenCaller.joinPoint();
    }
    return OF_CLASS.get(joinPoint.getSignature().getDeclaringType()).get(joinPoint);
  }

  static SkillMethods of(Class<?> type) {
    return OF_CLASS.get(type);
  }

  private SkillJoinPoint get(JoinPoint.StaticPart joinPoint) {
    @Nullable SkillJoinPoint[] known = joinPoints;
    int id = joinPoint.getId();
    if (id < known.length) {
      SkillJoinPoint found = known[id];
      if (found != null && found.joinPoint() == joinPoint) {
        return found;
      }
    }
    return findOrAdd(joinPoint);
  }

  /** Join points of a class that was woven twice may share an id, and may share a method. */
  private synchronized SkillJoinPoint findOrAdd(JoinPoint.StaticPart joinPoint) {
    for (SkillJoinPoint known : joinPoints) {
      if (known != null && known.joinPoint() == joinPoint) {
        return known;
      }
    }
    MethodSignature signature = (MethodSignature) joinPoint.getSignature();
    SkillJoinPoint added = method(declared(signature), signature.getReturnType()).at(joinPoint);
    add(joinPoint.getId(), added);
    return added;
  }

  private void add(int id, SkillJoinPoint added) {
    boolean isFree = id >= joinPoints.length || joinPoints[id] == null;
    int index = isFree ? id : joinPoints.length;
    @Nullable SkillJoinPoint[] more =
        Arrays.copyOf(joinPoints, Math.max(joinPoints.length, index + 1));
    more[index] = added;
    joinPoints = more;
  }

  /** The method of a name and a descriptor. */
  synchronized SkillJoinPoint method(
      String name, String descriptor, @Nullable Class<?> returnType) {
    MethodFacts found = facts.method(name, descriptor);
    return method(found == null ? unknown(name, descriptor) : found, returnType);
  }

  private SkillJoinPoint method(MethodFacts declared, @Nullable Class<?> returnType) {
    for (SkillJoinPoint known : methods) {
      if (known.method().equals(declared)) {
        return known;
      }
    }
    SkillJoinPoint added = SkillJoinPoint.of(declared, definitions.of(declared, returnType));
    methods.add(added);
    return added;
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
          && Descriptors.match(method.parameters(), parameters)) {
        return method;
      }
    }
    return unknown(name, Descriptors.of(parameters, signature.getReturnType()));
  }
}
