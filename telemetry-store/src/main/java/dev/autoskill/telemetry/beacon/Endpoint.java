package dev.autoskill.telemetry.beacon;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a beacon may go: to an https address, or, for trying it out, to this machine by http too.
 */
public final class Endpoint {

  /** {@link URI} has made sure already that a host of digits is an address and not a name. */
  private static final String LOOPBACK = "(?i)localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]";

  private static final int LAST_PORT = 65535;

  private Endpoint() {}

  /**
   * The endpoint that a text names. No name is looked up. Safe for use by any number of threads.
   *
   * @param text the text: an absolute https URI with a host and without user info; http is allowed
   *     for {@code localhost}, {@code 127.0.0.0/8} and {@code [::1]}
   * @param argument what messages call the text
   * @return the endpoint
   * @throws NullPointerException if {@code text} is null
   * @throws IllegalArgumentException if the text is not such a URI; the message does not repeat it,
   *     since it may hold a password
   */
  public static URI requireEndpoint(String text, String argument) {
    if (text == null) {
      throw new NullPointerException(argument + " must not be null");
    }
    URI uri = parse(text, argument);
    require(uri.isAbsolute(), argument, "must be an absolute URI");
    // User info first: a URI that holds some may, to its parser, have no host.
    String authority = uri.getRawAuthority();
    require(authority == null || authority.indexOf('@') < 0, argument, "must not hold user info");
    String host = uri.getHost();
    require(host != null, argument, "must have a valid host");
    boolean isAllowed =
        uri.getScheme().equalsIgnoreCase("https")
            || (uri.getScheme().equalsIgnoreCase("http") && host.matches(LOOPBACK));
    require(isAllowed, argument, "must start with https:// (http:// is for loopback hosts only)");
    require(
        uri.getPort() == -1 || (uri.getPort() >= 1 && uri.getPort() <= LAST_PORT),
        argument,
        "must have a port from 1 to " + LAST_PORT);
    return uri;
  }

  private static URI parse(String text, String argument) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Not the cause of the new exception, since its message repeats the text.
      throw new IllegalArgumentException(argument + " must be a URI");
    }
  }

  private static void require(boolean holds, String argument, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(argument + " " + rule);
    }
  }
}
