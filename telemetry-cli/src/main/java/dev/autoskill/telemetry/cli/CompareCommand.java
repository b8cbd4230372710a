package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Cell;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Printable;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.cli.statistics.Comparison;
import dev.autoskill.telemetry.cli.statistics.Comparison.Verdict;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.SuccessRate.Interval;
import dev.autoskill.telemetry.report.UseSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two samples of uses side by side: of two windows, agents, versions or skills. */
final class CompareCommand implements Command {

  private static final Format[] FORMATS = {
    Format.TABLE, Format.JSON, Format.JSONL, Format.CSV, Format.MD
  };

  /** One of both samples; only the candidate's row has a verdict. */
  private record Sample(
      String side, String selection, UseSummary uses, @Nullable Comparison comparison) {

    private @Nullable Object rate(Function<SuccessRate, Object> value) {
      SuccessRate rate = uses.successRate();
      return rate == null ? null : value.apply(rate);
    }

    private @Nullable Object compared(Function<Comparison, @Nullable Object> value) {
      return comparison == null ? null : value.apply(comparison);
    }
  }

  private static final List<Column<Sample>> DATA =
      List.of(
          new Column<>("side", Sample::side),
          new Column<>("selection", Sample::selection),
          new Column<>("attempts", sample -> sample.uses().attempts()),
          new Column<>("successes", sample -> sample.uses().successes()),
          new Column<>("attemptedSuccessRate", sample -> sample.rate(SuccessRate::rate)),
          new Column<>(
              "attemptedSuccessRateLow95", sample -> sample.rate(rate -> rate.interval95().low())),
          new Column<>(
              "attemptedSuccessRateHigh95",
              sample -> sample.rate(rate -> rate.interval95().high())),
          new Column<>("p50Ms", sample -> sample.uses().durations().percentileMs(50)),
          new Column<>("p95Ms", sample -> sample.uses().durations().percentileMs(95)),
          new Column<>("rateDifference", sample -> sample.compared(Comparison::rateDifference)),
          new Column<>(
              "rateDifferenceLow95",
              sample -> sample.compared(both -> both.rateDifferenceInterval95().low())),
          new Column<>(
              "rateDifferenceHigh95",
              sample -> sample.compared(both -> both.rateDifferenceInterval95().high())),
          new Column<>("pValue", sample -> sample.compared(Comparison::pValue)),
          new Column<>(
              "medianDifferenceMs", sample -> sample.compared(Comparison::medianDifferenceMs)),
          new Column<>("verdict", sample -> sample.compared(both -> both.verdict().words())),
          new Column<>("sentence", sample -> sample.compared(CompareCommand::sentence)));

  private static final List<TableColumn<Sample>> TABLE =
      List.of(
          TableColumn.text("Sample", 0, Sample::selection),
          TableColumn.number("Attempts", 1, sample -> Figures.count(sample.uses().attempts())),
          new TableColumn<>(
              "Success", true, 2, sample -> Figures.rate(sample.uses().successRate())),
          new TableColumn<>(
              "95% CI", true, 3, sample -> Cell.of(Figures.interval(sample.uses().successRate()))),
          TableColumn.number(
              "p50", 5, sample -> Figures.millis(sample.uses().durations().percentileMs(50))),
          TableColumn.number(
              "p95", 4, sample -> Figures.millis(sample.uses().durations().percentileMs(95))));

  @Override
  public String summary() {
    return "two windows, agents, versions or skills, and whether they differ";
  }

  @Override
  public void declare(Syntax syntax) {
    String form = "such as agent=cursor, id=review@2, or since=14d,until=7d";
    Options.addParameter(syntax, "BASELINE", "what to compare with: " + form);
    Options.addParameter(syntax, "CANDIDATE", "what is better or worse, likewise");
    Options.addUses(syntax);
    Options.addSource(syntax);
    Options.addOutput(syntax, FORMATS);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    ReportQuery both = call.query();
    String first = call.parameter(0);
    String second = call.parameter(1);
    Comparison comparison;
    try (Source source = call.source()) {
      List<UseSummary> summaries =
          source.summaries(List.of(selected(both, first, call), selected(both, second, call)));
      comparison = new Comparison(summaries.get(0), summaries.get(1));
      source.check(call.printer());
    }
    List<Sample> samples =
        List.of(
            new Sample("baseline", first, comparison.baseline(), null),
            new Sample("candidate", second, comparison.candidate(), comparison));
    call.printer().print(new Answer<>(DATA, TABLE, both.since(), both.until(), samples), format);
    if (format == Format.TABLE || format == Format.MD) {
      call.printer().write("\n" + Printable.of(sentence(comparison)) + "\n");
    }
    return comparison.verdict() == Verdict.TOO_FEW_USES ? Exit.INCONCLUSIVE : Exit.OK;
  }

  /** The shared query, narrowed by terms such as {@code agent=cursor,since=7d}. */
  private static ReportQuery selected(ReportQuery query, String terms, Call call) {
    Moments moments = new Moments(call.host().clock());
    ReportQuery selected = query;
    Instant since = query.since();
    Instant until = query.until();
    for (String term : terms.split(",")) {
      String[] parts = term.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      switch (parts.length == 2 ? parts[0] : "") {
        case "skill" -> selected = selected.skill(value);
        case "id" -> selected = selected.id(value);
        case "agent" -> selected = selected.agent(value);
        case "session" -> selected = selected.session(value);
        case "since" -> since = moments.since("since", value);
        case "until" -> until = moments.until("until", value);
        default ->
            throw Failure.usage(
                "a sample is selected by skill=, id=, agent=, session=, since= or until=: " + term);
      }
    }
    return Options.window(selected, since, until);
  }

  private static String sentence(Comparison comparison) {
    Verdict verdict = comparison.verdict();
    Double difference = comparison.rateDifference();
    if (difference == null) {
      return "Too few uses: one side has no attempts.";
    }
    Interval interval = comparison.rateDifferenceInterval95();
    String figures =
        String.format(
            Locale.ROOT,
            "%+.1f points, 95 %% CI %+.1f to %+.1f, p %s",
            100 * difference,
            100 * interval.low(),
            100 * interval.high(),
            Figures.pValue(comparison.pValue()));
    return switch (verdict) {
      case BETTER -> "Better: the candidate's success rate is higher (" + figures + ").";
      case WORSE -> "Worse: the candidate's success rate is lower (" + figures + ").";
      case NO_EVIDENCE -> "No evidence of a difference (" + figures + ").";
      case TOO_FEW_USES -> "Too few uses to say (" + figures + ").";
    };
  }
}
