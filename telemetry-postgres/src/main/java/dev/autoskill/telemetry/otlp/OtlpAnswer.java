package dev.autoskill.telemetry.otlp;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A collector's answer: opentelemetry.io/docs/specs/otlp, section OTLP/HTTP Response.
 *
 * @param status the HTTP status
 * @param rejected how many spans it did not take of a request that it took
 * @param pause how long it asks to be left alone; zero if it does not say
 */
record OtlpAnswer(int status, long rejected, Duration pause) {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** A number of 64 bits is a text in the JSON of Protocol Buffers; some write a number. */
  private static final Pattern REJECTED =
      Pattern.compile("\"rejectedSpans\"\\s*:\\s*\"?(\\d{1,9})");

  static OtlpAnswer of(HttpResponse<byte[]> response) {
    Matcher rejected = REJECTED.matcher(new String(response.body(), StandardCharsets.UTF_8));
    String seconds = response.headers().firstValue("Retry-After").orElse("0");
    // The other form, a date, depends on two clocks.
    Duration asked =
        seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    return new OtlpAnswer(
        response.statusCode(),
        rejected.find() ? Long.parseLong(rejected.group(1)) : 0,
        asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE);
  }

  boolean isTaken() {
    return status >= 200 && status < 300;
  }

  /** Whether the request's content may be to blame: bad data, too much, or nothing it can use. */
  boolean isOfData() {
    return status == 400 || status == 413 || status == 422;
  }

  /** Whether the specification has the request repeated. */
  boolean isPassing() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** Says a refusal in plain words. */
  String reason() {
    if (isPassing()) {
      return "the server is overloaded, or away";
    }
    return switch (status) {
      case 401, 403 -> "the server refused the headers, or lacks one";
      case 404, 405 -> "the server takes no spans there";
      default ->
          status >= 300 && status < 400
              ? "the server names another address, which is not followed"
              : "the server refused the request";
    };
  }
}
