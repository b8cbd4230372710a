package programs;

import dev.autoskill.telemetry.Telemetry;

/** Asks for a report, for which the database is opened, and ends. */
public final class Reporting {

  private Reporting() {}

  /**
   * Fails if there is nothing to report.
   *
   * @param arguments are not used
   */
  public static void main(String[] arguments) {
    int skills = Telemetry.collector().getEffectivenessReport().size();
    System.out.println(skills);
    System.exit(skills == 0 ? 1 : 0);
  }
}
