package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Answer;
import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.cli.output.Markup;
import dev.autoskill.telemetry.cli.statistics.Regression;
import dev.autoskill.telemetry.cli.statistics.Regressions;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says which skills became worse, so that a build can fail on it. */
final class GateCommand implements Command {

  private static final String BASELINE = "--baseline";
  private static final String MIN_USES = "--min-uses";
  private static final String RATE_DROP = "--rate-drop";
  private static final String P95_RISE = "--p95-rise";
  private static final String SLOWDOWN = "--slowdown";
  private static final String LEVEL = "--level";
  private static final String SUMMARY = "GITHUB_STEP_SUMMARY";
  private static final Format[] FORMATS = {
    Format.TABLE, Format.JSON, Format.JSONL, Format.CSV, Format.MD, Format.JUNIT
  };

  @Override
  public String summary() {
    return "which skills became worse than before; exits with 1 if one did, with 4 if none can tell";
  }

  @Override
  public void declare(Syntax syntax) {
    Options.addWhose(syntax);
    syntax.add(
        Options.text(Options.SINCE, "WHEN", "what is judged: uses from then on; 7d unless said"));
    Options.addUntil(syntax);
    syntax
        .add(
            Options.text(BASELINE, "TIME", "how much time before is the baseline; 28d unless said"))
        .add(
            Options.text(
                MIN_USES, "N", "attempts that a skill needs in each window; 20 unless said"))
        .add(
            Options.text(
                RATE_DROP, "SHARE", "drop of the success rate that matters; 0.05 unless said"))
        .add(
            Options.text(
                P95_RISE, "SHARE", "rise of the p95, of itself, that matters; 0.2 unless said"))
        .add(
            Options.text(
                SLOWDOWN, "MS", "milliseconds that the p95 rises by besides; 10 unless said"))
        .add(
            Options.text(
                LEVEL, "P", "probability of a false alarm, of all skills; 0.05 unless said"));
    Options.addSource(syntax);
    Options.addOutput(syntax, FORMATS);
  }

  @Override
  public int run(Call call) throws IOException {
    Format format = call.printer().format(FORMATS);
    Regressions gate = gate(call);
    Instant until = Options.until(call.arguments(), new Moments(call.host().clock()));
    ReportQuery judged = Options.window(Options.whose(call.arguments()), gate.since(), until);
    List<GateRow> rows;
    boolean isComplete;
    try (Source source = call.source()) {
      rows = rows(gate, judged, source);
      source.check(call.printer());
      isComplete = source.isComplete();
    }
    Answer<GateRow> answer = new Answer<>(GateRow.DATA, GateRow.TABLE, gate.since(), until, rows);
    boolean isWorse = rows.stream().anyMatch(row -> row.verdict() == GateRow.Verdict.WORSE);
    boolean isTested = rows.stream().anyMatch(row -> row.verdict() != GateRow.Verdict.TOO_FEW_USES);
    String verdict = verdict(rows, isTested);
    switch (format) {
      case JUNIT -> call.printer().write(GateRow.junit(rows, call.host().clock().instant()));
      case MD -> call.printer().write(markdown(verdict, answer));
      default -> call.printer().print(answer, format);
    }
    summarise(call, markdown(verdict, answer));
    call.printer().note(verdict);
    if (!isComplete && !isWorse) {
      throw Failure.unreadable("the gate cannot open, since the data are incomplete");
    }
    return isWorse ? Exit.NO : isTested ? Exit.OK : Exit.INCONCLUSIVE;
  }

  private static Regressions gate(Call call) {
    Moments moments = new Moments(call.host().clock());
    Regressions usual =
        Regressions.since(
            moments.since(Options.SINCE, Options.get(call.arguments(), Options.SINCE, "7d")));
    try {
      return usual
          .baseline(Moments.length(BASELINE, Options.get(call.arguments(), BASELINE, "28d")))
          .minimumUses(
              Options.number(call.arguments(), MIN_USES, Math.toIntExact(usual.minimumUses())))
          .minimumRateDrop(Options.fraction(call.arguments(), RATE_DROP, usual.minimumRateDrop()))
          .minimumP95Rise(Options.fraction(call.arguments(), P95_RISE, usual.minimumP95Rise()))
          .minimumSlowdown(
              Duration.ofMillis(
                  (long)
                      Options.fraction(
                          call.arguments(), SLOWDOWN, usual.minimumSlowdown().toMillis())))
          .level(Options.fraction(call.arguments(), LEVEL, usual.level()));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(e.getMessage());
    }
  }

  private static List<GateRow> rows(Regressions gate, ReportQuery judged, Source source) {
    Map<String, EffectivenessReport> before =
        byName(source, judged.since(gate.baselineStart()).until(gate.since()));
    Map<String, EffectivenessReport> after = byName(source, judged);
    List<GateRow> rows = new ArrayList<>();
    Set<String> worse = new HashSet<>();
    for (Regression regression : gate.among(source.windows(gate.baselineStart(), judged))) {
      String skill = regression.skillName();
      rows.add(GateRow.worse(regression, before.get(skill), after.get(skill)));
      worse.add(skill);
    }
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    all.removeAll(worse);
    all.forEach(skill -> rows.add(GateRow.other(skill, before.get(skill), after.get(skill), gate)));
    return rows;
  }

  private static Map<String, EffectivenessReport> byName(Source source, ReportQuery query) {
    return source.effectiveness(query).stream()
        .collect(
            Collectors.toMap(
                EffectivenessReport::skillName, report -> report, (a, b) -> a, TreeMap::new));
  }

  private static String verdict(List<GateRow> rows, boolean isTested) {
    List<String> worse =
        rows.stream()
            .filter(row -> row.verdict() == GateRow.Verdict.WORSE)
            .map(GateRow::skillName)
            .distinct()
            .toList();
    if (!worse.isEmpty()) {
      return "Worse than before: " + String.join(", ", worse) + ".";
    }
    return isTested ? "No skill became worse." : "No skill has enough uses in both windows to say.";
  }

  private static String markdown(String verdict, Answer<GateRow> answer) {
    return "## Skill telemetry gate\n\n" + Markup.markdown(verdict) + "\n\n" + answer.markdown();
  }

  /** GitHub shows this file beside the job. */
  private static void summarise(Call call, String markdown) throws IOException {
    String file = call.host().environment().get(SUMMARY);
    if (file == null || file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(
          Path.of(file), markdown, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException | InvalidPathException e) {
      call.printer().warn("the file that " + SUMMARY + " names cannot be written");
    }
  }
}
