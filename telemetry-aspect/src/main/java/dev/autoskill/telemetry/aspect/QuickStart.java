package dev.autoskill.telemetry.aspect;

import java.lang.reflect.Field;
import org.aspectj.apache.bcel.Repository;
import org.aspectj.apache.bcel.util.NonCachingClassLoaderRepository;
import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.bridge.Version;
import org.aspectj.weaver.tools.TraceFactory;

/**
 * Halves what AspectJ's own load-time weaver takes to start, if an {@code aop.xml} names it: {@code
 * <weaver options="-XmessageHandlerClass:dev.autoskill.telemetry.aspect.QuickStart">}. A message
 * handler is the one class that AspectJ makes before it weaves. This one prints messages on stderr
 * as the weaver does.
 */
public final class QuickStart extends MessageHandler {

  /** Made by the weaver. */
  public QuickStart() {
    ignore(IMessage.WEAVEINFO);
    ignore(IMessage.DEBUG);
    ignore(IMessage.INFO);
    spareWeaver();
  }

  /**
   * Keeps a weaver that is about to start from what takes it most of its time: listing every class
   * of the JDK, to see whether it may leave out the cast of what around advice returns; and reading
   * the date of its own build, with the names of all time zones. Woven classes tell that date, and
   * nothing asks them. In a locale other than English the weaver cannot read it and says the same.
   *
   * <p>Also keeps it from the JDK's logging, to which it would write its trace: a program may yet
   * want to say which log manager there shall be.
   */
  public static void spareWeaver() {
    ClassLoader jdk = ClassLoader.getPlatformClassLoader();
    Repository.setRepository(new NonCachingClassLoaderRepository(jdk));
    if (System.getProperty(TraceFactory.FACTORY_PROPERTY) == null) {
      System.setProperty(TraceFactory.FACTORY_PROPERTY, TraceFactory.DEFAULT_FACTORY_NAME);
      TraceFactory.getTraceFactory();
      System.clearProperty(TraceFactory.FACTORY_PROPERTY);
    }
    try {
      Field buildTime = Version.class.getDeclaredField("time");
      buildTime.setAccessible(true);
      buildTime.setLong(null, Version.NOTIME);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version of AspectJ: it takes its time.
    }
  }

  @Override
  public boolean handleMessage(IMessage message) {
    return !isIgnoring(message.getKind()) && SYSTEM_ERR.handleMessage(message);
  }
}
