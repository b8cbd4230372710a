package dev.autoskill.telemetry.recording;

/** A store could not store or maintain. Says what kind of trouble it has. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Which trouble. */
  private final Trouble trouble;

  /**
   * Makes an exception.
   *
   * @param trouble the kind of trouble
   * @param cause the failure
   */
  public StoreException(Trouble trouble, Throwable cause) {
    super(trouble.sentence(), cause);
    this.trouble = trouble;
  }

  /**
   * Makes an exception for a trouble that the store found out by itself.
   *
   * @param trouble the kind of trouble
   */
  public StoreException(Trouble trouble) {
    super(trouble.sentence());
    this.trouble = trouble;
  }

  /** {@return the kind of trouble} */
  public Trouble trouble() {
    return trouble;
  }
}
