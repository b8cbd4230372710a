package dev.autoskill.telemetry.event;

import java.security.PrivilegedAction;

/**
 * Threads that hold nothing of whoever happened to start them: neither their class loader, nor
 * their inheritable thread-locals, nor (before JDK 24) their access control context, any of which
 * would keep a discarded program loaded for as long as the thread lives.
 *
 * <p>Internal: nothing here is promised to stay.
 */
public final class DetachedThread {

  private DetachedThread() {}

  /**
   * {@return a daemon thread that is not started}
   *
   * @param name its name
   * @param task what it does
   */
  @SuppressWarnings("removal") // There is no other way, where there is something to detach from.
  public static Thread of(String name, Runnable task) {
    PrivilegedAction<Thread> making =
        () -> {
          Thread thread = new Thread(null, task, name, 0, false);
          thread.setDaemon(true);
          thread.setContextClassLoader(DetachedThread.class.getClassLoader());
          return thread;
        };
    return java.security.AccessController.doPrivileged(making);
  }
}
