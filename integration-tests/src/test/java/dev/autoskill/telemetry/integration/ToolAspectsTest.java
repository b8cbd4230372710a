package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.tools.ToolsProgram;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.SkillsProgram;

/** The tools of LangChain4j, Spring AI and MCP servers, called by those, are skills. */
class ToolAspectsTest {

  private static final String MCP_OUTCOMES = "success success failure";

  private static final Map<String, String> TRACKED =
      Map.of("lc4j-tracked", "success", "spring-tracked", "success");

  private static final Map<String, String> TOOLS =
      Map.ofEntries(
          Map.entry("add", "success"),
          Map.entry("lc4j-named", "success"),
          Map.entry("fails", "failure"),
          Map.entry("lc4j-tracked", "success"),
          Map.entry("greet", "success"),
          Map.entry("spring-named", "success"),
          Map.entry("spring-fails", "failure"),
          Map.entry("spring-tracked", "success"),
          Map.entry("answers", MCP_OUTCOMES),
          Map.entry("mcp-mono", MCP_OUTCOMES),
          Map.entry("mcp-future", MCP_OUTCOMES),
          Map.entry("mcp-of-spring", MCP_OUTCOMES));

  @TempDir static Path shared;
  private static Result unwoven;

  @TempDir Path directory;
  private LibraryProgram program;

  @BeforeAll
  static void runUnwoven() {
    unwoven = LibraryProgram.ofPackage(ToolsProgram.class, shared).run(Weaving.NONE);
    assertEquals(0, unwoven.exitCode(), unwoven.err());
  }

  @BeforeEach
  void makeProgram() {
    program =
        LibraryProgram.ofPackage(ToolsProgram.class, directory)
            .withAopXml(
                "<aspectj><weaver><include within=\"com.acme.tools..*\"/></weaver></aspectj>");
  }

  @Test
  void areTrackedWhereTheyAreWovenWhileLoading() {
    assertEquals(unwoven, program.run(Weaving.LOAD_TIME));

    assertEquals(new TreeMap<>(TOOLS), program.outcomes(Weaving.LOAD_TIME));
  }

  /** Methods that are skills without a line of Java. */
  @Test
  void soAreThoseThatAPointcutInAnAopXmlPicksOut() {
    program.withAopXml(documented(1));

    assertEquals(unwoven, program.run(Weaving.LOAD_TIME));

    Map<String, String> expected = new TreeMap<>(TOOLS);
    expected.put("LangChain4jTools.noTool", "success");
    expected.put("McpTools.toolsHaveChanged", "success");
    expected.put("ToolsProgram.main", "success");
    assertEquals(expected, program.outcomes(Weaving.LOAD_TIME));
  }

  /** Such a pointcut also matches the calls, which are in classes that are woven as well. */
  @Test
  void aPointcutThatNamesNothingButAnAnnotationCountsEachUseOnce() {
    program.withAopXml(
        documented(1)
            .replace(
                "execution(public * com.acme.tools..*(..))",
                "@annotation(org.springaicommunity.mcp.annotation.McpTool)"));

    assertEquals(unwoven, program.run(Weaving.LOAD_TIME));

    assertEquals(new TreeMap<>(TOOLS), program.outcomes(Weaving.LOAD_TIME));
  }

  /** The weaver takes all aspects of the libraries that it is given. */
  @Test
  void areTrackedWhereTheyAreWovenBeforehand() {
    assertEquals(unwoven, program.run(Weaving.COMPILE_TIME));

    assertEquals(new TreeMap<>(TOOLS), program.outcomes(Weaving.COMPILE_TIME));
  }

  @Test
  void areNotTrackedWhereTheUsersAopXmlExcludesTheirAspects() {
    program.withAopXml(documented(0));

    assertEquals(unwoven, program.run(Weaving.LOAD_TIME));

    assertEquals(TRACKED, program.outcomes(Weaving.LOAD_TIME));
  }

  @Test
  void aFrameworkThatIsMissingIsNoReasonToComplain() {
    LibraryProgram other =
        LibraryProgram.ofPackage(SkillsProgram.class, directory.resolve("other"))
            .withAopXml(documented(0).replace("com.acme.tools..*", "skills..*"))
            .without("langchain4j", "spring-ai", "mcp-");

    assertEquals(other.run(Weaving.NONE), other.run(Weaving.LOAD_TIME));

    assertEquals("success", other.outcomes(Weaving.LOAD_TIME).get("returns"));
  }

  /** An example of docs/aspects.md. */
  private static String documented(int index) {
    return DocumentationTest.fences("docs/aspects.md", "xml").get(index);
  }
}
