package dev.autoskill.telemetry.benchmarks.calls;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;

/** Weaves skills by compiler, each with the aspects of one library only. */
final class Weaving {

  private final Path folder;

  /**
   * Weaves skills.
   *
   * @param folder to put the woven classes into
   */
  Weaving(Path folder) {
    this.folder = folder;
  }

  /**
   * Weaves a class.
   *
   * @param skills the class, not woven
   * @param aspect an aspect of the library whose aspects it is to be woven with
   * @return where the woven class is
   */
  Path weave(Class<?> skills, Class<?> aspect) throws IOException {
    Path plain = folder.resolve(skills.getSimpleName() + "-plain");
    Path woven = folder.resolve(skills.getSimpleName() + "-woven");
    copy(skills, plain);
    List<String> arguments = new ArrayList<>(List.of("-17", "-proc:none", "-nowarn"));
    arguments.addAll(List.of("-inpath", plain.toString()));
    arguments.addAll(List.of("-aspectpath", jarOf(aspect).toString()));
    arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    arguments.addAll(List.of("-d", woven.toString()));
    MessageHandler messages = new MessageHandler(true);
    new Main().run(arguments.toArray(String[]::new), messages);
    IMessage[] errors = messages.getMessages(IMessage.ERROR, true);
    if (errors.length > 0) {
      throw new IllegalStateException("not woven: " + errors[0]);
    }
    return woven;
  }

  private static void copy(Class<?> type, Path target) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    Path file = target.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
      Files.write(file, bytes.readAllBytes());
    }
  }

  /** The jar or folder that a class is from. */
  static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
