package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.privacy.Environment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentDetectionTest {

  /** A mark that is enough to be known as an agent, and its id. */
  private static final String AGENTS =
      """
      AMP_CURRENT_THREAD_ID=T-1                     | amp
      AGENT=amp                                     | amp
      AUGMENT_AGENT=1                               | augment
      CODEX_SANDBOX=seatbelt                        | codex
      CODEX_SANDBOX_NETWORK_DISABLED=1              | codex
      CODEX_CI=1                                    | codex
      CODEX_THREAD_ID=t-1                           | codex
      CRUSH=1                                       | crush
      AGENT=crush                                   | crush
      GOOSE_TERMINAL=1                              | goose
      AGENT=goose                                   | goose
      JUNIE_DATA=/home/jane/.junie                  | junie
      JUNIE_SHIM_PATH=/home/jane/bin/junie          | junie
      KILO_PID=17                                   | kilo-code
      OPENCODE=1                                    | opencode
      KIRO_SESSION_ID=s-1                           | kiro
      KIRO_AGENT_PATH=/home/jane/bin/kiro-cli-chat  | kiro
      PI_CODING_AGENT=true                          | pi
      QWEN_CODE=1                                   | qwen-code
      GEMINI_CLI=1                                  | gemini-cli
      COPILOT_CLI=1                                 | github-copilot
      CLAUDECODE=1                                  | claude-code
      CLAUDE_CODE=1                                 | claude-code
      CLAUDE_CODE_ENTRYPOINT=cli                    | claude-code
      CLAUDE_CODE_SESSION_ID=s-1                    | claude-code
      CLAUDE_CODE_CHILD_SESSION=1                   | claude-code
      ANTIGRAVITY_AGENT=1                           | antigravity
      ANTIGRAVITY_CLI_ALIAS=agy                     | antigravity
      CLINE_ACTIVE=true                             | cline
      COPILOT_AGENT=1                               | github-copilot
      ROO_ACTIVE=true                               | roo-code
      TRAE_AI_SHELL_ID=8                            | trae
      WINDSURF_CASCADE_TERMINAL=1                   | windsurf
      CURSOR_AGENT=1                                | cursor
      CURSOR_EXTENSION_HOST_ROLE=agent-exec         | cursor
      CURSOR_TRACE_ID=t-1                           | cursor
      TERM_PROGRAM=kiro                             | kiro
      REPL_ID=r-1                                   | replit
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = AGENTS)
  void knowsAnAgentByEachOfItsMarks(String environment, String agent) {
    assertEquals(agent, detect(environment));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = AGENTS)
  void anEmptyMarkIsNone(String environment, String agent) {
    assertEquals("unknown", detect(environment.substring(0, environment.indexOf('=') + 1)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = AGENTS)
  void theUsersWordBeatsEveryMark(String environment, String agent) {
    assertEquals("mine", detect("AUTO_SKILL_AGENT=mine " + environment));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = AGENTS)
  void theAgentsOwnWordBeatsEveryMark(String environment, String agent) {
    assertEquals("v0", detect("AI_AGENT=v0 " + environment));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = AGENTS)
  void everyIdIsOneThatAnAgentMayTakeForItself(String environment, String agent) {
    assertEquals(agent, AgentDetection.idOf(agent));
    assertTrue(agent.matches("[a-z0-9._-]{1,64}"), agent);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO_SKILL_AGENT=mine AI_AGENT=claude-code CLAUDECODE=1, mine",
    // Agents of the terminal in an editor's terminal
    "CURSOR_TRACE_ID=t-1 CLAUDECODE=1, claude-code",
    "CURSOR_AGENT=1 CURSOR_TRACE_ID=t-1 CLAUDECODE=1, claude-code",
    "CURSOR_TRACE_ID=t-1 CODEX_THREAD_ID=t-2, codex",
    "CURSOR_TRACE_ID=t-1 GEMINI_CLI=1, gemini-cli",
    "COPILOT_AGENT=1 CLAUDECODE=1, claude-code",
    "TERM_PROGRAM=kiro CLAUDECODE=1, claude-code",
    "REPL_ID=r-1 OPENCODE=1, opencode",
    // An editor's agent in another editor's terminal
    "CURSOR_TRACE_ID=t-1 CLINE_ACTIVE=true, cline",
    "TERM_PROGRAM=kiro ROO_ACTIVE=true, roo-code",
    // Where Claude Code's editor extension marks the terminal
    "CLAUDECODE=1 CODEX_CI=1, codex",
    // Forks that keep a variable of their original
    "OPENCODE=1 KILO_PID=17, kilo-code",
    "GEMINI_CLI=1 QWEN_CODE=1, qwen-code",
  })
  void theInnermostOfSeveralWins(String environment, String agent) {
    assertEquals(agent, detect(environment));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-code, claude-code",
    "claude-code_2-1-263_agent, claude-code",
    "claude, claude-code",
    "Claude_Code, claude-code",
    "cursor-cli, cursor",
    "cursor-agent, cursor",
    "codex, codex",
    "gemini, gemini-cli",
    "github-copilot-cli, github-copilot",
    "github_copilot_vscode_agent, github-copilot",
    // As MCP clients call themselves
    "cursor-vscode, cursor",
    "Visual-Studio-Code, github-copilot",
    "windsurf-client, windsurf",
    "devin@1, devin",
    "custom-agent@2.0, custom-agent",
    "tool/v2.0, tool",
    "'  crush\t', crush",
    "My_Agent.v2, My_Agent.v2",
    "team_2_agent, team_2_agent"
  })
  void anAgentsNameBecomesItsId(String name, String agent) {
    assertEquals(agent, AgentDetection.detect(Environment.of(Map.of("AI_AGENT", name))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "1",
        "true",
        "False",
        "jane@example.com",
        "jane@mail2.example.com",
        "/home/jane/agent",
        "my agent",
        "-",
        "agent\nname",
        "ägent"
      })
  void whatIsNoNameIsPassedOver(String name) {
    assertEquals(
        "claude-code",
        AgentDetection.detect(Environment.of(Map.of("AI_AGENT", name, "CLAUDECODE", "1"))));
    assertEquals("unknown", AgentDetection.detect(Environment.of(Map.of("AI_AGENT", name))));
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertEquals("a".repeat(64), detect("AI_AGENT=" + "a".repeat(64)));
    assertEquals("unknown", detect("AI_AGENT=" + "a".repeat(65)));
  }

  @Test
  void theUsersWordIsTakenAsItIsButTrimmed() {
    Map<String, String> variables = Map.of("AUTO_SKILL_AGENT", " Jane's agent@work ");
    assertEquals("Jane's agent@work", AgentDetection.detect(Environment.of(variables)));
  }

  @Test
  void aBlankWordIsNone() {
    Map<String, String> variables = Map.of("AUTO_SKILL_AGENT", " \t", "GEMINI_CLI", "1");
    assertEquals("gemini-cli", AgentDetection.detect(Environment.of(variables)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH=/bin",
        "AGENT=1",
        "AGENT=smith",
        "TERM_PROGRAM=vscode",
        "CURSOR_EXTENSION_HOST_ROLE=local",
        "CLAUDE_CODE_USE_BEDROCK=1",
        "CODEX_HOME=/home/jane/.codex",
        "COPILOT_MODEL=gpt-5",
        "GOOSE_PROVIDER=openai",
        "OPENCODE_CLIENT=app",
        "AIDER_MODEL=opus"
      })
  void settingsAndOthersVariablesAreNoMarks(String environment) {
    assertEquals("unknown", detect(environment));
  }

  private static String detect(String environment) {
    Map<String, String> variables = new HashMap<>();
    for (String variable : environment.split(" ")) {
      String[] pair = variable.split("=", 2);
      variables.put(pair[0], pair[1]);
    }
    return AgentDetection.detect(Environment.of(variables));
  }
}
