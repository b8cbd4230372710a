package dev.autoskill.telemetry.privacy;

import java.util.List;

/** Guards for given users and machines. */
public final class Guards {

  private Guards() {}

  public static PrivacyGuard of(List<String> homes, List<String> users, List<String> hosts) {
    LocalNames names = LocalNames.of(homes, users, hosts);
    return new PrivacyGuard(() -> names);
  }
}
