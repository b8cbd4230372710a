package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.report.EffectivenessReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The effectiveness report as JSON for programs: one array, one object a skill. */
final class ReportJson {

  /** Always three decimals, so that the order of the texts is the order of the times. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ReportJson() {}

  static String of(List<EffectivenessReport> reports) {
    return reports.stream()
        .map(ReportJson::object)
        .collect(Collectors.joining(",\n  ", reports.isEmpty() ? "[" : "[\n  ", "\n]\n"));
  }

  private static String object(EffectivenessReport report) {
    return String.join(
        ", ",
        "{\"skillName\": " + quoted(report.skillName()),
        "\"totalUses\": " + report.totalUses(),
        "\"successCount\": " + report.successCount(),
        "\"failureCount\": " + report.failureCount(),
        "\"successRate\": " + report.successRate(),
        "\"avgDurationMs\": " + report.avgDurationMs(),
        "\"agentsUsed\": " + array(report.agentsUsed()),
        "\"lastUsed\": " + quoted(timestamp(report.lastUsed())) + "}");
  }

  private static String array(List<String> texts) {
    return texts.stream().map(ReportJson::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }

  /** Escapes all that is not ASCII, so that no terminal's or pipe's encoding can spoil it. */
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
