package dev.autoskill.telemetry.benchmarks.document;

import dev.autoskill.telemetry.TelemetryCollector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/** On what the figures were measured. Says nothing of whose machine it is, or of its folders. */
public final class Machine {

  private static final String UNKNOWN = "unknown";

  private Machine() {}

  /**
   * Describes the machine, and how busy it is now.
   *
   * @return a table, for the document
   */
  public static Table table() {
    return new Table(
        List.of("measured on", ""),
        List.of(
            List.of("date", LocalDate.now(ZoneOffset.UTC).toString()),
            List.of("processor", processor()),
            List.of("cores", Integer.toString(Runtime.getRuntime().availableProcessors())),
            List.of("memory", memory()),
            List.of("load average before the run", load()),
            List.of("operating system", operatingSystem()),
            List.of("kernel", property("os.name") + " " + property("os.version")),
            List.of("architecture", property("os.arch")),
            List.of("JDK", property("java.vm.name") + " " + property("java.runtime.version")),
            List.of("library", library()),
            List.of("sqlite-jdbc", SQLiteJDBCLoader.getVersion())));
  }

  private static String property(String name) {
    return System.getProperty(name, UNKNOWN);
  }

  private static String library() {
    String version = TelemetryCollector.class.getPackage().getImplementationVersion();
    return version == null ? UNKNOWN : version;
  }

  private static String memory() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      double gigabytes = system.getTotalMemorySize() / (double) (1L << 30);
      return String.format(Locale.ROOT, "%.0f GiB", gigabytes);
    }
    return UNKNOWN;
  }

  /** The load by others: above the number of cores, all figures are too high. */
  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? UNKNOWN : String.format(Locale.ROOT, "%.1f", load);
  }

  private static String processor() {
    return value(Path.of("/proc/cpuinfo"), "model name", ":");
  }

  private static String operatingSystem() {
    String name = value(Path.of("/etc/os-release"), "PRETTY_NAME", "=").replace("\"", "");
    return name.equals(UNKNOWN) ? property("os.name") : name;
  }

  /** Looks up a name in a file that only Linux has. */
  private static String value(Path file, String name, String separator) {
    if (!Files.isReadable(file)) {
      return UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name) && line.contains(separator))
          .map(line -> line.substring(line.indexOf(separator) + separator.length()).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
