package dev.autoskill.telemetry.aspect;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aspectj.apache.bcel.Repository;
import org.aspectj.apache.bcel.util.NonCachingClassLoaderRepository;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.IMessageHandler;

/**
 * Halves what AspectJ's own load-time weaver takes to start, if an {@code aop.xml} names it: {@code
 * <weaver options="-XmessageHandlerClass:dev.autoskill.telemetry.aspect.QuickStart">}. A message
 * handler is the one class that AspectJ makes before it weaves. This one prints messages on stderr
 * as the weaver does.
 */
public final class QuickStart implements IMessageHandler {

  private final Set<IMessage.Kind> ignored = ConcurrentHashMap.newKeySet();

  /** Made by the weaver. */
  public QuickStart() {
    ignored.addAll(Set.of(IMessage.WEAVEINFO, IMessage.DEBUG, IMessage.INFO));
    listNoClasses();
  }

  /**
   * Keeps the weaver from listing every class of the JDK, as it does to see whether it may leave
   * out the cast of what around advice returns.
   */
  public static void listNoClasses() {
    ClassLoader jdk = ClassLoader.getPlatformClassLoader();
    Repository.setRepository(new NonCachingClassLoaderRepository(jdk));
  }

  @Override
  public boolean handleMessage(IMessage message) {
    return !isIgnoring(message.getKind()) && SYSTEM_ERR.handleMessage(message);
  }

  @Override
  public boolean isIgnoring(IMessage.Kind kind) {
    return ignored.contains(kind);
  }

  @Override
  public void ignore(IMessage.Kind kind) {
    ignored.add(kind);
  }

  @Override
  public void dontIgnore(IMessage.Kind kind) {
    ignored.remove(kind);
  }
}
