package dev.autoskill.telemetry.beacon;

import java.net.ProxySelector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long things may take, and the way requests go.
 *
 * @param limit how long a request may take, from its connection to its response
 * @param idle how long the thread, and with it the HTTP client, is kept when nothing is sent
 * @param proxies which proxy to use; null: the one of the JVM
 */
record HttpSettings(Duration limit, Duration idle, @Nullable ProxySelector proxies) {

  static final HttpSettings DEFAULT =
      new HttpSettings(Duration.ofSeconds(2), Duration.ofSeconds(10), null);
}
