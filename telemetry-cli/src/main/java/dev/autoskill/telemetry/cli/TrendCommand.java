package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Cell;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A skill from one day, week, month or year to the next. */
final class TrendCommand implements Command {

  private static final String BY = "--by";
  private static final int BAR_CELLS = 20;
  private static final Format[] FORMATS = {
    Format.TABLE, Format.JSON, Format.JSONL, Format.CSV, Format.MD
  };

  private static final List<Column<TrendPoint>> DATA =
      List.of(
          new Column<>("start", TrendPoint::start),
          new Column<>("from", TrendPoint::from),
          new Column<>("until", TrendPoint::until),
          new Column<>("uses", TrendPoint::uses),
          new Column<>("attempts", point -> rate(point, SuccessRate::attempts)),
          new Column<>("successes", point -> rate(point, SuccessRate::successes)),
          new Column<>("attemptedSuccessRate", point -> rate(point, SuccessRate::rate)),
          new Column<>(
              "attemptedSuccessRateLow95", point -> rate(point, rate -> rate.interval95().low())),
          new Column<>(
              "attemptedSuccessRateHigh95", point -> rate(point, rate -> rate.interval95().high())),
          new Column<>("p50Ms", TrendPoint::p50Ms),
          new Column<>("p95Ms", TrendPoint::p95Ms));

  @Override
  public String summary() {
    return "a skill from day to day, or by weeks, months or years";
  }

  @Override
  public void declare(Syntax syntax) {
    Options.addParameter(syntax, "SKILL", "the skill's name");
    syntax
        .add(Options.text(BY, "PERIOD", "day, week, month or year; day unless said"))
        .add(Options.text(Options.AGENT, "ID", "only what ran for this agent"))
        .add(Options.text(Options.SESSION, "ID", "only this session"));
    Options.addWindow(syntax);
    Options.addSource(syntax);
    Options.addOutput(syntax, FORMATS);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    TrendPeriod period =
        Options.constant(
            BY, Options.get(call.arguments(), BY, "day"), List.of(TrendPeriod.values()));
    ReportQuery query = call.query().skill(call.parameter(0));
    try (Source source = call.source()) {
      if (query.since() == null) {
        query =
            source.effectiveness(query).stream()
                .findFirst()
                .map(report -> report.firstUsed())
                .map(query::since)
                .orElse(query);
      }
      List<TrendPoint> points =
          query.since() == null
              ? List.of()
              : source.trend(query, period, call.host().clock().getZone());
      source.check(call.printer());
      boolean isUsed = points.stream().anyMatch(point -> point.uses() > 0);
      call.printer()
          .print(new Answer<>(DATA, table(points), query.since(), query.until(), points), format);
      if (!isUsed) {
        ReportCommand.explain(call, query, true, source);
      }
    }
    return Exit.OK;
  }

  private static List<TableColumn<TrendPoint>> table(List<TrendPoint> points) {
    long most = points.stream().mapToLong(TrendPoint::uses).max().orElse(0);
    return List.of(
        TableColumn.text("From", 0, point -> point.start().toString()),
        TableColumn.number("Uses", 1, point -> Figures.count(point.uses())),
        TableColumn.text("", 3, point -> bar(point.uses(), most)),
        new TableColumn<>("Success", true, 2, point -> Figures.rate(point.attemptedSuccessRate())),
        new TableColumn<>(
            "95% CI", true, 6, point -> Cell.of(Figures.interval(point.attemptedSuccessRate()))),
        TableColumn.number("p50", 5, point -> Figures.millis(point.p50Ms())),
        TableColumn.number("p95", 4, point -> Figures.millis(point.p95Ms())));
  }

  /** Of eighths of a cell; any use can be seen. */
  private static String bar(long uses, long most) {
    if (uses == 0) {
      return "";
    }
    int eighths = (int) Math.max(1, Math.round(8.0 * BAR_CELLS * uses / most));
    String rest = eighths % 8 == 0 ? "" : String.valueOf((char) ('\u2590' - eighths % 8));
    return "\u2588".repeat(eighths / 8) + rest;
  }

  private static @Nullable Object rate(TrendPoint point, Function<SuccessRate, Object> value) {
    SuccessRate rate = point.attemptedSuccessRate();
    return rate == null ? null : value.apply(rate);
  }
}
