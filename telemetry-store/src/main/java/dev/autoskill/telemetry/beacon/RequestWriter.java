package dev.autoskill.telemetry.beacon;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the URIs of requests: the endpoint, what every request says, and the data by key. */
final class RequestWriter {

  private static final String TOOL = "autoskill-telemetry-java";

  /**
   * A request.
   *
   * @param uri its URI; null if its event is not allowed and so nothing is to be sent
   * @param leftOut how much was left out of it, its event included
   */
  record Request(@Nullable String uri, long leftOut) {}

  private final URI endpoint;
  private final String version;

  RequestWriter(URI endpoint, String version) {
    this.endpoint = endpoint;
    this.version = version;
  }

  Request write(@Nullable String event, DataSnapshot data) {
    if (!AllowList.allowsEvent(event)) {
      return new Request(null, 1);
    }
    SortedMap<String, String> allowed = new TreeMap<>();
    long leftOut = data.leftOut();
    for (int i = 0; i < data.size(); i++) {
      Object key = data.key(i);
      String text = AllowList.textOf(key, data.value(i));
      if (text == null) {
        leftOut++;
      } else {
        allowed.put((String) key, text);
      }
    }
    StringBuilder uri = new StringBuilder(withQuery(endpoint));
    uri.append("tool=").append(TOOL);
    uri.append("&event=").append(event);
    uri.append("&version=").append(encode(version));
    uri.append("&java=").append(Runtime.version().feature());
    uri.append("&os=").append(osFamily(System.getProperty("os.name", "")));
    // What the allow-list lets pass needs no encoding.
    allowed.forEach((key, text) -> uri.append('&').append(key).append('=').append(text));
    return new Request(uri.toString(), leftOut);
  }

  /** The family and nothing finer: a rare version would tell its user from others. */
  static String osFamily(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return "linux";
    }
    if (name.startsWith("mac") || name.startsWith("darwin")) {
      return "macos";
    }
    return name.startsWith("windows") ? "windows" : "other";
  }

  /** The endpoint up to where the first parameter goes. */
  private static String withQuery(URI endpoint) {
    String text = endpoint.toASCIIString();
    int fragment = text.indexOf('#');
    String bare = fragment < 0 ? text : text.substring(0, fragment);
    String query = endpoint.getRawQuery();
    if (query == null) {
      return bare + (endpoint.getRawPath().isEmpty() ? "/?" : "?");
    }
    return query.isEmpty() || query.endsWith("&") ? bare : bare + "&";
  }

  private static String encode(String text) {
    // The encoder is for forms, where a space is a plus; in a URI it is not.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
