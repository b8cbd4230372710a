package dev.autoskill.telemetry.sync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words why a server, or the local database, did not do its part.
 *
 * <p>It has no cause: the messages of drivers and clients may repeat an address with a password in
 * it, and those of a statement the values of events.
 */
public final class SyncException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The message, without anything secret. */
  private final String sentence;

  /** How long to wait at least before another attempt; null: none would succeed. */
  private final @Nullable Duration wait;

  private SyncException(String sentence, @Nullable Duration wait) {
    super(sentence);
    this.sentence = sentence;
    this.wait = wait;
  }

  /**
   * {@return a failure that would come again}
   *
   * @param sentence says it in plain words, without anything secret
   */
  public static SyncException of(String sentence) {
    return new SyncException(sentence, null);
  }

  /**
   * {@return a failure that may be over soon}
   *
   * @param sentence says it in plain words, without anything secret
   * @param wait how long the server asks to be left alone; zero if it did not say
   */
  public static SyncException passing(String sentence, Duration wait) {
    return new SyncException(sentence, wait);
  }

  /** {@return the message, which unlike those of other exceptions may be shown} */
  public String sentence() {
    return sentence;
  }

  /** {@return whether another attempt may succeed} */
  public boolean isPassing() {
    return wait != null;
  }

  /** The longer one of two waits before another attempt. */
  Duration atLeast(Duration planned) {
    return wait == null || wait.compareTo(planned) < 0 ? planned : wait;
  }
}
