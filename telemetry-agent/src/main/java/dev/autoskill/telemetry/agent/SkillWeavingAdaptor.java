package dev.autoskill.telemetry.agent;

import java.security.ProtectionDomain;
import java.util.List;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.weaver.loadtime.ClassLoaderWeavingAdaptor;
import org.aspectj.weaver.loadtime.DefaultWeavingContext;
import org.aspectj.weaver.loadtime.definition.Definition;
import org.aspectj.weaver.tools.WeavingAdaptor;
import org.jspecify.annotations.Nullable;

/**
 * AspectJ's weaver for one class loader, with this library's aspects only. It prints nothing, but
 * remembers its complaints.
 */
final class SkillWeavingAdaptor extends ClassLoaderWeavingAdaptor {

  private final MessageHandler complaints = new MessageHandler(true);
  private final ClassDefiner definer;

  /**
   * Makes a weaver.
   *
   * @param definition the aspects
   */
  SkillWeavingAdaptor(ClassLoader loader, Definition definition, ClassDefiner definer) {
    this.definer = definer;
    initialize(
        loader,
        new DefaultWeavingContext(loader) {
          @Override
          public List<Definition> getDefinitions(ClassLoader same, WeavingAdaptor adaptor) {
            return List.of(definition);
          }
        });
  }

  /** The first error that the weaver has reported since this was last asked; null if none. */
  @Nullable String takeError() {
    IMessage[] errors = complaints.getMessages(IMessage.ERROR, true);
    complaints.clearMessages();
    return errors.length == 0 ? null : errors[0].getMessage();
  }

  @Override
  protected void createMessageHandler() {
    super.createMessageHandler();
    setMessageHandler(complaints);
  }

  @Override
  protected void defineClass(
      ClassLoader loader, String name, byte[] bytes, @Nullable ProtectionDomain domain) {
    definer.define(loader, name, bytes, domain);
  }
}
