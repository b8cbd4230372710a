package dev.autoskill.telemetry.agent;

import dev.autoskill.telemetry.event.DetachedThread;

/**
 * Loads the digest on another processor: for a program's first, the JDK starts its security
 * providers, a third of all that the agent does for a class that is in the cache. Nothing depends
 * on it.
 */
final class DigestLoading implements Runnable {

  private static final String THREAD_NAME = "autoskill-telemetry-agent";

  private DigestLoading() {}

  static void start() {
    try {
      DetachedThread.of(THREAD_NAME, new DigestLoading()).start();
    } catch (Throwable fault) {
      // No thread to be had.
    }
  }

  @Override
  public void run() {
    try {
      new Sha256();
    } catch (Throwable fault) {
      // Whoever needs it meets that again, and counts it.
    }
  }
}
