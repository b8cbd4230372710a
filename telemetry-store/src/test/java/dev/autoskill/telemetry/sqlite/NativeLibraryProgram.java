package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.ClassLoadersProgram;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.SkillUse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/**
 * Records and asks for reports, and then ends as if it were killed: nothing is cleaned up.
 *
 * <p>Arguments: the database; then what to do, in order.
 */
public final class NativeLibraryProgram {

  private NativeLibraryProgram() {}

  public static void main(String[] arguments) throws Exception {
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "report" -> report(arguments[0]);
        case "report of another class loader" -> reportOfAnotherClassLoader(arguments[0]);
        case "use the driver" -> useDriver();
        default -> throw new IllegalArgumentException(arguments[i]);
      }
    }
    System.out.print("path=" + System.getProperty("org.sqlite.lib.path"));
    System.out.println(" name=" + System.getProperty("org.sqlite.lib.name"));
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  /** Public for the other class loader. */
  public static void report(String database) {
    try (TelemetryCollector telemetry = TelemetryCollector.open(Path.of(database))) {
      telemetry.recordEvent(SkillUse.of("review"));
      System.out.println("skills: " + telemetry.getEffectivenessReport().size());
    }
  }

  private static void useDriver() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      System.out.println("driver: " + connection.isValid(1));
    }
  }

  private static void reportOfAnotherClassLoader(String database) throws Exception {
    Class<?> program = ClassLoadersProgram.loader().loadClass(NativeLibraryProgram.class.getName());
    program.getMethod("report", String.class).invoke(null, database);
  }
}
