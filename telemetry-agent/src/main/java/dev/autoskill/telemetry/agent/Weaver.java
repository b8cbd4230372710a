package dev.autoskill.telemetry.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.bridge.context.CompilationAndWeavingContext;
import org.aspectj.weaver.loadtime.ClassLoaderWeavingAdaptor;
import org.aspectj.weaver.loadtime.DefaultWeavingContext;
import org.aspectj.weaver.loadtime.definition.Definition;
import org.aspectj.weaver.tools.WeavingAdaptor;
import org.jspecify.annotations.Nullable;

/**
 * AspectJ's load-time weaver for one class loader, with this library's aspects only. It prints
 * nothing, but remembers its complaints. Most of AspectJ's classes are not loaded before this one.
 *
 * <p>Callers hold the lock of the loader, as those of the stock weaver do.
 */
final class Weaver extends ClassLoaderWeavingAdaptor {

  private static final int MOST_CONSTANTS = 65_535;

  /** How many constants weaving adds at most: for a class, and for each skill. */
  private static final int ADDED_TO_CLASS = 100;

  private static final int ADDED_FOR_SKILL = 16;

  private final MessageHandler complaints = new MessageHandler(true);
  private final Instrumentation instrumentation;

  /**
   * Makes a weaver.
   *
   * @param definition the aspects
   * @param instrumentation lets it define the aspects that it generates
   */
  Weaver(ClassLoader loader, Definition definition, Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
    initialize(
        loader,
        new DefaultWeavingContext(loader) {
          @Override
          public List<Definition> getDefinitions(ClassLoader same, WeavingAdaptor adaptor) {
            return List.of(definition);
          }
        });
  }

  /**
   * Weaves a class.
   *
   * @param domain whose permissions classes get that the weaver makes besides
   * @throws Failure if the weaver reports an error
   * @throws RuntimeException if its result is no valid class
   */
  WovenCache.Entry weave(ClassLoader loader, ClassFile type, ProtectionDomain domain)
      throws IOException, Failure {
    // The weaver prints a stack trace where there is no room for another constant.
    int skills = type.mostSkills();
    if (type.reader().getItemCount() + ADDED_TO_CLASS + ADDED_FOR_SKILL * skills > MOST_CONSTANTS) {
      throw new Failure("the class is too large for " + skills + " skills");
    }
    setActiveProtectionDomain(domain);
    try {
      byte[] woven = weaveClass(type.name(), WovenClass.prepared(type), false);
      IMessage[] errors = complaints.getMessages(IMessage.ERROR, true);
      if (errors.length > 0) {
        throw new Failure(errors[0].getMessage());
      }
      SeenTypes types = new SeenTypes(loader);
      byte[] finished = woven == null ? new byte[0] : WovenClass.finished(woven, type, types);
      types.addMatched(type);
      return new WovenCache.Entry(finished, types.facts());
    } finally {
      complaints.clearMessages();
      setActiveProtectionDomain(null);
      CompilationAndWeavingContext.resetForThread();
    }
  }

  @Override
  protected void createMessageHandler() {
    super.createMessageHandler();
    setMessageHandler(complaints);
  }

  /**
   * Defines an aspect that the weaver generates from a {@code concrete-aspect}. The weaver's own
   * way uses {@code sun.misc.Unsafe}, of which newer JVMs warn on stderr. No other class is in the
   * module to which {@code java.lang} is opened than those that the agent's loader has loaded.
   */
  @Override
  protected void defineClass(
      ClassLoader loader, String name, byte[] bytes, @Nullable ProtectionDomain domain) {
    Map<String, Set<Module>> opened = Map.of("java.lang", Set.of(Weaver.class.getModule()));
    Module base = Object.class.getModule();
    instrumentation.redefineModule(base, Set.of(), Map.of(), opened, Set.of(), Map.of());
    try {
      Class<?>[] types = {String.class, byte[].class, int.class, int.class, ProtectionDomain.class};
      Method define = ClassLoader.class.getDeclaredMethod("defineClass", types);
      define.setAccessible(true);
      define.invoke(loader, name, bytes, 0, bytes.length, domain);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** No valid class could be made. Its message is the weaver's or ours, and names only code. */
  static final class Failure extends Exception {

    private static final long serialVersionUID = 1;

    Failure(String reason) {
      super(reason);
    }
  }
}
