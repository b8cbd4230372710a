package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Format;
import dev.autoskill.telemetry.report.ReportQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The options that commands share. */
final class Options {

  static final String SKILL = "--skill";
  static final String AGENT = "--agent";
  static final String SESSION = "--session";
  static final String SINCE = "--since";
  static final String UNTIL = "--until";
  static final String ALL = "--all";
  static final String DB = "--db";
  static final String JSON = "--json";
  static final String FORMAT = "--format";
  static final String COLOR = "--color";

  /** How far back a command looks unless told. */
  static final int DAYS = 28;

  private Options() {}

  /** Which uses: of which skill, agent, session and time. */
  static void addUses(CommandSpec spec) {
    spec.addOption(text(SKILL, "NAME", "only this skill"))
        .addOption(text(AGENT, "ID", "only what ran for this agent"))
        .addOption(text(SESSION, "ID", "only this session"));
    addWindow(spec);
  }

  static void addWindow(CommandSpec spec) {
    spec.addOption(
            text(SINCE, "WHEN", "from when on: " + Moments.FORMS + "; " + DAYS + "d unless said"))
        .addOption(text(UNTIL, "WHEN", "until when; a date includes its day"))
        .addOption(flag(ALL, "from the beginning"));
  }

  static void addDatabase(CommandSpec spec) {
    spec.addOption(text(DB, "FILE", "the database, instead of the user's own"));
  }

  /** How the answer is written. */
  static void addOutput(CommandSpec spec, Format... formats) {
    String words = Arrays.stream(formats).map(Options::word).collect(Collectors.joining(", "));
    spec.addOption(flag(JSON, "the same as --format json"))
        .addOption(text(FORMAT, "FORMAT", words + "; table unless said"))
        .addOption(
            text(COLOR, "WHEN", "auto, always or never; auto heeds NO_COLOR and FORCE_COLOR"));
  }

  /** A parameter that the command cannot do without. */
  static void addParameter(CommandSpec spec, String label, String description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(String.valueOf(spec.positionalParameters().size()))
            .arity("1")
            .required(true)
            .type(String.class)
            .paramLabel(label)
            .description(escaped(description))
            .build());
  }

  static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(escaped(description))
        .build();
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  /** The help's texts are format strings. */
  private static String escaped(String description) {
    return description.replace("%", "%%");
  }

  static boolean has(ParseResult arguments, String option) {
    return arguments.commandSpec().findOption(option) != null && arguments.hasMatchedOption(option);
  }

  static @Nullable String find(ParseResult arguments, String option) {
    return has(arguments, option) ? arguments.matchedOptionValue(option, "") : null;
  }

  static String get(ParseResult arguments, String option, String otherwise) {
    String value = find(arguments, option);
    return value == null ? otherwise : value;
  }

  static int number(ParseResult arguments, String option, int otherwise) {
    String text = find(arguments, option);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // It is refused below.
    }
    throw Failure.usage(option + " must be a whole number of at least 1: " + text);
  }

  static double fraction(ParseResult arguments, String option, double otherwise) {
    String text = find(arguments, option);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Failure.usage(option + " must be a number: " + text);
    }
  }

  /** The query that the options of {@link #addUses} make. */
  static ReportQuery query(ParseResult arguments, Clock clock) {
    return query(arguments, clock, DAYS);
  }

  /** The same, reaching back by some days unless told; 0: from the beginning. */
  static ReportQuery query(ParseResult arguments, Clock clock, int days) {
    Moments moments = new Moments(clock);
    ReportQuery query = ReportQuery.ALL;
    String skill = find(arguments, SKILL);
    query = skill == null ? query : query.skill(skill);
    String agent = find(arguments, AGENT);
    query = agent == null ? query : query.agent(agent);
    String session = find(arguments, SESSION);
    query = session == null ? query : query.session(session);
    String since = find(arguments, SINCE);
    if (has(arguments, ALL) && since != null) {
      throw Failure.usage(ALL + " and " + SINCE + " exclude each other");
    }
    boolean isUnlimited = has(arguments, ALL) || days == 0;
    Instant start =
        since != null ? moments.since(SINCE, since) : isUnlimited ? null : moments.daysAgo(days);
    String until = find(arguments, UNTIL);
    Instant end = until == null ? null : moments.until(UNTIL, until);
    boolean isImplied = since == null && start != null && end != null;
    if (isImplied && !start.isBefore(end)) {
      start = end.minus(Duration.ofDays(days));
    }
    return window(query, start, end);
  }

  /** A query with another window, which may be open at both ends. */
  static ReportQuery window(ReportQuery query, @Nullable Instant since, @Nullable Instant until) {
    if (since != null && until != null && !since.isBefore(until)) {
      throw Failure.usage("a window must begin before it ends: %s, %s".formatted(since, until));
    }
    return new ReportQuery(
        query.skill(),
        query.id(),
        query.agent(),
        query.session(),
        since,
        until,
        query.minimumUses(),
        query.order(),
        query.limit(),
        query.sessions());
  }

  /** The constant that a word on the command line means. */
  static <E extends Enum<E>> E constant(String option, String text, List<E> allowed) {
    for (E value : allowed) {
      if (word(value).equals(text)) {
        return value;
      }
    }
    String words = allowed.stream().map(Options::word).collect(Collectors.joining(", "));
    throw Failure.usage("%s must be one of %s: %s".formatted(option, words, text));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
