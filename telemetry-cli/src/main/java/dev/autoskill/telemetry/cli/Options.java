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
  static void addUses(Syntax syntax) {
    addWhose(syntax);
    addWindow(syntax);
  }

  static void addWhose(Syntax syntax) {
    syntax
        .add(text(SKILL, "NAME", "only this skill"))
        .add(text(AGENT, "ID", "only what ran for this agent"))
        .add(text(SESSION, "ID", "only this session"));
  }

  static void addWindow(Syntax syntax) {
    syntax.add(
        text(SINCE, "WHEN", "from when on: " + Moments.FORMS + "; " + DAYS + "d unless said"));
    addUntil(syntax);
    syntax.add(flag(ALL, "from the beginning"));
  }

  static void addUntil(Syntax syntax) {
    syntax.add(text(UNTIL, "WHEN", "until when; a date includes its day"));
  }

  static void addDatabase(Syntax syntax) {
    syntax.add(text(DB, "FILE", "the database, instead of the user's own"));
  }

  /** For commands that a server answers, too. */
  static void addSource(Syntax syntax) {
    syntax.add(
        text(
            DB,
            "FILE",
            "the database, instead of the user's own, or jdbc:postgresql://host/database"));
  }

  /** How the answer is written. */
  static void addOutput(Syntax syntax, Format... formats) {
    String words = Arrays.stream(formats).map(Options::word).collect(Collectors.joining(", "));
    syntax
        .add(flag(JSON, "the same as --format json"))
        .add(text(FORMAT, "FORMAT", words + "; table unless said"))
        .add(text(COLOR, "WHEN", "auto, always or never; auto heeds NO_COLOR and FORCE_COLOR"));
  }

  /** A parameter that the command cannot do without. */
  static void addParameter(Syntax syntax, String name, String description) {
    syntax.add(new Syntax.Parameter(name, true, description));
  }

  static Syntax.Option text(String name, String value, String description) {
    return new Syntax.Option(name, value, description);
  }

  static Syntax.Option flag(String name, String description) {
    return new Syntax.Option(name, null, description);
  }

  static String get(Arguments arguments, String option, String otherwise) {
    String value = arguments.find(option);
    return value == null ? otherwise : value;
  }

  static int number(Arguments arguments, String option, int otherwise) {
    String text = arguments.find(option);
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

  static double fraction(Arguments arguments, String option, double otherwise) {
    String text = arguments.find(option);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Failure.usage(option + " must be a number: " + text);
    }
  }

  /** The query that the options of {@link #addUses} make. */
  static ReportQuery query(Arguments arguments, Clock clock) {
    return query(arguments, clock, DAYS);
  }

  /** The same, reaching back by some days unless told; 0: from the beginning. */
  static ReportQuery query(Arguments arguments, Clock clock, int days) {
    Moments moments = new Moments(clock);
    String since = arguments.find(SINCE);
    if (arguments.has(ALL) && since != null) {
      throw Failure.usage(ALL + " and " + SINCE + " exclude each other");
    }
    boolean isUnlimited = arguments.has(ALL) || days == 0;
    Instant start =
        since != null ? moments.since(SINCE, since) : isUnlimited ? null : moments.daysAgo(days);
    Instant end = until(arguments, moments);
    boolean isImplied = since == null && start != null && end != null;
    if (isImplied && !start.isBefore(end)) {
      start = end.minus(Duration.ofDays(days));
    }
    return window(whose(arguments), start, end);
  }

  /** The query that the options of {@link #addWhose} make, of all time. */
  static ReportQuery whose(Arguments arguments) {
    ReportQuery query = ReportQuery.ALL;
    String skill = arguments.find(SKILL);
    query = skill == null ? query : query.skill(skill);
    String agent = arguments.find(AGENT);
    query = agent == null ? query : query.agent(agent);
    String session = arguments.find(SESSION);
    return session == null ? query : query.session(session);
  }

  static @Nullable Instant until(Arguments arguments, Moments moments) {
    String until = arguments.find(UNTIL);
    return until == null ? null : moments.until(UNTIL, until);
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
