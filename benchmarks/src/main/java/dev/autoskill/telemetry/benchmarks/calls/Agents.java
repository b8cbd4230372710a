package dev.autoskill.telemetry.benchmarks.calls;

import java.nio.file.Files;
import java.nio.file.Path;

/** The agents that JVMs are started with. The build has put them beside this module's classes. */
enum Agents {
  OWN("telemetry-agent.jar"),
  ASPECTJ("aspectjweaver.jar"),
  KIEKER("kieker-aspectj.jar"),
  OPENTELEMETRY("opentelemetry-javaagent.jar");

  private final String file;

  Agents(String file) {
    this.file = file;
  }

  Path jar() {
    Path jar = Weaving.jarOf(Agents.class).resolveSibling("agents").resolve(file);
    if (!Files.exists(jar)) {
      throw new IllegalStateException("not built: " + jar);
    }
    return jar;
  }
}
