package dev.autoskill.telemetry.otlp;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.sync.PushedEvent;
import dev.autoskill.telemetry.sync.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Events as the JSON of a request to a collector: opentelemetry.io/docs/specs/otlp, section JSON
 * Protobuf Encoding. Names and attributes are those that {@code telemetry-otel} gives to uses as
 * they happen, and docs/metrics-and-traces.md describes.
 */
final class Spans {

  private static final String BEGIN =
      "{\"resourceSpans\":[{\"resource\":{\"attributes\":["
          + attribute("service.name", "skill-telemetry")
          + "]},\"scopeSpans\":[{\"scope\":{\"name\":\"dev.autoskill.telemetry\"},\"spans\":[";
  private static final String END = "]}]}]}";

  private static final String EXECUTE_TOOL = "execute_tool";
  private static final int INTERNAL = 1;
  private static final int ERROR = 2;

  /** The last whole second that a number of nanoseconds since 1970 can tell. */
  private static final long LAST_SECOND = Long.MAX_VALUE / 1_000_000_000 - 1;

  private Spans() {}

  static byte[] json(List<StoredEvent> events) {
    StringBuilder json = new StringBuilder(BEGIN);
    for (StoredEvent stored : events) {
      json.append(json.length() > BEGIN.length() ? "," : "");
      append(json, stored.event());
    }
    return json.append(END).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder json, PushedEvent event) {
    UUID id = idOf(event.id());
    long end = nanosOf(event.timestamp());
    json.append(
        "{\"traceId\":\"%016x%016x\",\"spanId\":\"%016x\""
            .formatted(
                id.getMostSignificantBits(),
                id.getLeastSignificantBits(),
                id.getLeastSignificantBits()));
    json.append(",\"name\":").append(text(EXECUTE_TOOL + " " + event.skillName()));
    json.append(",\"kind\":").append(INTERNAL);
    json.append(",\"startTimeUnixNano\":\"").append(end - durationOf(event, end));
    json.append("\",\"endTimeUnixNano\":\"").append(end);
    json.append("\",\"attributes\":[").append(attribute("gen_ai.operation.name", EXECUTE_TOOL));
    json.append(',').append(attribute("gen_ai.tool.name", event.skillName()));
    json.append(',').append(attribute("gen_ai.tool.type", "function"));
    if (!event.agentId().equals("unknown")) {
      json.append(',').append(attribute("gen_ai.agent.name", event.agentId()));
    }
    json.append(',').append(attribute("autoskill.outcome", event.outcome().text()));
    if (event.outcome() == Outcome.FAILURE) {
      json.append(',').append(attribute("error.type", "_OTHER"));
      json.append("],\"status\":{\"code\":").append(ERROR).append("}}");
    } else {
      json.append("]}");
    }
  }

  /**
   * The 128 bits of an event's id; other ids than ULIDs and UUIDs are hashed. A part of all zeros
   * would be no valid id of a span.
   */
  private static UUID idOf(String id) {
    UUID bits =
        Ulid.isValid(id) ? Ulid.from(id).toUuid() : isUuid(id) ? UUID.fromString(id) : hash(id);
    return bits.getLeastSignificantBits() == 0 ? hash(id) : bits;
  }

  private static boolean isUuid(String id) {
    return id.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  }

  private static UUID hash(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
  }

  /** Since 1970, before which a span cannot be. */
  private static long nanosOf(Instant moment) {
    long second = Math.min(moment.getEpochSecond(), LAST_SECOND);
    return second < 0 ? 0 : second * 1_000_000_000 + moment.getNano();
  }

  /** Other tools may have stored any number. */
  private static long durationOf(PushedEvent event, long most) {
    Double ms = event.durationMs();
    return ms == null ? 0 : Math.min(most, Math.max(0, (long) (ms * 1e6)));
  }

  private static String attribute(String name, String value) {
    return "{\"key\":\"" + name + "\",\"value\":{\"stringValue\":" + text(value) + "}}";
  }

  private static String text(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
