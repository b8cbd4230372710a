package com.acme.tools;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.langchain4j.agent.tool.Tool;

/** Tools as LangChain4j knows them. */
public final class LangChain4jTools {

  @Tool("Adds two numbers")
  public int add(int first, int second) {
    return first + second;
  }

  @Tool(name = "lc4j-named")
  String named() {
    return "named";
  }

  @Tool
  public String fails() {
    throw new IllegalStateException("as it should");
  }

  @Tool(name = "lc4j-both")
  @TrackedSkill("lc4j-tracked")
  public String both() {
    return "both";
  }

  @Tool(name = "lc4j-ignored")
  @TrackedSkill(ignore = true)
  public String ignored() {
    return "ignored";
  }

  public String noTool() {
    return "no tool";
  }
}
