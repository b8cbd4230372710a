package dev.autoskill.telemetry.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {

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
    assertEquals(agent, Clients.agentOf(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "jane@example.com", "/home/jane/client", "-mcp-client", "(x)"})
  void aNameThatCannotBeAnIdIsNone(String name) {
    assertNull(Clients.agentOf(name));
  }

  @Test
  void aNameWithoutEndTakesNoStack() {
    assertNull(Clients.agentOf("client_1" + "-1".repeat(1_000_000)));
  }

  @Test
  void aSessionIsTheSameIdAsLongAsTheProcessLivesAndDoesNotShow() {
    String session = Clients.sessionOf("jane@example.com");

    assertEquals(session, Clients.sessionOf("jane@example.com"));
    assertNotEquals(session, Clients.sessionOf("joe@example.com"));
    assertTrue(session.matches("[0-9a-f]{32}"), session);
  }

  @Test
  void nobodyElseCanComputeTheIdOfASession() throws NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest("s-1".getBytes(UTF_8));

    assertFalse(HexFormat.of().formatHex(hash).startsWith(Clients.sessionOf("s-1")));
  }
}
