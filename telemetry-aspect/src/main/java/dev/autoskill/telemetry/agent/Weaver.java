package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.WeakHashMap;
import org.aspectj.bridge.Version;
import org.aspectj.bridge.context.CompilationAndWeavingContext;

/**
 * Weaves classes with AspectJ's load-time weaver. Nothing of AspectJ's weaver is loaded before this
 * class is.
 *
 * <p>Safe for use by any number of threads.
 */
final class Weaver {

  /**
   * What came out.
   *
   * @param wovenClass the class file; empty if the class is to stay as it was
   * @param mayBeKept whether the same class will always come out as this
   */
  record Result(byte[] wovenClass, boolean mayBeKept) {}

  private final Map<ClassLoader, QuietAdaptor> adaptors = new WeakHashMap<>();

  Weaver() {
    setBuildTime();
  }

  /**
   * The weaver notes in each class when it was built itself, which it has to read from a text with
   * the name of a time zone: a sixth of all the time that a program's first class takes. Nobody
   * asks for it. Where this does not work, it takes that time.
   */
  private static void setBuildTime() {
    try {
      Field time = Version.class.getDeclaredField("time");
      time.setAccessible(true);
      time.setLong(null, 0);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version of the weaver.
    }
  }

  /**
   * Weaves a class.
   *
   * @param name the class's internal name
   * @param domain whose permissions classes get that the weaver makes besides
   */
  Result weave(ClassLoader loader, String name, ProtectionDomain domain, byte[] bytes)
      throws IOException {
    // As the stock weaver does it: a loader may hold this lock already, so no other may be waited
    // for.
    synchronized (loader) {
      QuietAdaptor adaptor = adaptor(loader);
      adaptor.setActiveProtectionDomain(domain);
      try {
        byte[] woven = adaptor.weaveClass(name, bytes, false);
        return new Result(woven == null ? new byte[0] : woven, !adaptor.hasStrayed());
      } finally {
        adaptor.setActiveProtectionDomain(null);
        CompilationAndWeavingContext.resetForThread();
      }
    }
  }

  private QuietAdaptor adaptor(ClassLoader loader) {
    QuietAdaptor adaptor;
    synchronized (adaptors) {
      adaptor = adaptors.get(loader);
      if (adaptor == null) {
        adaptor = new QuietAdaptor();
        adaptors.put(loader, adaptor);
      }
    }
    adaptor.initialize(loader, null);
    return adaptor;
  }
}
