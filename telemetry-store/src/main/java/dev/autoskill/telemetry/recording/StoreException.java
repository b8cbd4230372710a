package dev.autoskill.telemetry.recording;

import org.jspecify.annotations.Nullable;

/** A store could not store or maintain. Says what kind of trouble it has. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Which trouble. */
  private final Trouble trouble;

  /**
   * Makes an exception.
   *
   * @param trouble the kind of trouble
   * @param cause the failure; null if the store found out by itself
   */
  public StoreException(Trouble trouble, @Nullable Throwable cause) {
    super(trouble.sentence(), cause);
    this.trouble = trouble;
  }

  /** {@return the kind of trouble} */
  public Trouble trouble() {
    return trouble;
  }
}
