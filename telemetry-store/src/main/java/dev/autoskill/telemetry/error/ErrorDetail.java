package dev.autoskill.telemetry.error;

import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The part of an exception that is kept of a use that it made fail. */
public enum ErrorDetail {

  /** Nothing, as long as nobody asks for more. */
  NONE,

  /** The name of its class. Never its message, its causes or its stack trace. */
  CLASS;

  /** Causes may form a cycle. */
  private static final int MOST_WRAPPERS = 16;

  /**
   * {@return the detail that a text names: {@code none} or {@code class}, in upper or lower case}
   *
   * @param source the name of the setting
   * @param text the text
   * @throws IllegalArgumentException if it is another text; the message names the source
   */
  public static ErrorDetail parse(String source, String text) {
    for (ErrorDetail detail : values()) {
      if (detail.toString().equalsIgnoreCase(text)) {
        return detail;
      }
    }
    throw new IllegalArgumentException(source + " must be none or class: " + text);
  }

  /**
   * {@return this part of an exception, {@linkplain #unwrapped unwrapped}; null: nothing is kept} A
   * text, since a class would keep its class loader alive for as long as the use waits.
   *
   * @param thrown the exception
   */
  public @Nullable String of(Throwable thrown) {
    return this == CLASS ? unwrapped(thrown).getClass().getName() : null;
  }

  /**
   * {@return the exception that counts, as it does for the outcome: of one in the wrappers of the
   * JDK's futures and stages, the wrapped one}
   *
   * @param thrown the exception
   */
  public static Throwable unwrapped(Throwable thrown) {
    Throwable found = thrown;
    for (int i = 0; i < MOST_WRAPPERS && isWrapper(found) && found.getCause() != null; i++) {
      found = found.getCause();
    }
    return found;
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof CompletionException || thrown instanceof ExecutionException;
  }

  /** {@return the text that {@link #parse} takes for this} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
