package dev.autoskill.telemetry.beacon;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The https address that a beacon goes to, or, for trying it out, an http address of this host. */
public final class Endpoint {

  /** {@link URI} has made sure already that a host of digits is an address and not a name. */
  private static final String LOOPBACK = "(?i)localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]";

  private Endpoint() {}

  /**
   * Reads an endpoint. No name is looked up.
   *
   * @param text the text: an absolute https URI with a host and without user info; http is allowed
   *     for {@code localhost}, {@code 127.0.0.0/8} and {@code [::1]}
   * @param argument what messages call the text
   * @return the endpoint
   * @throws IllegalArgumentException if the text is not such a URI; the message omits the text
   */
  public static URI requireEndpoint(String text, String argument) {
    Objects.requireNonNull(text, argument + " must not be null");
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Not the cause of the new exception, since its message repeats the text.
      throw new IllegalArgumentException(argument + " must be a URI");
    }
    String fault = faultOf(uri);
    if (fault != null) {
      throw new IllegalArgumentException(argument + " " + fault);
    }
    return uri;
  }

  private static @Nullable String faultOf(URI uri) {
    if (!uri.isAbsolute()) {
      return "must be an absolute URI";
    }
    // Before the host, since the parser finds none behind some user infos.
    if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
      return "must not hold user info";
    }
    if (uri.getHost() == null) {
      return "must have a valid host";
    }
    boolean isLocal = uri.getScheme().equalsIgnoreCase("http") && uri.getHost().matches(LOOPBACK);
    if (!isLocal && !uri.getScheme().equalsIgnoreCase("https")) {
      return "must start with https:// (http:// is for loopback hosts only)";
    }
    boolean isPort = uri.getPort() == -1 || (uri.getPort() >= 1 && uri.getPort() <= 65535);
    return isPort ? null : "must have a port from 1 to 65535";
  }

  static URI withoutQuery(URI endpoint) {
    return URI.create(endpoint.toString().replaceFirst("[?#].*", ""));
  }

  /** The URI of a request, up to its data. */
  static String request(URI endpoint, String event, String version) {
    String start = endpoint.toASCIIString().replaceFirst("#.*", "");
    String query = endpoint.getRawQuery();
    if (query == null) {
      start += endpoint.getRawPath().isEmpty() ? "/?" : "?";
    } else if (!query.isEmpty() && !query.endsWith("&")) {
      start += "&";
    }
    // The encoder is for forms, where a space is a plus; in a URI it is not.
    String encoded = URLEncoder.encode(version, StandardCharsets.UTF_8).replace("+", "%20");
    return "%stool=autoskill-telemetry-java&event=%s&version=%s&java=%d&os=%s"
        .formatted(start, event, encoded, Runtime.version().feature(), osFamily());
  }

  /** The family and nothing finer: a rare version would tell its user from others. */
  private static String osFamily() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "macos";
    }
    return name.startsWith("linux") ? "linux" : name.startsWith("windows") ? "windows" : "other";
  }
}
