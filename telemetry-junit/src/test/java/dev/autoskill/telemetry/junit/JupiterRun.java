package dev.autoskill.telemetry.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes by JUnit, within a test. */
final class JupiterRun implements TestExecutionListener {

  static final Map<String, String> ALONE = Map.of();

  /** As many at a time as there are tests that wait for each other. */
  static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled",
          "true",
          "junit.jupiter.execution.parallel.mode.default",
          "concurrent",
          "junit.jupiter.execution.parallel.config.strategy",
          "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism",
          "8");

  private final Map<String, TestExecutionResult> results = new TreeMap<>();

  private JupiterRun() {}

  static JupiterRun of(Map<String, String> settings, Class<?>... tests) {
    JupiterRun run = new JupiterRun();
    LauncherFactory.create()
        .execute(
            request()
                .selectors(List.of(tests).stream().map(type -> selectClass(type)).toList())
                .configurationParameters(settings)
                .build(),
            run);
    return run;
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    // Containers fail, too.
    if (test.isTest() || result.getThrowable().isPresent()) {
      results.put(test.getDisplayName() + " " + test.getUniqueId(), result);
    }
  }

  /** The number of tests that have succeeded. */
  long succeeded() {
    return results.values().stream().filter(result -> result.getThrowable().isEmpty()).count();
  }

  /** The exceptions that tests threw. */
  List<Throwable> thrown() {
    List<Throwable> thrown = new ArrayList<>();
    results.values().forEach(result -> result.getThrowable().ifPresent(thrown::add));
    return thrown;
  }

  /** Succeeds if so many tests have succeeded, and none has failed. */
  void succeeded(int expected) {
    AssertionError failed = new AssertionError(succeeded() + " of " + expected + " succeeded");
    thrown().forEach(failed::addSuppressed);
    if (succeeded() != expected || !thrown().isEmpty()) {
      throw failed;
    }
  }
}
