package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Runs the skills on a directory, then prints how effective each of them has been so far. */
public final class Main {

  private static final int USAGE_ERROR = 2;

  private Main() {}

  /**
   * Runs the program.
   *
   * @param args see {@link Arguments#USAGE}
   */
  public static void main(String[] args) {
    Arguments arguments;
    try {
      arguments = Arguments.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("repo-skills: " + OneLine.of(e.getMessage()));
      System.err.println(Arguments.USAGE);
      System.exit(USAGE_ERROR);
      return;
    }
    if (arguments.help()) {
      System.out.println(Arguments.USAGE);
      return;
    }
    try {
      run(arguments);
    } catch (IOException e) {
      System.err.println("repo-skills: " + OneLine.of(e.toString()));
      System.exit(1);
    }
  }

  private static void run(Arguments arguments) throws IOException {
    // With --json nothing but the document may stand on stdout.
    PrintStream notes = arguments.json() ? System.err : System.out;
    RecordingNotice.beforeSkills().ifPresent(notes::println);

    SourceTree tree = SourceTree.of(arguments.directory());
    new RepoSkills(tree).run().printTo(notes, tree);

    RecordingNotice.afterSkills(Telemetry.collector()).ifPresent(System.err::println);
    List<EffectivenessReport> reports = Telemetry.collector().getEffectivenessReport();
    System.out.print(arguments.json() ? ReportJson.of(reports) : ReportTable.of(reports));
  }
}
