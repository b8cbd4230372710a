package dev.autoskill.telemetry.benchmarks.processes;

import dev.autoskill.telemetry.benchmarks.document.Table;
import dev.autoskill.telemetry.benchmarks.measuring.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import programs.Hello;

/** How many classes a program loads that uses one skill and ends. */
final class LoadedClasses {

  private static final String LOADED = " source: ";
  private static final String FROM_ARCHIVE = "source: shared objects file";

  private final Path folder;

  LoadedClasses(Path folder) {
    this.folder = folder;
  }

  Table table() throws IOException, InterruptedException {
    Programs hello = new Programs(Hello.class, folder.resolve("hello"));
    hello.agent().run(folder.resolve("to-fill-the-cache"));
    Map<String, Child> ways = new LinkedHashMap<>();
    ways.put(StartUp.PLAIN, hello.plain());
    ways.put(StartUp.COMPILE_TIME, hello.compileTime());
    ways.put(StartUp.WARM, hello.agent());
    ways.put(StartUp.STOCK, hello.stockWeaver());
    ways.put(StartUp.OPTED_OUT, hello.optedOut());
    List<List<String>> rows = new ArrayList<>();
    long plain = 0;
    for (Map.Entry<String, Child> way : ways.entrySet()) {
      Path run = folder.resolve("run-" + rows.size());
      Path log = run.resolve("classes.log");
      way.getValue().with("-Xlog:class+load:file=" + log).run(run);
      long all = count(log, LOADED);
      plain = rows.isEmpty() ? all : plain;
      rows.add(
          List.of(
              way.getKey(),
              Figures.whole(all),
              Figures.whole(count(log, FROM_ARCHIVE)),
              Figures.whole(all - plain)));
    }
    return new Table(
        List.of("classes loaded until the end", "all", "from the JDK's archive", "added"), rows);
  }

  private static long count(Path log, String text) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }
}
