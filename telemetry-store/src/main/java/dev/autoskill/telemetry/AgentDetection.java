package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.privacy.Environment;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds out on behalf of which agent this process runs.
 *
 * <p>The user's word comes first ({@value #AUTO_SKILL_AGENT}), then the agent's own word ({@value
 * #AI_AGENT}), then the variables by which agents mark the processes they start, in the order of
 * the table below.
 *
 * <p>An agent has one id, whether it runs in a terminal or an editor, mostly the one by which the
 * skills command line (vercel-labs/skills) knows it. Only marks count, not settings: a {@code
 * COPILOT_MODEL}, {@code GOOSE_PROVIDER}, {@code CODEX_HOME} or {@code CLAUDE_CODE_USE_BEDROCK} in
 * a shell profile says which agents a person uses, not which one runs. For Aider, Devin and Jules
 * no mark is documented, and v0 is known by {@value #AI_AGENT}.
 */
final class AgentDetection {

  /** What the user says; believed as it stands. */
  static final String AUTO_SKILL_AGENT = "AUTO_SKILL_AGENT";

  /** The agent's name, by its own account: the convention of vercel/detect-agent (README.md). */
  static final String AI_AGENT = "AI_AGENT";

  /**
   * The agents, each with the source that tells of its variables: first the agent's id, then its
   * marks, any of which tells of it: a variable that is set, or {@code variable=value} if other
   * programs set it to something else. The first row that matches wins.
   *
   * <p>The order matters because a process inherits the marks of everything around it. The agent
   * that runs the skill is the innermost, so what is started from within something else stands
   * above it: first agents of the terminal, then those of editors, in whose terminals the first are
   * run, and last what marks an editor's every terminal, whoever types there. So Claude Code in
   * Cursor's terminal is {@code claude-code}. Of two agents of a kind within each other, the
   * variables do not say which is the inner one; {@value #AUTO_SKILL_AGENT} can.
   */
  private static final String[][] AGENTS = {
    // Agents of the terminal. A fork stands above its original, whose variables it may keep.

    // ascorbic/am-i-vibing, packages/am-i-vibing/src/providers.ts
    {"amp", "AMP_CURRENT_THREAD_ID", "AGENT=amp"},
    // docs.augmentcode.com/cli/reference, shell environment
    {"augment", "AUGMENT_AGENT"},
    // openai/codex, codex-rs/core/src/spawn.rs (SANDBOX), src/unified_exec/process_manager.rs
    // (CI), codex-rs/protocol/src/shell_environment.rs (THREAD_ID)
    {"codex", "CODEX_SANDBOX", "CODEX_SANDBOX_NETWORK_DISABLED", "CODEX_CI", "CODEX_THREAD_ID"},
    // charmbracelet/crush, internal/shell/shell.go
    {"crush", "CRUSH", "AGENT=crush"},
    // block/goose, the developer extension's shell tool; its pull request 7017 (AGENT)
    {"goose", "GOOSE_TERMINAL", "AGENT=goose"},
    // unjs/std-env pull request 195; JetBrains/junie pull request 70
    {"junie", "JUNIE_DATA", "JUNIE_SHIM_PATH"},
    // Kilo-Org/kilocode, packages/opencode/src/index.ts, which sets OPENCODE as well
    {"kilo-code", "KILO_PID"},
    // anomalyco/opencode, packages/opencode/src/index.ts
    {"opencode", "OPENCODE"},
    // dynatrace-oss/dtctl issue 282 (SESSION_ID); vercel/vercel pull request 16092 (PATH)
    {"kiro", "KIRO_SESSION_ID", "KIRO_AGENT_PATH"},
    // earendil-works/pi issue 7132
    {"pi", "PI_CODING_AGENT"},
    // QwenLM/qwen-code, packages/core/src/services/shellExecutionService.ts
    {"qwen-code", "QWEN_CODE"},
    // geminicli.com/docs/tools/shell, environment variables
    {"gemini-cli", "GEMINI_CLI"},
    // github/copilot-cli, changelog.md
    {"github-copilot", "COPILOT_CLI"},
    // code.claude.com/docs/en/env-vars; anthropics/claude-code issue 24838 (ENTRYPOINT);
    // vercel/detect-agent, agents.json (CLAUDE_CODE). The last of its kind, because its
    // editor extensions set CLAUDECODE for terminals in which other agents may run.
    {
      "claude-code",
      "CLAUDECODE",
      "CLAUDE_CODE",
      "CLAUDE_CODE_ENTRYPOINT",
      "CLAUDE_CODE_SESSION_ID",
      "CLAUDE_CODE_CHILD_SESSION"
    },

    // Agents of editors.

    // vercel/detect-agent, agents.json
    {"antigravity", "ANTIGRAVITY_AGENT", "ANTIGRAVITY_CLI_ALIAS"},
    // cline/cline discussion 5366 and its documentation on pagers
    {"cline", "CLINE_ACTIVE"},
    // microsoft/vscode pull request 316267
    {"github-copilot", "COPILOT_AGENT"},
    // RooCodeInc/Roo-Code, src/integrations/terminal/Terminal.ts
    {"roo-code", "ROO_ACTIVE"},
    // jfrog/jfrog-cli-core, common/commands/execution_context.go
    {"trae", "TRAE_AI_SHELL_ID"},
    // jfrog/jfrog-cli-core, common/commands/execution_context.go
    {"windsurf", "WINDSURF_CASCADE_TERMINAL"},
    // cursor.com/docs/agent/tools/terminal (AGENT); vercel/detect-agent, agents.json (ROLE)
    {"cursor", "CURSOR_AGENT", "CURSOR_EXTENSION_HOST_ROLE=agent-exec"},

    // Terminals.

    // vercel/detect-agent, agents.json
    {"cursor", "CURSOR_TRACE_ID"},
    // unjs/std-env, src/agents.ts; vercel/vercel pull request 16092
    {"kiro", "TERM_PROGRAM=kiro"},
    // vercel/detect-agent, agents.json; unjs/std-env, src/agents.ts
    {"replit", "REPL_ID"},
  };

  private AgentDetection() {}

  /**
   * Asks an environment for the agent.
   *
   * @param environment the environment to ask
   * @return the agent's id, never blank; {@link SkillContext#UNKNOWN_AGENT} if nothing tells
   */
  static String detect(Environment environment) {
    String chosen = environment.get(AUTO_SKILL_AGENT);
    if (chosen != null && !chosen.isBlank()) {
      return chosen.strip();
    }
    String name = environment.get(AI_AGENT);
    String id = name == null ? null : AgentName.toId(name);
    return id == null ? marked(environment) : id;
  }

  /**
   * The ids that name an agent and nobody else: those of the table, and of agents without marks.
   */
  static Set<String> ids() {
    Set<String> ids = new HashSet<>(Set.of("aider", "devin", "jules", "v0"));
    ids.add(SkillContext.UNKNOWN_AGENT);
    for (String[] agent : AGENTS) {
      ids.add(agent[0]);
    }
    return ids;
  }

  private static String marked(Environment environment) {
    for (String[] agent : AGENTS) {
      for (int mark = 1; mark < agent.length; mark++) {
        if (isSet(agent[mark], environment)) {
          return agent[0];
        }
      }
    }
    return SkillContext.UNKNOWN_AGENT;
  }

  private static boolean isSet(String mark, Environment environment) {
    int equals = mark.indexOf('=');
    if (equals < 0) {
      return environment.has(mark);
    }
    return mark.substring(equals + 1).equals(environment.get(mark.substring(0, equals)));
  }
}
