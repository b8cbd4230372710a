package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.util.HashMap;
import java.util.Map;

/**
 * What ids and names become before they are stored. The same few come again and again, so what
 * became of them is remembered; but not what was redacted, which the guard counts each time.
 *
 * <p>Not safe for use by several threads at once.
 */
final class StoredTexts {

  private static final int MOST_REMEMBERED = 1000;

  private final PrivacyGuard guard;
  private final Map<String, String> remembered = new HashMap<>();

  StoredTexts(PrivacyGuard guard) {
    this.guard = guard;
  }

  String stored(String text) {
    String known = remembered.get(text);
    if (known != null) {
      return known;
    }
    String stored = guard.clean(text);
    if (!stored.equals(PrivacyGuard.REDACTED) && text.length() <= PrivacyGuard.MAX_LENGTH) {
      remember(text, stored);
    }
    return stored;
  }

  private void remember(String text, String stored) {
    if (remembered.size() == MOST_REMEMBERED) {
      remembered.clear();
    }
    remembered.put(text, stored);
  }
}
