package dev.autoskill.telemetry.field;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Another language than Java. Its compiler is kept, since the second program compiles sooner. */
enum Language {
  KOTLIN {
    @Override
    void compile(ClassLoader compilers, List<String> arguments)
        throws ReflectiveOperationException {
      List<String> all =
          new ArrayList<>(List.of("-no-stdlib", "-no-reflect", "-jvm-target", "17", "-nowarn"));
      all.addAll(arguments);
      Class<?> compiler = compilers.loadClass("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
      ByteArrayOutputStream messages = new ByteArrayOutputStream();
      Object exitCode =
          compiler
              .getMethod("exec", PrintStream.class, String[].class)
              .invoke(
                  compiler.getConstructor().newInstance(),
                  new PrintStream(messages, true, StandardCharsets.UTF_8),
                  all.toArray(new String[0]));
      check(exitCode.toString().equals("OK"), messages.toString(StandardCharsets.UTF_8));
    }
  },
  SCALA {
    @Override
    void compile(ClassLoader compilers, List<String> arguments)
        throws ReflectiveOperationException {
      List<String> all = new ArrayList<>(List.of("-release", "17"));
      all.addAll(arguments);
      Object reporter =
          compilers
              .loadClass("dotty.tools.dotc.Main")
              .getMethod("process", String[].class)
              .invoke(null, (Object) all.toArray(new String[0]));
      boolean hasErrors = (boolean) reporter.getClass().getMethod("hasErrors").invoke(reporter);
      check(!hasErrors, reporter.toString());
    }
  },
  GROOVY {
    @Override
    void compile(ClassLoader compilers, List<String> arguments)
        throws ReflectiveOperationException {
      compilers
          .loadClass("org.codehaus.groovy.tools.FileSystemCompiler")
          .getMethod("commandLineCompile", String[].class)
          .invoke(null, (Object) arguments.toArray(new String[0]));
    }
  };

  private static final Map<List<String>, ClassLoader> COMPILERS = new ConcurrentHashMap<>();

  /**
   * Compiles.
   *
   * @param libraries what the compiler is in
   * @param arguments class path, target and sources
   */
  void compile(Libraries libraries, List<String> arguments) {
    ClassLoader compilers =
        COMPILERS.computeIfAbsent(
            libraries.toCompile(),
            jars ->
                new URLClassLoader(
                    jars.stream().map(Language::url).toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader()));
    try {
      compile(compilers, arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  abstract void compile(ClassLoader compilers, List<String> arguments)
      throws ReflectiveOperationException;

  private static void check(boolean isCompiled, String messages) {
    if (!isCompiled) {
      throw new AssertionError(messages);
    }
  }

  private static URL url(String jar) {
    try {
      return Path.of(jar).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
