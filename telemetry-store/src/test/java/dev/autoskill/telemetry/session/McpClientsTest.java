package dev.autoskill.telemetry.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpClientsTest {

  @ParameterizedTest
  @CsvSource({
    "claude-code, claude-code",
    "Claude Code, claude-code",
    "claude-code (via mcp-remote 0.1.37), claude-code",
    "claude-ai, claude-ai",
    "cursor-vscode, cursor",
    "codex-mcp-client, codex",
    "Codex, codex",
    "gemini-cli-mcp-client, gemini-cli",
    "gemini-cli-mcp-client-my-server, gemini-cli",
    "Visual Studio Code, github-copilot",
    "Visual Studio Code - Insiders, github-copilot",
    "github-copilot-developer, github-copilot",
    "windsurf-client, windsurf",
    "antigravity-client, antigravity",
    "amp-mcp-client, amp",
    "Cline, cline",
    "Roo Code, roo-code",
    "Kilo-Code, kilo-code",
    "opencode, opencode",
    "spring-ai-mcp-client - server1, spring-ai",
    "Zed, Zed",
    "Postman-Client, Postman-Client",
    "' my client/2.0 ', my-client",
  })
  void aClientsNameBecomesTheIdOfItsAgent(String name, String agent) {
    assertEquals(agent, McpClients.agentOf(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "jane@example.com", "/home/jane/client", "-mcp-client", "(x)"})
  void aNameThatCannotBeAnIdIsNone(String name) {
    assertNull(McpClients.agentOf(name));
  }

  @Test
  void aNameWithoutEndTakesNoStack() {
    assertNull(McpClients.agentOf("client_1" + "-1".repeat(1_000_000)));
  }
}
