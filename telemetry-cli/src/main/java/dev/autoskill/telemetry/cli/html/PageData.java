package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.cli.html.SkillView.EffectivenessByAgent;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Json;
import dev.autoskill.telemetry.cli.output.Rows;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.DurationHistogram.Bucket;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a page for programs.
 *
 * @param page the page
 * @param columns the columns of a report
 */
record PageData(Page page, List<Column<EffectivenessReport>> columns) {

  /** Names the document; {@code docs/page.md} says what is in it. */
  static final String SCHEMA = "skill-telemetry.page/1";

  private static final List<Column<TrendPoint>> TREND =
      List.of(
          new Column<>("start", TrendPoint::start),
          new Column<>("uses", TrendPoint::uses),
          new Column<>("attemptedSuccessRate", PageData::rate),
          new Column<>("p50Ms", TrendPoint::p50Ms),
          new Column<>("p95Ms", TrendPoint::p95Ms));

  private static final List<Column<Bucket>> DURATIONS =
      List.of(
          new Column<>("lowestMs", Bucket::lowestMs),
          new Column<>("highestMs", Bucket::highestMs),
          new Column<>("count", Bucket::count));

  /** Without the session: a page is shown to others, to whom it says nothing. */
  private static final List<Column<TelemetryEvent>> EVENTS =
      List.of(
          new Column<>("timestamp", TelemetryEvent::timestamp),
          new Column<>("outcome", event -> event.outcome().text()),
          new Column<>("durationMs", TelemetryEvent::durationMs),
          new Column<>("agentId", TelemetryEvent::agentId));

  String json() {
    Map<String, @Nullable Object> window = new LinkedHashMap<>();
    window.put("since", page.since());
    window.put("until", page.until());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", SCHEMA);
    document.put("generatedAt", page.generatedAt());
    document.put("zone", page.zone().getId());
    document.put("window", window);
    document.put("period", page.periodName());
    document.put("isComplete", page.isComplete());
    document.put("rows", page.skills().stream().map(this::row).toList());
    return Json.compact(document);
  }

  String csv() {
    StringBuilder csv = new StringBuilder();
    try {
      Rows<EffectivenessReport> rows = Rows.begin(Format.CSV, csv, columns);
      for (SkillView skill : page.skills()) {
        rows.write(skill.report());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a StringBuilder throws none", e);
    }
    return csv.toString();
  }

  private Map<String, @Nullable Object> row(SkillView skill) {
    Map<String, @Nullable Object> row = Column.values(columns, skill.report());
    row.put("trend", values(TREND, skill.trend()));
    row.put("durations", values(DURATIONS, skill.windows().current().durations().buckets()));
    row.put("agents", agents(skill.agents()));
    row.put("events", values(EVENTS, skill.events()));
    if (!skill.errors().isEmpty()) {
      Map<String, Long> uses = new LinkedHashMap<>();
      skill.errors().forEach(each -> uses.put(each.error(), each.uses()));
      row.put("errors", uses);
    }
    return row;
  }

  private List<Map<String, @Nullable Object>> agents(List<EffectivenessByAgent> agents) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (EffectivenessByAgent each : agents) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("agentId", each.agent());
      row.putAll(Column.values(columns, each.report()));
      rows.add(row);
    }
    return rows;
  }

  private static <T> List<Map<String, @Nullable Object>> values(
      List<Column<T>> columns, List<T> rows) {
    return rows.stream().map(row -> Column.values(columns, row)).toList();
  }

  private static @Nullable Double rate(TrendPoint point) {
    SuccessRate rate = point.attemptedSuccessRate();
    return rate == null ? null : rate.rate();
  }
}
