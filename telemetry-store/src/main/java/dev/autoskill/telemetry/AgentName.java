package dev.autoskill.telemetry;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes an agent id of the name by which an agent calls itself in {@code AI_AGENT}.
 *
 * <p>Agents put their version behind the name, and some have several names. Reports would show each
 * as an agent of its own, so that versions are cut off and names of the agents we know become the
 * one id that the rest of the library uses for them. Names we do not know stay as they are.
 */
final class AgentName {

  /**
   * {@code devin@1} is how vercel/detect-agent (README.md) recommends to add a version, {@code
   * tool/2.0} how user agents do, and {@code claude-code_2-1-263_agent} what Claude Code writes.
   * Only what begins with a number is a version: nobody's {@code jane@example.com} becomes {@code
   * jane}.
   */
  private static final Pattern VERSION = Pattern.compile("([@/]v?\\d.*|_\\d+(-\\d+)+_agent)$");

  /** What may be an id. Its length keeps a value that is no name out of the database. */
  private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

  /** Other names of agents, in lower case with hyphens, and their ids. */
  private static final Map<String, String> IDS =
      Map.ofEntries(
          // vercel/detect-agent, agents.json and src/index.ts
          entry("augment-cli", "augment"),
          entry("claude", "claude-code"),
          entry("claude-code", "claude-code"),
          entry("codex-cli", "codex"),
          entry("cursor-cli", "cursor"),
          entry("gemini", "gemini-cli"),
          entry("gemini-cli", "gemini-cli"),
          entry("github-copilot", "github-copilot"),
          entry("github-copilot-cli", "github-copilot"),
          entry("open-code", "opencode"),
          // unjs/std-env, src/agents.ts
          entry("auggie", "augment"),
          entry("copilot", "github-copilot"),
          // microsoft/vscode pull request 327433; unjs/std-env, src/agents.ts
          entry("github-copilot-vscode-agent", "github-copilot"),
          entry("github-copilot-cloud-agent", "github-copilot"),
          // ascorbic/am-i-vibing, packages/am-i-vibing/src/providers.ts
          entry("cursor-agent", "cursor"));

  /** Answers to the question whether there is an agent, not which. {@code 1} is no id anyway. */
  private static final Set<String> NO_NAMES = Set.of("true", "false", "yes", "no");

  private AgentName() {}

  /**
   * The id for a name.
   *
   * @param name what the agent calls itself
   * @return the agent's id; null if the name is none that can be one
   */
  static @Nullable String toId(String name) {
    String bare = VERSION.matcher(name.strip()).replaceFirst("");
    String key = bare.toLowerCase(Locale.ROOT).replace('_', '-');
    if (NO_NAMES.contains(key) || !ID.matcher(bare).matches()) {
      return null;
    }
    return IDS.getOrDefault(key, bare);
  }
}
