package dev.autoskill.telemetry.outcome;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringTokenizer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Finds out that nobody has registered a service on the class path, in less time than {@link
 * java.util.ServiceLoader} takes. That opens each jar, for which the JDK hashes the name of each
 * entry, mostly in the interpreter and while no other thread can load a class. Here a jar's
 * directory is searched for one name, as text.
 *
 * <p>It never says no without being sure: what it does not understand may have the service.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the ZIP format</a>
 */
final class ServiceSearch {

  private static final byte[] MANIFEST = ascii("META-INF/MANIFEST.MF");
  private static final byte[] CLASS_PATH = ascii("Class-Path");

  private static final int END_SIGNATURE = 0x0605_4B50;
  private static final int END_BYTES = 22;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  /** Before its name, an entry has so many bytes in the directory, and at its own place. */
  private static final int ENTRY_BYTES = 46;

  private static final int LOCAL_BYTES = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final String service;
  private final byte[] serviceFile;

  /**
   * Makes a search.
   *
   * @param service the name of the service's type
   */
  ServiceSearch(String service) {
    this.service = "META-INF/services/".concat(service);
    this.serviceFile = ascii(this.service);
  }

  /**
   * Whether one of the places of a class path may have a provider.
   *
   * @param classPath as the system property has it
   */
  boolean mayBeOn(String classPath) {
    StringTokenizer places = new StringTokenizer(classPath, File.pathSeparator);
    while (places.hasMoreTokens()) {
      File place = new File(places.nextToken());
      boolean mayHave =
          place.isDirectory()
              ? new File(place, service).exists()
              : place.exists() && mayBeIn(place);
      if (mayHave) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBeIn(File jar) {
    try (RandomAccessFile file = new RandomAccessFile(jar, "r")) {
      long endAt = file.length() - END_BYTES;
      byte[] end = read(file, endAt, END_BYTES);
      if (i4(end, 0) != END_SIGNATURE) {
        // A comment follows it.
        return true;
      }
      int length = i4(end, 12);
      long directoryAt = endAt - length;
      byte[] directory = read(file, directoryAt, length);
      // Something may stand before the first entry: a script that starts the program.
      long firstAt = directoryAt - i4(end, 16);
      return indexOf(serviceFile, directory) >= 0 || mayLeadOn(file, firstAt, directory);
    } catch (IOException | DataFormatException | RuntimeException e) {
      return true;
    }
  }

  /** Whether the jar's manifest names more jars. */
  private static boolean mayLeadOn(RandomAccessFile file, long firstAt, byte[] directory)
      throws IOException, DataFormatException {
    int name = indexOf(MANIFEST, directory);
    if (name < 0) {
      return false;
    }
    int entry = name - ENTRY_BYTES;
    int method = i2(directory, entry + 10);
    long localAt = firstAt + i4(directory, entry + 42);
    byte[] local = read(file, localAt, LOCAL_BYTES);
    long contentAt = localAt + LOCAL_BYTES + i2(local, 26) + i2(local, 28);
    byte[] content = read(file, contentAt, i4(directory, entry + 20));
    if (method == DEFLATED) {
      content = inflated(content, i4(directory, entry + 24));
    } else if (method != STORED) {
      return true;
    }
    return indexOf(CLASS_PATH, content) >= 0;
  }

  private static byte[] inflated(byte[] deflated, int length) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      byte[] content = new byte[within(length)];
      if (inflater.inflate(content) < length) {
        throw new DataFormatException();
      }
      return content;
    } finally {
      inflater.end();
    }
  }

  private static byte[] read(RandomAccessFile file, long position, int length) throws IOException {
    byte[] bytes = new byte[within(length)];
    file.seek(position);
    file.readFully(bytes);
    return bytes;
  }

  /** No reader trusts a length from the file. */
  private static int within(int length) {
    if (length < 0 || length > MOST_BYTES) {
      throw new IllegalArgumentException("length must be from 0 to " + MOST_BYTES);
    }
    return length;
  }

  /** Where a text first is; -1 if nowhere (R. N. Horspool, 1980: it skips what cannot be it). */
  private static int indexOf(byte[] text, byte[] bytes) {
    int last = text.length - 1;
    int[] skips = new int[256];
    Arrays.fill(skips, text.length);
    for (int i = 0; i < last; i++) {
      skips[text[i]] = last - i;
    }
    for (int i = last; i < bytes.length; i += skips[bytes[i] & 0xFF]) {
      if (bytes[i] == text[last] && Arrays.equals(bytes, i - last, i + 1, text, 0, text.length)) {
        return i - last;
      }
    }
    return -1;
  }

  private static int i2(byte[] bytes, int at) {
    return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
  }

  private static int i4(byte[] bytes, int at) {
    return i2(bytes, at) | i2(bytes, at + 2) << 16;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
