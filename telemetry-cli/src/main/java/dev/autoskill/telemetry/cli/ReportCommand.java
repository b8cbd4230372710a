package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Json;
import dev.autoskill.telemetry.cli.output.TableColumn;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportOrder;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How effective each skill is. */
final class ReportCommand implements Command {

  private static final String SORT = "--sort";
  private static final String MIN_USES = "--min-uses";
  private static final String SESSIONS = "--sessions";
  private static final String ERRORS = "--errors";
  private static final String UNUSED = "--unused";

  /** Of each skill. */
  private static final int MOST_ERRORS = 3;

  private static final Format[] FORMATS = {
    Format.TABLE, Format.JSON, Format.AUTO_SKILL, Format.JSONL, Format.CSV, Format.MD
  };

  private enum Sort {
    USES(ReportOrder.MOST_USED),
    WORST(ReportOrder.LEAST_SUCCESSFUL),
    SLOW(ReportOrder.SLOWEST),
    LAST(ReportOrder.LAST_USED),
    NAME(ReportOrder.NAME);

    private final ReportOrder order;

    Sort(ReportOrder order) {
      this.order = order;
    }
  }

  @Override
  public String summary() {
    return "how often each skill is used, how often it succeeds, how long it takes";
  }

  @Override
  public void declare(Syntax syntax) {
    declareQuery(syntax);
    syntax
        .add(
            Options.flag(
                ERRORS,
                "also the most frequent exceptions of each skill, at most three, as far as the"
                    + " setting errors=class kept their classes"))
        .add(
            Options.flag(
                UNUSED,
                "instead, the skills that the annotation processor listed and that were never used,"
                    + " from the beginning unless said"))
        .add(
            Options.text(
                UnusedReport.CLASSES,
                "PATHS",
                "the jars and directories with these lists; those of running JVMs unless said"));
    Options.addOutput(syntax, FORMATS);
  }

  /** The query, for every command that answers with this report. */
  static void declareQuery(Syntax syntax) {
    Options.addUses(syntax);
    syntax
        .add(
            Options.text(
                SORT,
                "ORDER",
                "uses, worst (by the upper end of the interval of the rate), slow, last or name"))
        .add(Options.text(MIN_USES, "N", "without skills that were used less"))
        .add(Options.flag(SESSIONS, "also count distinct sessions, in a scan of the events"));
    Options.addSource(syntax);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    boolean isTheirs = format == Format.AUTO_SKILL;
    if (call.has(UNUSED)) {
      if (isTheirs
          || Stream.of(SORT, MIN_USES, SESSIONS, ERRORS).anyMatch(option -> call.has(option))) {
        throw Failure.usage(UNUSED + " has no order, no uses to count, and no such format");
      }
      return new UnusedReport(call, Options.query(call.arguments(), call.host().clock(), 0))
          .run(format);
    }
    if (call.has(UnusedReport.CLASSES)) {
      throw Failure.usage(UnusedReport.CLASSES + " belongs to " + UNUSED);
    }
    if (isTheirs && call.has(ERRORS)) {
      throw Failure.usage("auto-skill's own document has no errors");
    }
    ReportQuery query = query(call, isTheirs ? 0 : Options.DAYS);
    try (Source source = call.source()) {
      Map<String, List<ErrorCount>> errors =
          call.has(ERRORS) ? source.errors(query, MOST_ERRORS) : null;
      List<EffectivenessReport> reports = source.effectiveness(query);
      if (isTheirs) {
        source.check(call.printer());
        call.printer().write(autoSkill("reports", ReportRow.AUTO_SKILL, reports));
      } else {
        source.check(call.printer());
        print(call, query, reports, errors, format);
        explainErrors(call, reports, errors);
      }
      explain(call, query, reports.isEmpty(), source);
    }
    return Exit.OK;
  }

  static ReportQuery query(Call call, int days) {
    Sort sort =
        Options.constant(SORT, Options.get(call.arguments(), SORT, "uses"), List.of(Sort.values()));
    ReportQuery query =
        Options.query(call.arguments(), call.host().clock(), days)
            .order(sort.order)
            .minimumUses(Options.number(call.arguments(), MIN_USES, 1));
    return call.has(SESSIONS) ? query.withSessions() : query;
  }

  /** Prints reports, and the errors by skill if they were asked for. */
  static void print(
      Call call,
      ReportQuery query,
      List<EffectivenessReport> reports,
      @Nullable Map<String, List<ErrorCount>> errors,
      Format format)
      throws IOException {
    List<Column<EffectivenessReport>> data = new ArrayList<>(ReportRow.DATA);
    List<TableColumn<EffectivenessReport>> table = new ArrayList<>(ReportRow.table(call.host()));
    if (errors != null) {
      data.add(SkillErrors.data(errors));
    }
    if (errors != null && !errors.isEmpty()) {
      table.add(SkillErrors.table(errors, call.printer().width()));
    }
    call.printer().print(new Answer<>(data, table, query.since(), query.until(), reports), format);
  }

  private static void explainErrors(
      Call call, List<EffectivenessReport> reports, @Nullable Map<String, List<ErrorCount>> errors)
      throws IOException {
    boolean hasFailures = reports.stream().anyMatch(report -> report.failureCount() > 0);
    if (errors != null && errors.isEmpty() && hasFailures) {
      call.printer()
          .note(
              "No errors of these failures were kept; the setting errors=class keeps later ones.");
    }
  }

  /** Says why an answer is empty, and on a terminal which days it is about. */
  static void explain(Call call, ReportQuery query, boolean isEmpty, Source source)
      throws IOException {
    String since =
        query.since() == null ? null : query.since().truncatedTo(ChronoUnit.SECONDS).toString();
    if (isEmpty) {
      call.printer()
          .note(
              since == null
                  ? "There are no such uses in " + source.name() + "."
                  : "There are no such uses since " + since + "; --all looks further back.");
    } else if (since != null) {
      call.printer().hint("Uses since " + since + "; --all for every one.");
    }
    String freshness = call.host().isTerminal() ? source.freshness() : null;
    if (freshness != null) {
      call.printer().hint(freshness);
    }
  }

  static <T> String autoSkill(String name, List<Column<T>> columns, List<T> rows) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("count", rows.size());
    document.put(name, rows.stream().map(row -> Column.values(columns, row)).toList());
    return Json.indented(document) + "\n";
  }
}
