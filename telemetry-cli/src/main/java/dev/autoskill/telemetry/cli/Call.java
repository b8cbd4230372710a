package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.report.ReportQuery;

/**
 * A command with its arguments.
 *
 * @param host what surrounds it
 * @param arguments its options and parameters
 * @param printer writes its answers
 */
record Call(Host host, Arguments arguments, Printer printer) {

  Call(Host host, Arguments arguments) {
    this(host, arguments, new Printer(host, arguments));
  }

  /** The local database. */
  Data open() {
    return Data.open(host, arguments.find(Options.DB));
  }

  /** The uses that the option {@code --db} names, on this machine or on a server. */
  Source source() {
    String database = arguments.find(Options.DB);
    return Source.isServer(database) ? Server.open(host, database) : open();
  }

  ReportQuery query() {
    return Options.query(arguments, host.clock());
  }

  boolean has(String option) {
    return arguments.has(option);
  }

  /** A parameter; empty if it is one that may be left out, and was. */
  String parameter(int index) {
    return arguments.parameter(index);
  }
}
