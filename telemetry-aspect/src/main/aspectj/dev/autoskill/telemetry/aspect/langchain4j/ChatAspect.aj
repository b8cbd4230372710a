package dev.autoskill.telemetry.aspect.langchain4j;

import dev.autoskill.telemetry.aspect.SkillAspect;
import dev.autoskill.telemetry.event.SkillContext;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Tells the aspects that record for which chat LangChain4j calls. A woven method whose first or
 * last parameter is the chat's memory id or the invocation's context runs in a session that stands
 * for the chat, and so do the skills that it uses.
 */
public final aspect ChatAspect {

  /** Other aspects see the call in the session of the chat. */
  declare precedence: ChatAspect, SkillAspect+;

  /** Wildcards, since the weaver complains about types that are not there. */
  private pointcut toldFirst():
    execution(* *(@(dev.langchain4j.agent.*.ToolMemoryId) (*), ..))
    || execution(* *(dev.langchain4j..InvocationContext, ..));

  private pointcut toldLast():
    execution(* *(*, .., @(dev.langchain4j.agent.*.ToolMemoryId) (*)))
    || execution(* *(*, .., dev.langchain4j..InvocationContext));

  private pointcut inLangChain4j(): within(dev.langchain4j..*);

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object caller) : toldFirst() && !inLangChain4j() && args(caller, ..) {
    SkillContext.Scope chat = Chats.enter(caller);
    try {
      return proceed(caller);
    } finally {
      chat.close();
    }
  }

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object caller) : toldLast() && !inLangChain4j() && args(.., caller) {
    SkillContext.Scope chat = Chats.enter(caller);
    try {
      return proceed(caller);
    } finally {
      chat.close();
    }
  }
}
