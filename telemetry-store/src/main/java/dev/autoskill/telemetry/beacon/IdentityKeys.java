package dev.autoskill.telemetry.beacon;

import java.util.Set;

/**
 * Tells keys that name somebody or something, such as {@code session_id} and {@code hostname}, from
 * those that name a quantity. How many skills there are may be said; which ones, may not.
 */
final class IdentityKeys {

  private static final Set<String> IDENTITIES =
      Set.of(
          """
          account accountid addr address author branch commit computer cookie customer
          device deviceid dir directory domain email file filename filepath
          fingerprint folder guid hash home host hostid hostname id ip ipaddress ipv
          key location login mac machine machineid mail name owner password path
          person phone project projectid repo repository secret serial session
          sessionid sha skill skillid skillname subject tenant title token trace ulid
          uri url user userid username uuid workspace
          """
              .split("\\s+"));

  private IdentityKeys() {}

  /** Whether one of a key's words, singular or plural, numbered or not, names an identity. */
  static boolean contain(String key) {
    for (String word : key.split("_", -1)) {
      String bare = withoutNumber(word);
      if (IDENTITIES.contains(bare) || isPlural(bare)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a key that contains an identity says how many there are: its last word tells. */
  static boolean isCount(String key) {
    String last = key.substring(key.lastIndexOf('_') + 1);
    return last.equals("count") || isPlural(last);
  }

  private static boolean isPlural(String word) {
    if (!word.endsWith("s")) {
      return false;
    }
    return IDENTITIES.contains(word.substring(0, word.length() - 1))
        || (word.endsWith("es") && IDENTITIES.contains(word.substring(0, word.length() - 2)))
        || (word.endsWith("ies")
            && IDENTITIES.contains(word.substring(0, word.length() - 3) + "y"));
  }

  private static String withoutNumber(String word) {
    int end = word.length();
    while (end > 0 && Character.isDigit(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(0, end);
  }
}
