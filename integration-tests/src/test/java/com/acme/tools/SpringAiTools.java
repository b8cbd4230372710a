package com.acme.tools;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import org.springframework.ai.tool.annotation.Tool;

/** Tools as Spring AI knows them. */
public final class SpringAiTools {

  @Tool
  public String greet(String name) {
    return "Hello, " + name;
  }

  @Tool(name = "spring-named")
  public String named() {
    return "named";
  }

  @Tool(name = "spring-fails")
  public String fails() {
    throw new IllegalStateException("as it should");
  }

  @Tool(name = "spring-both")
  @TrackedSkill("spring-tracked")
  public String both() {
    return "both";
  }
}
