package skills.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a class of tests, eight at a time, by JUnit's launcher. */
public final class RunTests {

  public static void main(String[] args) throws Exception {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    String parallel = "junit.jupiter.execution.parallel.";
    LauncherFactory.create()
        .execute(
            request()
                .selectors(selectClass(Class.forName(args[0])))
                .configurationParameter(parallel + "enabled", "true")
                // Where there are two, JUnit says on stderr that one may be chosen.
                .configurationParameter(parallel + "config.executor-service", "WORKER_THREAD_POOL")
                .configurationParameter(parallel + "config.strategy", "fixed")
                .configurationParameter(parallel + "config.fixed.parallelism", "8")
                .build(),
            listener);
    listener.getSummary().printFailuresTo(new PrintWriter(System.err, true));
    System.out.println(
        "%d succeeded, %d failed, %d aborted"
            .formatted(
                listener.getSummary().getTestsSucceededCount(),
                listener.getSummary().getTotalFailureCount(),
                listener.getSummary().getTestsAbortedCount()));
  }
}
