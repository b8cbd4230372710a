package dev.autoskill.telemetry.agent;

import java.security.ProtectionDomain;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.IMessageHandler;
import org.aspectj.weaver.loadtime.ClassLoaderWeavingAdaptor;

/**
 * AspectJ's weaver for one class loader, which prints nothing but remembers whether it had anything
 * to say.
 */
final class QuietAdaptor extends ClassLoaderWeavingAdaptor {

  private final Complaints complaints = new Complaints();
  private boolean hasGenerated;

  /**
   * Whether weaving did, since the loader's first class, more than turn one class file into
   * another: it made further classes, or it warned of something.
   */
  boolean hasStrayed() {
    return hasGenerated || complaints.haveCome;
  }

  @Override
  protected void createMessageHandler() {
    super.createMessageHandler();
    setMessageHandler(complaints);
  }

  @Override
  protected void defineClass(ClassLoader loader, String name, byte[] bytes) {
    hasGenerated = true;
    super.defineClass(loader, name, bytes);
  }

  @Override
  protected void defineClass(
      ClassLoader loader, String name, byte[] bytes, ProtectionDomain protectionDomain) {
    hasGenerated = true;
    super.defineClass(loader, name, bytes, protectionDomain);
  }

  private static final class Complaints implements IMessageHandler {

    private boolean haveCome;

    @Override
    public boolean handleMessage(IMessage message) {
      haveCome |= !isIgnoring(message.getKind());
      return true;
    }

    @Override
    public boolean isIgnoring(IMessage.Kind kind) {
      return !IMessage.WARNING.isSameOrLessThan(kind);
    }

    @Override
    public void dontIgnore(IMessage.Kind kind) {
      // Nobody reads them.
    }

    @Override
    public void ignore(IMessage.Kind kind) {
      // Nobody reads them.
    }
  }
}
