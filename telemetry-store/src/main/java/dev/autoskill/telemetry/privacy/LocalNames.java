package dev.autoskill.telemetry.privacy;

import dev.autoskill.telemetry.event.TextResource;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names of the user and the machine in a text. They count as words of their own, in upper
 * or lower case: {@code notes-by-Alice} contains {@code alice}, and {@code malice} does not.
 */
final class LocalNames {

  /** No name service is asked, since that could block or send. */
  static final List<Path> HOST_FILES =
      List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"));

  /**
   * In this order: accounts of systems, images and CI services; agents, languages and servers;
   * roles and parts of software; words that are also names of people; other words.
   */
  private static final Set<String> ORDINARY =
      Set.of(TextResource.read(LocalNames.class, "ordinary-words.txt").split("\\s+"));

  private static final int MAX_FILE_BYTES = 1024;
  private static final int SHORTEST = 3;
  private static final int SHORTEST_IDEOGRAPHIC = 2;
  private static final int SHORTEST_NUMBER = 5;

  private final @Nullable Pattern names;

  private LocalNames(Set<String> expressions) {
    this.names =
        expressions.isEmpty()
            ? null
            : Pattern.compile(
                String.join("|", expressions), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** The names of an environment. A source that cannot be read counts as missing. */
  static LocalNames of(Environment environment, List<Path> hostFiles) {
    List<String> homes = values(environment::property, "user.home");
    homes.addAll(values(environment::get, "HOME", "USERPROFILE"));
    List<String> users = values(environment::property, "user.name");
    users.addAll(values(environment::get, "USER", "LOGNAME", "USERNAME", "SUDO_USER"));
    List<String> hosts = values(environment::get, "HOSTNAME", "COMPUTERNAME", "HOST");
    for (Path file : hostFiles) {
      hosts.addAll(firstLine(file));
    }
    return of(homes, users, hosts);
  }

  static LocalNames of(
      Collection<String> homeDirectories,
      Collection<String> userNames,
      Collection<String> hostNames) {
    Set<String> expressions = new LinkedHashSet<>();
    homeDirectories.forEach(home -> addHome(home, expressions));
    userNames.forEach(user -> addUser(user, expressions));
    hostNames.forEach(host -> addName(host, host.replaceFirst("\\..*", ""), expressions));
    return new LocalNames(expressions);
  }

  /** Whether a text, in Unicode's form NFKC, contains one of the names. */
  boolean foundIn(String text) {
    return names != null && names.matcher(text).find();
  }

  private static List<String> values(
      Function<String, @Nullable String> source, String... variables) {
    List<String> values = new ArrayList<>();
    for (String variable : variables) {
      try {
        String value = source.apply(variable);
        if (value != null) {
          values.add(value);
        }
      } catch (RuntimeException e) {
        // A security manager may forbid it.
      }
    }
    return values;
  }

  private static List<String> firstLine(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (InputStream in = new FileInputStream(file.toFile())) {
      return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .limit(1)
          .toList();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  /** A home right below the root, such as {@code /root}, is not distinctive. */
  private static void addHome(String home, Set<String> expressions) {
    String[] parts = home.strip().split("[/\\\\]+");
    if (parts.length < 3) {
      return;
    }
    List<String> quoted = new ArrayList<>();
    for (String part : parts) {
      quoted.add(quoted(part));
    }
    expressions.add(String.join("[/\\\\]+", quoted) + "(?![\\p{L}\\p{M}\\p{Nd}])");
    if (parts[parts.length - 2].matches("(?i)home|users")) {
      addUser(parts[parts.length - 1], expressions);
    }
  }

  /** Also without the domain: {@code CORP\alice}, {@code alice@corp}. */
  private static void addUser(String user, Set<String> expressions) {
    addName(user, user.replaceFirst(".*\\\\", "").replaceFirst("@.*", ""), expressions);
  }

  private static void addName(String full, String brief, Set<String> expressions) {
    for (String name : List.of(full.strip(), brief.strip())) {
      if (isDistinctive(name)) {
        String quoted = quoted(name);
        String before = sameWord(name.codePointAt(0));
        String after = sameWord(name.codePointBefore(name.length()));
        expressions.add(quoted + "(?<!" + before + quoted + ")(?!" + after + ")");
      }
    }
  }

  private static boolean isDistinctive(String name) {
    int length = name.codePointCount(0, name.length());
    if (length == 0 || isOrdinary(name)) {
      return false;
    }
    if (name.codePoints().allMatch(Character::isIdeographic)) {
      return length >= SHORTEST_IDEOGRAPHIC;
    }
    return length >= (name.codePoints().anyMatch(Character::isLetter) ? SHORTEST : SHORTEST_NUMBER);
  }

  /**
   * Whether a name is a word that names skills, or several that are joined: {@code build-agent}. It
   * tells nobody anything, and {@code deploy} or {@code mark} would hide honest skills.
   */
  private static boolean isOrdinary(String name) {
    return ORDINARY.containsAll(List.of(name.toLowerCase(Locale.ROOT).split("[-_ ]")));
  }

  private static String quoted(String name) {
    return Pattern.quote(Normalizer.normalize(name, Normalizer.Form.NFKC));
  }

  /**
   * The characters that continue a word which ends in a given one. An ideograph stands for itself,
   * and a letter of another script begins another word.
   */
  private static String sameWord(int codePoint) {
    if (Character.isIdeographic(codePoint)) {
      return "(?!)"; // matches nothing
    }
    UnicodeScript script = UnicodeScript.of(codePoint);
    boolean isLetter = script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED;
    return "[\\p{M}\\p{Nd}" + (isLetter ? "\\p{script=" + script + "}" : "\\p{L}") + "]";
  }
}
