package dev.autoskill.telemetry.aspect;

/** The names that skills of one class have by default, as its author would say them. */
final class SkillNames {

  /** Companions and default implementations of Kotlin's, objects of Scala's. */
  private static final String[] ENDS_OF_NESTED = {"$Companion", "$DefaultImpls", "$"};

  private final String typeName;
  private final boolean isKotlin;

  SkillNames(ClassFacts type) {
    this.typeName = simpleName(type.name());
    this.isKotlin = type.isAnnotated("kotlin.Metadata");
  }

  /** {@code Type.method}. */
  String of(MethodFacts method) {
    return typeName + "." + written(method);
  }

  /**
   * A method's name without what Kotlin adds: a hash to functions with value classes, the module to
   * internal ones.
   */
  String written(MethodFacts method) {
    String name = method.name();
    int hash = name.indexOf('-');
    int end = hash < 0 && isKotlin ? name.indexOf('$', 1) : hash;
    return end < 1 ? name : name.substring(0, end);
  }

  /** That of the class around it for what is written as if it stood there. */
  private static String simpleName(String binaryName) {
    String name = binaryName.substring(binaryName.lastIndexOf('.') + 1);
    for (String end : ENDS_OF_NESTED) {
      if (name.endsWith(end) && name.length() > end.length()) {
        name = name.substring(0, name.length() - end.length());
      }
    }
    String simple = name.substring(name.lastIndexOf('$') + 1);
    int start = 0;
    while (start < simple.length() && Character.isDigit(simple.charAt(start))) {
      start++;
    }
    boolean isAnonymous = start == simple.length();
    return isAnonymous ? name : simple.substring(start);
  }
}
