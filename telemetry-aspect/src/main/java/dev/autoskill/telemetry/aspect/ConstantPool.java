package dev.autoskill.telemetry.aspect;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The constants of a class file, found but not decoded. Public for the agent; internal.
 *
 * <p>Under the agent every class of a program passes through here, so nothing is made but one array
 * of positions. Most of a program's start is over before its loops are compiled, and what takes the
 * interpreter longest is calls: so none is made for a constant that is passed by, unless it is as
 * long as a text that is sought. A class file that is cut short or makes no sense ends in an {@link
 * IndexOutOfBoundsException} or an {@link IllegalArgumentException}.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">JVMS §4.4</a>
 */
public final class ConstantPool {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int COUNT_AT = 8;

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;

  /** How long a constant is after its tag, by tag; 0: there is no such tag, or it is UTF-8. */
  private static final int[] LENGTHS = {
    0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
  };

  private final byte[] bytes;

  /** Where each constant's tag is; 0 where there is none. */
  private final int[] positions;

  private final int end;
  private final int found;

  /**
   * Finds the constants.
   *
   * @param bytes a class file; not copied
   * @param sought texts to look for meanwhile
   */
  public ConstantPool(byte[] bytes, SoughtTexts sought) {
    this.bytes = bytes;
    if (u2(0) != MAGIC >>> 16 || u2(2) != (MAGIC & 0xFFFF)) {
      throw new IllegalArgumentException("bytes must be a class file");
    }
    positions = new int[u2(COUNT_AT)];
    int position = COUNT_AT + 2;
    long lengths = sought.lengths();
    int bits = 0;
    for (int i = 1; i < positions.length; i++) {
      positions[i] = position;
      int tag = bytes[position];
      if (tag == UTF8) {
        int length = (bytes[position + 1] & 0xFF) << 8 | bytes[position + 2] & 0xFF;
        position += 3;
        if ((lengths >>> length & 1) != 0) {
          bits |= sought.bitAt(bytes, position, length);
        }
        position += length;
      } else {
        int length = LENGTHS[tag];
        if (length == 0) {
          throw new IllegalArgumentException("bytes must be a class file");
        }
        position += 1 + length;
        if (tag == LONG || tag == DOUBLE) {
          i++;
        }
      }
    }
    end = position;
    found = bits;
  }

  /**
   * How many indexes there are.
   *
   * @return the number; some have no constant, and the first never has
   */
  public int size() {
    return positions.length;
  }

  /**
   * Where the rest of the class file begins.
   *
   * @return the position of the class's access flags
   */
  public int end() {
    return end;
  }

  /**
   * Whether a constant is a text.
   *
   * @param index the constant's
   * @return whether it is
   */
  public boolean isUtf8(int index) {
    return positions[index] != 0 && bytes[positions[index]] == UTF8;
  }

  /**
   * Whether a constant is a class.
   *
   * @param index the constant's
   * @return whether it is
   */
  public boolean isClass(int index) {
    return positions[index] != 0 && bytes[positions[index]] == CLASS;
  }

  /**
   * Which of the sought texts are among the constants.
   *
   * @return a bit for each that is, the lowest for the first
   */
  public int found() {
    return found;
  }

  /**
   * Whether a text constant is a given one.
   *
   * @param utf8Index the constant's
   * @param text ASCII characters
   * @return whether it is
   */
  public boolean equals(int utf8Index, byte[] text) {
    int start = positions[utf8Index] + 3;
    return u2(start - 2) == text.length
        && Arrays.equals(bytes, start, start + text.length, text, 0, text.length);
  }

  /**
   * A text constant.
   *
   * @param index the constant's
   * @return the text
   */
  public String utf8(int index) {
    int start = positions[index] + 1;
    int length = u2(start);
    String text = new String(bytes, start + 2, length, StandardCharsets.UTF_8);
    return text.length() == length ? text : beyondAscii(start, length);
  }

  /** Class files write some characters otherwise than UTF-8 does. */
  private String beyondAscii(int start, int length) {
    try {
      return new DataInputStream(new ByteArrayInputStream(bytes, start, 2 + length)).readUTF();
    } catch (IOException e) {
      throw new IllegalArgumentException("bytes must be a class file", e);
    }
  }

  /**
   * An integer constant, such as annotations hold booleans in.
   *
   * @param index the constant's
   * @return its value
   */
  public int intValue(int index) {
    return u4(positions[index] + 1);
  }

  /**
   * A class constant.
   *
   * @param index the constant's
   * @return the internal name of the class or array
   */
  public String className(int index) {
    return utf8(u2(positions[index] + 1));
  }

  /**
   * Two bytes of the class file.
   *
   * @param position where they are
   * @return their value, unsigned
   */
  public int u2(int position) {
    return (bytes[position] & 0xFF) << 8 | bytes[position + 1] & 0xFF;
  }

  /**
   * Four bytes of the class file.
   *
   * @param position where they are
   * @return their value, signed
   */
  public int u4(int position) {
    return u2(position) << 16 | u2(position + 2);
  }
}
