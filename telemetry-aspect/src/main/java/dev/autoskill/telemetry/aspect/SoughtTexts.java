package dev.autoskill.telemetry.aspect;

import java.util.Arrays;
import java.util.Collection;

/**
 * Texts to look for among the constants of a class file, all in one pass. Public for the agent;
 * internal. Immutable.
 */
public final class SoughtTexts {

  /** Each has a bit in the answer. */
  private static final int MOST = Integer.SIZE;

  private final byte[][] texts;

  /**
   * Has a bit for each text's length, modulo 64: to look at that rules nearly all other constants
   * out.
   */
  private final long lengths;

  /**
   * Makes them.
   *
   * @param texts ASCII characters; at most 32
   */
  public SoughtTexts(Collection<byte[]> texts) {
    if (texts.size() > MOST) {
      throw new IllegalArgumentException("texts must be at most " + MOST);
    }
    this.texts = texts.toArray(new byte[0][]);
    long bits = 0;
    for (byte[] text : texts) {
      bits |= 1L << text.length;
    }
    lengths = bits;
  }

  long lengths() {
    return lengths;
  }

  /** The bit of the text that is there; 0 if none is. */
  int bitAt(byte[] bytes, int start, int length) {
    for (int i = 0; i < texts.length; i++) {
      byte[] text = texts[i];
      if (text.length == length && Arrays.equals(bytes, start, start + length, text, 0, length)) {
        return 1 << i;
      }
    }
    return 0;
  }
}
