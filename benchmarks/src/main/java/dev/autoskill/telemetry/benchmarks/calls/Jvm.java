package dev.autoskill.telemetry.benchmarks.calls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a JVM is started.
 *
 * @param classPath what comes before what all have
 * @param flags what stands before the name of the program
 * @param environment what the program finds there, and nothing else that could opt out
 */
record Jvm(List<Path> classPath, List<String> flags, Map<String, String> environment) {

  Jvm {
    classPath = List.copyOf(classPath);
    flags = List.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  static Jvm plain() {
    return new Jvm(List.of(), List.of(), Map.of());
  }

  Jvm withClassPath(Path first) {
    List<Path> more = new ArrayList<>(classPath);
    more.add(0, first);
    return new Jvm(more, flags, environment);
  }

  Jvm withAgent(Path jar) {
    return withFlag("-javaagent:" + jar);
  }

  Jvm withFlag(String flag) {
    List<String> more = new ArrayList<>(flags);
    more.add(flag);
    return new Jvm(classPath, more, environment);
  }

  Jvm withVariable(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new Jvm(classPath, flags, more);
  }
}
