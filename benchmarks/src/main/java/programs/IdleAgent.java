package programs;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** An agent that is shown all classes and leaves them as they are: what any agent costs. */
public final class IdleAgent implements ClassFileTransformer {

  private IdleAgent() {}

  /**
   * Called by the JVM.
   *
   * @param options none
   * @param instrumentation shows it the classes
   */
  public static void premain(String options, Instrumentation instrumentation) {
    instrumentation.addTransformer(new IdleAgent());
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
    return null;
  }
}
