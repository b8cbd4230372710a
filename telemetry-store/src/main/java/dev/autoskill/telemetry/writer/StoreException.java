package dev.autoskill.telemetry.writer;

/** A store could not do what it was asked to. Says what kind of trouble it has. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Which trouble. */
  private final Trouble trouble;

  /**
   * Makes an exception.
   *
   * @param trouble the kind of trouble
   * @param cause what happened
   */
  public StoreException(Trouble trouble, Throwable cause) {
    super(trouble.sentence(), cause);
    this.trouble = trouble;
  }

  /**
   * Makes an exception for what the store found out by itself.
   *
   * @param trouble the kind of trouble
   */
  public StoreException(Trouble trouble) {
    super(trouble.sentence());
    this.trouble = trouble;
  }

  /**
   * The kind of trouble.
   *
   * @return which one
   */
  public Trouble trouble() {
    return trouble;
  }
}
