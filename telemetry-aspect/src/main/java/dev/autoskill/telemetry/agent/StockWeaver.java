package dev.autoskill.telemetry.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.aspectj.weaver.loadtime.Agent;
import org.aspectj.weaver.loadtime.ClassPreProcessorAgentAdapter;
import org.jspecify.annotations.Nullable;

/** AspectJ's own agent, for programs with aspects or settings that this agent does not know. */
final class StockWeaver {

  private StockWeaver() {}

  /** Starts AspectJ's agent, unless it runs already. */
  static void start(Instrumentation instrumentation) {
    Agent.premain(null, instrumentation);
  }

  /** Weaves the class at which the agent finds out that it should stand back. */
  static byte @Nullable [] weave(
      ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes)
      throws Exception {
    ClassFileTransformer weaver = new ClassPreProcessorAgentAdapter();
    return weaver.transform(loader, name, redefined, domain, bytes);
  }
}
