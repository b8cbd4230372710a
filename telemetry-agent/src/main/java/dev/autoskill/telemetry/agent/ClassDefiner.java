package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Defines the aspects that the weaver generates from a {@code concrete-aspect}. The weaver's own
 * way uses {@code sun.misc.Unsafe}, of which newer JVMs warn on stderr.
 *
 * <p>Safe for use by any number of threads.
 */
final class ClassDefiner {

  /** A loader whose only class is in a module of its own, to which {@code java.lang} is opened. */
  private static final class ApartLoader extends ClassLoader {

    ApartLoader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    Class<?> define(byte[] bytes) {
      return defineClass(null, bytes, 0, bytes.length);
    }
  }

  /** Runs in a loader apart, so that no class of the program gets at {@code java.lang}. */
  public static final class DefineMethod implements Supplier<Method> {

    /** Called by reflection. */
    public DefineMethod() {}

    @Override
    public Method get() {
      try {
        Method define =
            ClassLoader.class.getDeclaredMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ProtectionDomain.class);
        define.setAccessible(true);
        return define;
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Instrumentation instrumentation;

  ClassDefiner(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Defines a class.
   *
   * @param domain null: the loader's default
   * @throws IllegalStateException if the class cannot be defined
   */
  void define(ClassLoader loader, String name, byte[] bytes, @Nullable ProtectionDomain domain) {
    try {
      method().invoke(loader, name, bytes, 0, bytes.length, domain);
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Method method() throws ReflectiveOperationException, IOException {
    String name = DefineMethod.class.getName().replace('.', '/');
    ClassFile file = ClassFile.find(ClassDefiner.class.getClassLoader(), name);
    Class<?> apart = new ApartLoader().define(file.bytes());
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(apart.getModule())),
        Set.of(),
        Map.of());
    return (Method) ((Supplier<?>) apart.getConstructor().newInstance()).get();
  }
}
