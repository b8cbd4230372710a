package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.aspect.ClassFacts.MethodFacts;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Type;

/**
 * Tells which methods nobody has written: they are no skills, or a use would count twice, or under
 * a name that its author never gave.
 */
final class GeneratedMethods {

  private static final String JVM_OVERLOADS = "kotlin.jvm.JvmOverloads";
  private static final String DEFAULT_IMPLS = "$DefaultImpls";

  private static final Set<String> OF_PRODUCTS =
      Set.of(
          ("copy canEqual productArity productElement productElementName productElementNames"
                  + " productIterator productPrefix")
              .split(" "));

  private static final Set<String> OF_ENUMS =
      Set.of("values", "getEntries", "valueOfLjava/lang/String;");

  private static final Set<String> OF_BUILDERS = Set.of("builder", "toBuilder");

  private final ClassFactsSource source;

  GeneratedMethods(ClassFactsSource source) {
    this.source = source;
  }

  /**
   * Whether a compiler made a method that only calls one that somebody has written, and copied that
   * one's annotations: a bridge, an overload by default arguments, a static forwarder, a delegated
   * one.
   */
  boolean isForwarder(ClassFacts type, MethodFacts method) {
    return method.isMadeByCompiler()
        || isDelegated(type, method)
        || isMarked(method)
        || isOverload(type, method)
        || (method.isStatic() && forwards(type, method));
  }

  /** In a class that a compiler has woven, the body is a method of its own. */
  private static boolean isDelegated(ClassFacts type, MethodFacts method) {
    String body = method.name() + SkillMethods.MOVED;
    return method.isDelegated()
        || type.methods().stream()
            .anyMatch(other -> other.isDelegated() && other.name().startsWith(body));
  }

  /** JaCoCo's rule, which Groovy and Lombok follow: any annotation that is called so. */
  private static boolean isMarked(MethodFacts method) {
    return method.annotations().stream().anyMatch(each -> each.type().endsWith("Generated"));
  }

  /** Kotlin marks an overload as it marks the method with all parameters. */
  private static boolean isOverload(ClassFacts type, MethodFacts method) {
    return method.isAnnotated(JVM_OVERLOADS)
        && type.methods().stream()
            .anyMatch(
                other ->
                    other.name().equals(method.name())
                        && other.isAnnotated(JVM_OVERLOADS)
                        && leavesOut(method, other));
  }

  /** Whether a method has some of the parameters of another, in the same order, but not all. */
  private static boolean leavesOut(MethodFacts method, MethodFacts other) {
    List<Type> some = List.of(Type.getArgumentTypes(method.descriptor()));
    List<Type> all = List.of(Type.getArgumentTypes(other.descriptor()));
    int found = 0;
    for (Type parameter : all) {
      if (found < some.size() && some.get(found).equals(parameter)) {
        found++;
      }
    }
    return found == some.size() && some.size() < all.size();
  }

  private boolean forwards(ClassFacts type, MethodFacts method) {
    if (type.name().endsWith(DEFAULT_IMPLS)) {
      return forwardsToInterface(type, method);
    }
    return forwardsTo(type.name() + "$", method) || forwardsToCompanion(type, method);
  }

  /** Of Kotlin, where the interface itself has the default method. */
  private boolean forwardsToInterface(ClassFacts type, MethodFacts method) {
    String name = type.name().substring(0, type.name().length() - DEFAULT_IMPLS.length());
    String withoutReceiver = "L" + name.replace('.', '/') + ";";
    ClassFacts declaring = source.named(name);
    return declaring != null
        && declaring.methods().stream()
            .anyMatch(
                written ->
                    written.name().equals(method.name())
                        && written.hasBody()
                        && method.parameters().equals(withoutReceiver + written.parameters()));
  }

  /** Kotlin's {@code @JvmStatic}: the companion is in a static field of the class. */
  private boolean forwardsToCompanion(ClassFacts type, MethodFacts method) {
    String nested = "L" + type.name().replace('.', '/') + "$";
    return method.isAnnotated("kotlin.jvm.JvmStatic")
        && type.fields().values().stream()
            .filter(field -> field.startsWith(nested))
            .anyMatch(field -> forwardsTo(Type.getType(field).getClassName(), method));
  }

  private boolean forwardsTo(String singleton, MethodFacts method) {
    ClassFacts type = source.named(singleton);
    MethodFacts written = type == null ? null : type.method(method.name(), method.descriptor());
    return written != null && !written.isStatic();
  }

  /**
   * Whether a public method belongs to what compilers and generators give to types of its kind:
   * enums, records, data and case classes, properties, builders. One that somebody has written
   * looks the same, and needs an annotation of its own.
   */
  static boolean isMemberOfKind(ClassFacts type, MethodFacts method) {
    String name = method.name();
    boolean isNullary = method.parameters().isEmpty();
    return name.contains("$")
        || (type.isEnum() && method.isStatic() && OF_ENUMS.contains(name + method.parameters()))
        || (isDataClass(type) && (OF_PRODUCTS.contains(name) || isComponent(method)))
        || (name.equals("ordinal") && isNullary)
        || (name.equals("canEqual") && method.parameters().equals("Ljava/lang/Object;"))
        || (OF_BUILDERS.contains(name)
            && isNullary
            && method.returnType().startsWith("L" + type.name().replace('.', '/') + "$"))
        || isAccessor(type, method);
  }

  /** A data class of Kotlin's has components, a case class of Scala's is a product. */
  private static boolean isDataClass(ClassFacts type) {
    return type.methods().stream()
        .anyMatch(method -> isComponent(method) || method.name().equals("productArity"));
  }

  private static boolean isComponent(MethodFacts method) {
    return method.name().matches("component\\d+|_\\d+") && method.parameters().isEmpty();
  }

  /**
   * Whether a method is named like a field, with or without {@code get}, {@code is}, {@code set} or
   * {@code with}, and takes or returns just its type. Records, Kotlin, Scala and Lombok make these.
   */
  private static boolean isAccessor(ClassFacts type, MethodFacts method) {
    String parameters = method.parameters();
    if (parameters.isEmpty()) {
      return isLazy(type, method.name())
          || isNamedLikeField(type, method.name(), method.returnType(), "get", "is");
    }
    return isNamedLikeField(type, method.name(), parameters, "set", "with");
  }

  /** A lazy value of Scala's, which is in a field of this name and a number, or has a method so. */
  private static boolean isLazy(ClassFacts type, String name) {
    String start = name + "$lzy";
    return type.fields().keySet().stream().anyMatch(field -> field.startsWith(start))
        || type.methods().stream().anyMatch(method -> method.name().startsWith(start));
  }

  private static boolean isNamedLikeField(
      ClassFacts type, String name, String descriptor, String... prefixes) {
    if (descriptor.equals(type.fields().get(name))) {
      return true;
    }
    for (String prefix : prefixes) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        String property = name.substring(prefix.length());
        if (descriptor.equals(type.fields().get(property))
            || descriptor.equals(type.fields().get(decapitalized(property)))
            || descriptor.equals(type.fields().get("is" + property))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String decapitalized(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
