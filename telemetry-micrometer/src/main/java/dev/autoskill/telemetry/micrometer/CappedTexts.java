package dev.autoskill.telemetry.micrometer;

import java.util.HashSet;
import java.util.Set;

/**
 * The values of a tag. A registry keeps a meter for each of them for ever, so those beyond a number
 * share one. Safe for use by any number of threads.
 */
final class CappedTexts {

  static final String OTHER = "other";

  private final int most;
  private final Set<String> known = new HashSet<>();

  CappedTexts(int most) {
    this.most = most;
  }

  /** The text itself, or {@link #OTHER} if it is a new one and there are too many. */
  synchronized String of(String text) {
    boolean isKnown = known.contains(text) || (known.size() < most && known.add(text));
    return isKnown ? text : OTHER;
  }
}
