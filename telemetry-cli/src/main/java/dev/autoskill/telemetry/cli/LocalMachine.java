package dev.autoskill.telemetry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine that this program runs on. Other programs are looked at from outside: nothing is
 * loaded into them, and no signal is sent.
 */
final class LocalMachine implements Machine {

  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS=", "JDK_JAVA_OPTIONS=", "_JAVA_OPTIONS=");

  /** As much as the property, which goes before it. */
  private static final String DATABASE = "AUTO_SKILL_TELEMETRY_DB=";

  @Override
  public List<Jvm> jvms() {
    long own = ProcessHandle.current().pid();
    String user = user();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != own)
        .filter(process -> process.info().user().filter(user::equals).isPresent())
        .filter(LocalMachine::isJava)
        .map(LocalMachine::jvm)
        .toList();
  }

  private static boolean isJava(ProcessHandle process) {
    Optional<String> command = process.info().command();
    return command.isPresent() && command.get().matches("(.*[/\\\\])?javaw?(\\.exe)?");
  }

  private static Jvm jvm(ProcessHandle process) {
    List<String> arguments = new ArrayList<>();
    for (String variable : read(process, "environ")) {
      if (variable.startsWith(DATABASE) && variable.length() > DATABASE.length()) {
        arguments.add(0, "-Dautoskill.telemetry.database=" + variable.substring(DATABASE.length()));
      }
      for (String name : VARIABLES) {
        if (variable.startsWith(name)) {
          arguments.addAll(List.of(variable.substring(name.length()).split(" +")));
        }
      }
    }
    arguments.addAll(List.of(process.info().arguments().orElse(new String[0])));
    return new Jvm(
        process.pid(), arguments, directory(process), process.info().startInstant().orElse(null));
  }

  /** Linux tells of the user's own processes in files; elsewhere there are none. */
  private static List<String> read(ProcessHandle process, String name) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), name));
      return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static @Nullable Path directory(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"));
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public long freeBytes(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public boolean isWritable(Path path) {
    return Files.isWritable(path);
  }

  @Override
  public String user() {
    return ProcessHandle.current().info().user().orElse("");
  }
}
