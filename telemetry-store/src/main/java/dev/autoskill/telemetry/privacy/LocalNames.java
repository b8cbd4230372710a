package dev.autoskill.telemetry.privacy;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The names by which the user and the machine are known, and where they stand in a text: as words
 * of their own, in upper or lower case, so that {@code notes-by-Alice} shows {@code alice} and
 * {@code malice} does not.
 *
 * <p>Generic names are never looked for, see {@link GenericNames}.
 */
final class LocalNames {

  private final String[] names;

  private LocalNames(Set<String> names) {
    this.names = names.toArray(new String[0]);
  }

  static LocalNames of(
      Collection<String> homeDirectories,
      Collection<String> userNames,
      Collection<String> hostNames) {
    Set<String> names = new LinkedHashSet<>();
    for (String home : homeDirectories) {
      addHome(home, names);
    }
    for (String user : userNames) {
      addUser(user, names);
    }
    for (String host : hostNames) {
      addHost(host, names);
    }
    return new LocalNames(names);
  }

  boolean foundIn(String text) {
    for (String name : names) {
      if (isFound(name, text)) {
        return true;
      }
    }
    return false;
  }

  /** A home right below the root, {@code /root}, is left to {@link AbsolutePaths}. */
  private static void addHome(String home, Set<String> names) {
    String unix = withoutTrailingSlashes(home.strip().replace('\\', '/'));
    int last = unix.lastIndexOf('/');
    if (last <= 0) {
      return;
    }
    addForms(unix, names);
    addForms(unix.replace('/', '\\'), names);
    String parent = unix.substring(unix.lastIndexOf('/', last - 1) + 1, last);
    if (parent.equalsIgnoreCase("home") || parent.equalsIgnoreCase("users")) {
      addUser(unix.substring(last + 1), names);
    }
  }

  private static String withoutTrailingSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** Also without the domain: {@code CORP\alice}, {@code alice@corp}. */
  private static void addUser(String user, Set<String> names) {
    addDistinctive(user, names);
    String account = user.substring(user.lastIndexOf('\\') + 1);
    int at = account.indexOf('@');
    addDistinctive(at < 0 ? account : account.substring(0, at), names);
  }

  private static void addHost(String host, Set<String> names) {
    addDistinctive(host, names);
    int dot = host.indexOf('.');
    addDistinctive(dot < 0 ? host : host.substring(0, dot), names);
  }

  private static void addDistinctive(String name, Set<String> names) {
    String stripped = name.strip();
    if (!GenericNames.isGeneric(stripped)) {
      addForms(stripped, names);
    }
  }

  /** An accent may be part of the letter or follow it, as in the file names of some systems. */
  private static void addForms(String name, Set<String> names) {
    names.add(name);
    if (Ascii.isAll(name)) {
      return; // spares nearly everyone the loading of the normaliser
    }
    names.add(Normalizer.normalize(name, Normalizer.Form.NFC));
    names.add(Normalizer.normalize(name, Normalizer.Form.NFD));
  }

  private static boolean isFound(String name, String text) {
    char first = name.charAt(0);
    int length = name.length();
    for (int i = 0; i + length <= text.length(); i++) {
      if (isSameLetter(text.charAt(i), first)
          && !continuesAt(text, i)
          && text.regionMatches(true, i, name, 0, length)
          && !continuesAt(text, i + length)) {
        return true;
      }
    }
    return false;
  }

  /** The first test only saves time: in ASCII, case is one bit. */
  private static boolean isSameLetter(char a, char b) {
    return ((a | 0x20) == (b | 0x20) || a > 0x7F) && fold(a) == fold(b);
  }

  private static char fold(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  /**
   * Whether a word goes on across this place. Ideographs stand for themselves, and letters of
   * another script begin another word.
   */
  private static boolean continuesAt(String text, int index) {
    if (index == 0 || index == text.length()) {
      return false;
    }
    int before = text.codePointBefore(index);
    int after = text.codePointAt(index);
    if (!Character.isLetterOrDigit(before) || !Character.isLetterOrDigit(after)) {
      return false;
    }
    if (before < 0x80 && after < 0x80) {
      return true;
    }
    return !Character.isIdeographic(before)
        && !Character.isIdeographic(after)
        && (Character.isDigit(before)
            || Character.isDigit(after)
            || UnicodeScript.of(before) == UnicodeScript.of(after));
  }
}
