package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.report.ReportQuery;
import picocli.CommandLine.ParseResult;

/**
 * A command with its arguments.
 *
 * @param host what surrounds it
 * @param arguments its options and parameters
 * @param printer writes its answers
 */
record Call(Host host, ParseResult arguments, Printer printer) {

  Call(Host host, ParseResult arguments) {
    this(host, arguments, new Printer(host, arguments));
  }

  Data open() {
    return Data.open(host, Options.find(arguments, Options.DB));
  }

  ReportQuery query() {
    return Options.query(arguments, host.clock());
  }

  boolean has(String option) {
    return Options.has(arguments, option);
  }

  /** A parameter that the command line has, or it would have been refused. */
  String parameter(int index) {
    return arguments.matchedPositionalValue(index, "");
  }
}
