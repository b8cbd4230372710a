package dev.autoskill.telemetry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The JDK's compiler, which finds the processor as a user's does: as a service.
 *
 * @param output where classes and the index go
 */
record Compiler(Path output) {

  private static final Pattern NAME =
      Pattern.compile("\\b(?:class|interface|enum|record) ([\\w$]+)");

  /** The compiler's messages, in its order. */
  record Result(boolean isSuccess, List<Message> messages) {}

  /** Line 1 is the source's first; -1 if the message has no place. */
  record Message(Diagnostic.Kind kind, long line, String text) {}

  /** Compiles files, each named after its first type, with the output on the class path. */
  Result compile(List<String> options, String... sources) throws IOException {
    return compile(options, List.of(), sources);
  }

  /** Compiles files and has the processor look at classes that were compiled before. */
  Result compile(List<String> options, List<String> classes, String... sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> all = new ArrayList<>();
    all.addAll(List.of("-d", output.toString(), "-processorpath", product()));
    all.addAll(List.of("-classpath", product() + File.pathSeparator + output));
    all.addAll(options);
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, UTF_8)) {
      boolean isSuccess =
          compiler
              .getTask(
                  null,
                  files,
                  diagnostics,
                  all,
                  classes,
                  Stream.of(sources).map(Source::new).toList())
              .call();
      return new Result(
          isSuccess, diagnostics.getDiagnostics().stream().map(Compiler::of).toList());
    }
  }

  /** Lines of the index; empty if there is none. */
  List<String> index() throws IOException {
    Path file = output.resolve(SkillIndex.NAME);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** The annotations and the processor, which users have in one jar, as a class path. */
  static String product() {
    return Stream.of(TrackedSkill.class, TrackedSkillProcessor.class)
        .map(Compiler::placeOf)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Message of(Diagnostic<? extends JavaFileObject> diagnostic) {
    return new Message(
        diagnostic.getKind(), diagnostic.getLineNumber(), diagnostic.getMessage(Locale.ROOT));
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String text) {
      super(URI.create("memory:///" + path(text)), Kind.SOURCE);
      this.text = text;
    }

    private static String path(String text) {
      Matcher name = NAME.matcher(text);
      if (!name.find()) {
        throw new IllegalArgumentException("no type in: " + text);
      }
      return name.group(1) + ".java";
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
