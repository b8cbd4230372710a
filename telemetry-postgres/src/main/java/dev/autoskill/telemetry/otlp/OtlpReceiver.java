package dev.autoskill.telemetry.otlp;

import dev.autoskill.telemetry.sync.Receiver;
import dev.autoskill.telemetry.sync.SyncException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A collector that takes spans by OTLP over HTTP. It does not leave out spans that it has already:
 * a use that is sent twice is shown twice by most.
 *
 * <p>Immutable, so that threads may share it.
 */
public final class OtlpReceiver implements Receiver {

  private static final String PREFIX = "otlp:";
  private static final String PATH = "/v1/traces";
  private static final int MOST_SPANS = 512;

  private final String name;
  private final HttpRequest.Builder request;

  private OtlpReceiver(String name, HttpRequest.Builder request) {
    this.name = name;
    this.request = request;
  }

  /**
   * {@return whether a text means a collector}
   *
   * @param text an address
   */
  public static boolean isAddress(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * Reads an address; connects to nothing yet.
   *
   * @param address {@code otlp:http://host:port} or {@code otlp:https://host:port}, with a path if
   *     need be, to which {@code /v1/traces} is added
   * @param headers go with each request, of the form {@code name=value,name2=value2}, where {@code
   *     %2C} stands for a comma; null: none
   * @return the collector
   * @throws IllegalArgumentException if it is no such address; the message does not repeat it
   * @throws SyncException if the headers are none; the message does not repeat them
   */
  public static OtlpReceiver of(String address, @Nullable String headers) {
    Objects.requireNonNull(address, "address must not be null");
    URI base = base(address);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + PATH))
            .setHeader("User-Agent", "autoskill-telemetry");
    if (headers != null) {
      addHeaders(request, headers);
    }
    return new OtlpReceiver(PREFIX + base, request);
  }

  private static URI base(String address) {
    URI uri = URI.create("");
    try {
      uri = URI.create(address.replaceFirst("^" + PREFIX, "").replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      // It is refused below, without its text.
    }
    boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean isPlain =
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (!isAddress(address) || !isWeb || uri.getHost() == null || !isPlain) {
      throw new IllegalArgumentException(
          "address must be of the form otlp:http://host:4318 or otlp:https://host/path");
    }
    return uri;
  }

  private static void addHeaders(HttpRequest.Builder request, String headers) {
    try {
      for (String header : headers.split(",", -1)) {
        String[] both = header.split("=", 2);
        // A plus is none of the signs that percent encoding knows.
        String value = both[1].strip().replace("+", "%2B");
        request.setHeader(both[0].strip(), URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw SyncException.of(
          "the headers of the settings must be of the form name=value,name2=value2");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String key() {
    return name;
  }

  @Override
  public int batchSize() {
    return MOST_SPANS;
  }

  @Override
  public boolean knowsItsEvents() {
    return false;
  }

  @Override
  public boolean takesLiveSpans() {
    return true;
  }

  @Override
  public Connection connect(UUID source) {
    return new OtlpConnection(new OtlpClient(name, request.copy()));
  }

  @Override
  public String toString() {
    return name;
  }
}
