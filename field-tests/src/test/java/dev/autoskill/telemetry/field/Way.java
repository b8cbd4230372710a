package dev.autoskill.telemetry.field;

import dev.autoskill.telemetry.integration.Repository;
import dev.autoskill.telemetry.integration.WovenProgram;
import java.util.List;

/** How a program comes to be woven. */
enum Way {
  /** Not at all: what the others are compared with. */
  UNWOVEN(""),
  /** By this library's agent; beside the program there are only the annotations. */
  AGENT("own"),
  /** Once more, by what the agent kept of the time before. */
  AGENT_AGAIN("own"),
  /** By AspectJ's agent, which is told the program's packages; the library is on the class path. */
  STOCK("stock"),
  /** By ajc, after the compiler. */
  AJC(""),
  AJC_AND_AGENT("own"),
  AJC_AND_STOCK("stock");

  /** Whether to take the time for all of it: {@code -Pfull}. */
  static final boolean FULL = Boolean.getBoolean("full");

  static final List<Way> BY_AGENT = FULL ? List.of(AGENT, AGENT_AGAIN) : List.of(AGENT);

  /** A user has one of these; the agent is what we recommend. */
  static final List<Way> EACH = FULL ? List.of(AGENT, AGENT_AGAIN, STOCK, AJC) : BY_AGENT;

  /** Woven by the compiler, and once more while it is loaded. */
  static final List<Way> TWICE =
      FULL ? List.of(AJC_AND_AGENT, AJC_AND_STOCK) : List.of(AJC_AND_AGENT);

  private final String agent;

  Way(String agent) {
    this.agent = agent;
  }

  boolean isCompiled() {
    return name().startsWith("AJC");
  }

  boolean isStock() {
    return agent.equals("stock");
  }

  /** Whether the annotations are all that the program has of the library. */
  boolean hasOnlyAnnotations() {
    return agent.equals("own") && !isCompiled();
  }

  /** The option that starts the agent, if there is one. */
  List<String> agent() {
    return switch (agent) {
      case "own" -> List.of("-javaagent:" + Repository.agentJar());
      case "stock" -> List.of("-javaagent:" + WovenProgram.classPathEntry("aspectjweaver"));
      default -> List.of();
    };
  }
}
