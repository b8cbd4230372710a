package skills.traced;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.annotations.TrackedSkill;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Duration;

/** Uses a skill in a span, and makes another span within the skill. */
public final class TracedProgram {

  private static final Tracer TRACER = GlobalOpenTelemetry.getTracer("program");

  private TracedProgram() {}

  public static void main(String[] args) {
    Span request = TRACER.spanBuilder("request").startSpan();
    Scope scope = request.makeCurrent();
    try {
      greet();
    } catch (IllegalStateException expected) {
      // As it has to be.
    }
    TRACER.spanBuilder("after").startSpan().end();
    scope.close();
    request.end();
    // The first use waits until registered mappers are looked for, and so may outlast the program.
    Telemetry.collector().flush(Duration.ofSeconds(30));
  }

  @TrackedSkill("greet")
  private static void greet() {
    TRACER.spanBuilder("within").startSpan().end();
    throw new IllegalStateException();
  }
}
