package dev.autoskill.telemetry.aspect;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Tells which methods nobody has written: they are no skills, or a use would count twice, or under
 * a name that its author never gave.
 */
final class GeneratedMethods {

  private static final String JVM_OVERLOADS = "kotlin/jvm/JvmOverloads";
  private static final String DEFAULT_IMPLS = "$DefaultImpls";

  private static final Set<String> OF_PRODUCTS =
      Set.of(
          ("copy canEqual productArity productElement productElementName productElementNames"
                  + " productIterator productPrefix")
              .split(" "));

  private static final Set<String> OF_ENUMS =
      Set.of("values", "getEntries", "valueOfLjava/lang/String;");

  private static final Set<String> OF_BUILDERS = Set.of("builder", "toBuilder");

  private final ClassSource source;

  GeneratedMethods(ClassSource source) {
    this.source = source;
  }

  /**
   * Whether a compiler made a method that only calls one that somebody has written, and copied that
   * one's annotations: a bridge, an overload by default arguments, a static forwarder, a delegated
   * one.
   */
  boolean isForwarder(ClassNode type, MethodNode method) {
    return Declarations.isMadeByCompiler(method)
        || isDelegated(type, method)
        || isMarked(method)
        || isOverload(type, method)
        || (Modifier.isStatic(method.access) && forwards(type, method));
  }

  /** In a class that a compiler has woven, the body is a method of its own. */
  private static boolean isDelegated(ClassNode type, MethodNode method) {
    String body = method.name + SkillMethods.MOVED;
    return callsDelegate(method)
        || type.methods.stream()
            .anyMatch(other -> other.name.startsWith(body) && callsDelegate(other));
  }

  /** Whether Kotlin made a method of {@code by}: it calls an object that implements it. */
  private static boolean callsDelegate(MethodNode method) {
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof FieldInsnNode field
          && field.getOpcode() == Opcodes.GETFIELD
          && field.name.startsWith(ClassSource.DELEGATE)) {
        return true;
      }
    }
    return false;
  }

  /** JaCoCo's rule, which Groovy and Lombok follow: any annotation that is called so. */
  private static boolean isMarked(MethodNode method) {
    return Declarations.annotations(method).stream()
        .anyMatch(each -> Declarations.type(each).endsWith("Generated"));
  }

  /** Kotlin marks an overload as it marks the method with all parameters. */
  private static boolean isOverload(ClassNode type, MethodNode method) {
    return isAnnotated(method, JVM_OVERLOADS)
        && type.methods.stream()
            .anyMatch(
                other ->
                    other.name.equals(method.name)
                        && isAnnotated(other, JVM_OVERLOADS)
                        && leavesOut(method, other));
  }

  private static boolean isAnnotated(MethodNode method, String type) {
    return Declarations.areAny(Declarations.annotations(method), type);
  }

  /** Whether a method has some of the parameters of another, in the same order, but not all. */
  private static boolean leavesOut(MethodNode method, MethodNode other) {
    List<Type> some = List.of(Type.getArgumentTypes(method.desc));
    List<Type> all = List.of(Type.getArgumentTypes(other.desc));
    int found = 0;
    for (Type parameter : all) {
      if (found < some.size() && some.get(found).equals(parameter)) {
        found++;
      }
    }
    return found == some.size() && some.size() < all.size();
  }

  private boolean forwards(ClassNode type, MethodNode method) {
    if (type.name.endsWith(DEFAULT_IMPLS)) {
      return forwardsToInterface(type, method);
    }
    return forwardsTo(type.name + "$", method) || forwardsToCompanion(type, method);
  }

  /** Of Kotlin, where the interface itself has the default method. */
  private boolean forwardsToInterface(ClassNode type, MethodNode method) {
    String name = type.name.substring(0, type.name.length() - DEFAULT_IMPLS.length());
    String withoutReceiver = "L" + name + ";";
    ClassNode declaring = source.named(name);
    return declaring != null
        && declaring.methods.stream()
            .anyMatch(
                written ->
                    written.name.equals(method.name)
                        && Declarations.hasBody(written)
                        && parameters(method).equals(withoutReceiver + parameters(written)));
  }

  /** Kotlin's {@code @JvmStatic}: the companion is in a static field of the class. */
  private boolean forwardsToCompanion(ClassNode type, MethodNode method) {
    String nested = "L" + type.name + "$";
    return isAnnotated(method, "kotlin/jvm/JvmStatic")
        && type.fields.stream()
            .filter(field -> field.desc.startsWith(nested))
            .anyMatch(field -> forwardsTo(Type.getType(field.desc).getInternalName(), method));
  }

  private boolean forwardsTo(String singleton, MethodNode method) {
    ClassNode type = source.named(singleton);
    MethodNode written = type == null ? null : Declarations.method(type, method.name, method.desc);
    return written != null && !Modifier.isStatic(written.access);
  }

  /**
   * Whether a public method belongs to what compilers and generators give to types of its kind:
   * enums, records, data and case classes, properties, builders. One that somebody has written
   * looks the same, and needs an annotation of its own.
   */
  static boolean isMemberOfKind(ClassNode type, MethodNode method) {
    String name = method.name;
    String parameters = parameters(method);
    boolean isNullary = parameters.isEmpty();
    boolean isEnum = (type.access & Opcodes.ACC_ENUM) != 0;
    return name.contains("$")
        || (isEnum && Modifier.isStatic(method.access) && OF_ENUMS.contains(name + parameters))
        || (isDataClass(type) && (OF_PRODUCTS.contains(name) || isComponent(method)))
        || (name.equals("ordinal") && isNullary)
        || (name.equals("canEqual") && parameters.equals("Ljava/lang/Object;"))
        || (OF_BUILDERS.contains(name)
            && isNullary
            && returnType(method).startsWith("L" + type.name + "$"))
        || isAccessor(type, method);
  }

  /** A data class of Kotlin's has components, a case class of Scala's is a product. */
  private static boolean isDataClass(ClassNode type) {
    return type.methods.stream()
        .anyMatch(method -> isComponent(method) || method.name.equals("productArity"));
  }

  private static boolean isComponent(MethodNode method) {
    return method.name.matches("component\\d+|_\\d+") && parameters(method).isEmpty();
  }

  /**
   * Whether a method is named like a field, with or without {@code get}, {@code is}, {@code set} or
   * {@code with}, and takes or returns just its type. Records, Kotlin, Scala and Lombok make these.
   */
  private static boolean isAccessor(ClassNode type, MethodNode method) {
    String parameters = parameters(method);
    if (parameters.isEmpty()) {
      return isLazy(type, method.name)
          || isNamedLikeField(type, method.name, returnType(method), "get", "is");
    }
    return isNamedLikeField(type, method.name, parameters, "set", "with");
  }

  /** A lazy value of Scala's, which is in a field of this name and a number, or has a method so. */
  private static boolean isLazy(ClassNode type, String name) {
    String start = name + "$lzy";
    return type.fields.stream().anyMatch(field -> field.name.startsWith(start))
        || type.methods.stream().anyMatch(method -> method.name.startsWith(start));
  }

  private static boolean isNamedLikeField(
      ClassNode type, String name, String descriptor, String... prefixes) {
    if (hasField(type, name, descriptor)) {
      return true;
    }
    for (String prefix : prefixes) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        String property = name.substring(prefix.length());
        if (hasField(type, property, descriptor)
            || hasField(type, decapitalized(property), descriptor)
            || hasField(type, "is" + property, descriptor)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasField(ClassNode type, String name, String descriptor) {
    return type.fields.stream()
        .anyMatch(field -> field.name.equals(name) && field.desc.equals(descriptor));
  }

  /** The descriptors of a method's parameters, joined. */
  private static String parameters(MethodNode method) {
    return method.desc.substring(1, method.desc.indexOf(')'));
  }

  private static String returnType(MethodNode method) {
    return Type.getReturnType(method.desc).getDescriptor();
  }

  private static String decapitalized(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
