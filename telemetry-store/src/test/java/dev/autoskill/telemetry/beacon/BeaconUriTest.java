package dev.autoskill.telemetry.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeaconUriTest {

  @ParameterizedTest
  @CsvSource({
    "https://example.org, https://example.org/?tool=",
    "https://example.org/, https://example.org/?tool=",
    "https://example.org/b, https://example.org/b?tool=",
    "https://example.org?, https://example.org?tool=",
    "https://example.org/b?k=v, https://example.org/b?k=v&tool=",
    "https://example.org/b?k=v&, https://example.org/b?k=v&tool=",
    "https://example.org/b#f, https://example.org/b?tool=",
    "https://example.org/b?k=v#f?g, https://example.org/b?k=v&tool=",
    "https://example.org/a%20b?k=%26, https://example.org/a%20b?k=%26&tool=",
    "https://example.org/ü, https://example.org/%C3%BC?tool=",
    "http://[::1]:8080/b, http://[::1]:8080/b?tool="
  })
  void addsToTheEndpoint(String endpoint, String start) {
    String uri = Endpoint.request(URI.create(endpoint), "e", "1");
    assertTrue(uri.startsWith(start + "autoskill-telemetry-java&event=e&version=1&java="), uri);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3-SNAPSHOT, 1.2.3-SNAPSHOT",
    "1+2 3&4=5, 1%2B2%203%264%3D5",
    "é/€, %C3%A9%2F%E2%82%AC"
  })
  void encodesTheVersion(String version, String encoded) {
    String uri = uri("https://example.org", version, Map.of());
    assertTrue(uri.contains("&version=" + encoded + "&java="), uri);
  }

  @Test
  void sortsTheDataByKey() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("uses", 2);
    data.put("outcome", "partial");
    data.put("score", 1.5);
    data.put("p99", -3L);
    String uri = uri("https://example.org", "1", data);
    assertTrue(uri.endsWith("&outcome=partial&p99=-3&score=1.5&uses=2"), uri);
  }

  @Test
  void namesTheWrongArgument() {
    URI good = URI.create("https://example.org");
    assertMessage(NullPointerException.class, "endpoint must not be null", null, "1");
    assertMessage(NullPointerException.class, "version must not be null", good, null);
    assertMessage(
        IllegalArgumentException.class,
        "endpoint must start with https:// (http:// is for loopback hosts only)",
        URI.create("http://example.org"),
        "1");
  }

  private static void assertMessage(
      Class<? extends Exception> type, String message, URI endpoint, String version) {
    Exception thrown =
        assertThrows(
            type,
            () ->
                new Beacon(endpoint, version, Set.of(), null, TestBeacons.LONG, TestBeacons.LONG));
    assertEquals(message, thrown.getMessage());
  }

  private static String uri(String endpoint, String version, Map<String, ?> data) {
    String uri = TestBeacons.shown(endpoint, version, data);
    assertEquals(uri, URI.create(uri).toASCIIString());
    return uri;
  }
}
