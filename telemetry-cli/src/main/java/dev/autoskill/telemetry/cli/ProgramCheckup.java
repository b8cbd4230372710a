package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.Machine.Jvm;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Looks at the JVMs of this user: which of them are woven, and whether uses come. */
final class ProgramCheckup {

  private static final String OPTION = "-javaagent:";
  private static final String DATABASE = "-Dautoskill.telemetry.database=";
  private static final String PREMAIN = "dev.autoskill.telemetry.agent.SkillAgent";
  private static final String ASPECTJ = "org.aspectj.weaver.loadtime.Agent";
  private static final String HOW =
      "start the program with -javaagent:telemetry-agent.jar (docs/agent.md)";

  /** Options whose value is the next argument, unless it follows a {@code =}. */
  private static final Set<String> WITH_A_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--patch-module",
          "--add-modules",
          "--limit-modules",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--enable-native-access",
          "--source");

  private final Machine machine;
  private final Data data;

  ProgramCheckup(Machine machine, Data data) {
    this.machine = machine;
    this.data = data;
  }

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.ok("jdk", "this command runs on " + Runtime.version()));
    List<TelemetryEvent> newest = data.reports().events(ReportQuery.ALL.limit(1));
    Instant last = newest.isEmpty() ? null : newest.get(0).timestamp();
    boolean isWoven = false;
    boolean isSilent = true;
    for (Jvm jvm : machine.jvms()) {
      String weaver = weaver(jvm);
      boolean isElsewhere = weaver != null && recordsElsewhere(jvm);
      if (weaver != null && !isElsewhere) {
        isWoven = true;
        isSilent &= isSilent(jvm, last);
      }
      checks.add(
          Check.ok(
              "jvm",
              "%d %s: %s%s"
                  .formatted(
                      jvm.pid(),
                      program(jvm),
                      weaver == null ? "no agent; woven only if it was built so" : weaver,
                      isElsewhere ? ", for another database" : "")));
    }
    checks.add(uses(last, isWoven, isSilent));
    return checks;
  }

  private static Check uses(@Nullable Instant last, boolean isWoven, boolean isSilent) {
    if (isWoven && isSilent) {
      return Check.failed(
          "uses",
          "the agent runs, and no use was recorded since",
          "annotate methods with @TrackedSkill and call them; Telemetry.diagnostics() in that"
              + " program names those that are not woven");
    }
    if (last != null) {
      return Check.ok("uses", "the last one was recorded at " + last);
    }
    return Check.failed(
        "uses", "none was ever recorded, and no running JVM has the agent for this database", HOW);
  }

  private static boolean isSilent(Jvm jvm, @Nullable Instant last) {
    return last == null || (jvm.started() != null && last.isBefore(jvm.started()));
  }

  /** Whether it was told to record into another database, and so says nothing about this one. */
  private boolean recordsElsewhere(Jvm jvm) {
    Path here = data.diagnostics().database();
    Path directory = jvm.directory() == null ? Path.of("") : jvm.directory();
    boolean isElsewhere = false;
    for (String argument : jvm.arguments()) {
      if (here != null && argument.startsWith(DATABASE)) {
        try {
          Path named = directory.resolve(argument.substring(DATABASE.length()));
          isElsewhere = !Files.isSameFile(named, here);
        } catch (IOException | InvalidPathException e) {
          isElsewhere = true; // there is no such file, or not this one
        }
      }
    }
    return isElsewhere;
  }

  /** The agent of a JVM that weaves, and its version; null if it has none. */
  static @Nullable String weaver(Jvm jvm) {
    for (String argument : jvm.arguments()) {
      if (argument.startsWith(OPTION)) {
        String jar = argument.substring(OPTION.length()).replaceFirst("=.*", "");
        String weaver = weaver(jvm, jar);
        if (weaver != null) {
          return weaver;
        }
      }
    }
    return null;
  }

  private static @Nullable String weaver(Jvm jvm, String name) {
    try {
      Path path = Path.of(name);
      Path directory = jvm.directory();
      try (JarFile jar =
          new JarFile((directory == null ? path : directory.resolve(path)).toFile())) {
        Manifest manifest = jar.getManifest();
        Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String version = attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        String premain = attributes.getValue("Premain-Class");
        return PREMAIN.equals(premain)
            ? "woven by this agent, version " + version
            : ASPECTJ.equals(premain) ? "woven by AspectJ's agent, version " + version : null;
      }
    } catch (IOException | InvalidPathException e) {
      // It may be gone since; its name is all that is left.
      return name.contains("telemetry-agent") ? "woven by " + name : null;
    }
  }

  /** The main class or the jar: the first argument that belongs to no option. */
  private static String program(Jvm jvm) {
    List<String> arguments = jvm.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (WITH_A_VALUE.contains(argument)) {
        i++;
      } else if (!argument.startsWith("-") && !argument.startsWith("@")) {
        return argument.substring(argument.lastIndexOf('/') + 1);
      }
    }
    return "?";
  }
}
