package dev.autoskill.telemetry.aspect.mcp;

import dev.autoskill.telemetry.aspect.SkillAspect;
import dev.autoskill.telemetry.event.SkillContext;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Tells the aspects that record which client calls. A woven method whose first parameter is the
 * SDK's exchange runs in the context of that client, and so do the skills that it uses.
 */
public final aspect ClientAspect {

  /** Other aspects see the call in the context of the client. */
  declare precedence: ClientAspect, SkillAspect+;

  /** Wildcards, since the weaver complains about types that are not there. */
  private pointcut ofClient():
    execution(* *(io.modelcontextprotocol..Mcp*ServerExchange, ..))
    && !within(io.modelcontextprotocol..*);

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object exchange) : ofClient() && args(exchange, ..) {
    SkillContext.Scope client = ClientCalls.enter(exchange);
    try {
      return proceed(exchange);
    } finally {
      client.close();
    }
  }
}
