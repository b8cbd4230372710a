package dev.autoskill.telemetry.sqlite;

import org.slf4j.LoggerFactory;

/**
 * Keeps SLF4J, which JDBI and the SQLite driver log through, from complaining on stderr that nobody
 * set up logging.
 *
 * <p>SLF4J complains once, when its first logger is asked for. If the program has a provider, that
 * is left alone. If it has none, the complaint is ours, since it was we who asked; it is switched
 * off for just that moment, with the setting SLF4J has for it (from 2.0.10 on).
 */
final class Slf4jQuiet {

  private static final String PROVIDER = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
  private static final String EXPLICIT_PROVIDER = "slf4j.provider";
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  static {
    // A literal is one object in the whole JVM, and copies of this class may come here at once.
    synchronized (VERBOSITY) {
      beQuiet();
    }
  }

  private Slf4jQuiet() {}

  private static void beQuiet() {
    if (LoggerFactory.class.getClassLoader().resources(PROVIDER).findAny().isEmpty()
        && System.getProperty(EXPLICIT_PROVIDER) == null
        && System.getProperty(VERBOSITY) == null) {
      System.setProperty(VERBOSITY, "ERROR");
      try {
        LoggerFactory.getILoggerFactory();
      } finally {
        System.clearProperty(VERBOSITY);
      }
    }
  }

  /** Does it, the first time it is called. */
  static void ensure() {
    // The static initialiser did.
  }
}
