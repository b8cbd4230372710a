package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.TextResource;
import dev.autoskill.telemetry.privacy.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out on behalf of which agent this process runs: by {@value #AUTO_SKILL_AGENT}, which the
 * user sets; else by {@value #AI_AGENT}, which the agent sets; else by the marks of the table.
 *
 * <p>An agent has one id, whether it runs in a terminal or an editor, mostly the one by which the
 * skills command line (vercel-labs/skills) knows it. Only marks count, not settings: a {@code
 * COPILOT_MODEL} or {@code CODEX_HOME} in a shell profile says which agents a person uses, not
 * which one runs. For Aider, Devin and Jules no mark is documented.
 */
public final class AgentDetection {

  /** Set by the user; believed as it stands. */
  static final String AUTO_SKILL_AGENT = "AUTO_SKILL_AGENT";

  /** The agent's own name: the convention of vercel/detect-agent (README.md). */
  static final String AI_AGENT = "AI_AGENT";

  private record Agent(String id, List<String> names, List<String> marks) {

    static Agent of(String row) {
      String[] cells = row.split("\\|");
      return new Agent(cells[0].strip(), words(cells[1]), words(cells[2]));
    }

    private static List<String> words(String cell) {
      return Arrays.asList(cell.strip().split(" "));
    }

    boolean isMarked(Environment environment) {
      for (String mark : marks) {
        String[] parts = mark.split("=", 2);
        String value = environment.get(parts[0]);
        if (parts.length == 1 ? environment.has(mark) : parts[1].equals(value)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * The agents: the id; other names that the agent gives itself; its marks, any of which is enough:
   * a variable that is set, or {@code variable=value} if other programs set it to something else;
   * the sources. The first row that matches wins.
   *
   * <p>A process inherits the marks of everything around it, and the innermost agent runs the
   * skill: so agents of the terminal come first (a fork above its original), then those of editors,
   * then the marks of an editor's every terminal. Claude Code is the last of its kind, because its
   * editor extensions set CLAUDECODE for terminals in which other agents may run.
   */
  private static final List<Agent> AGENTS = agents();

  /** Answers to the question whether there is an agent, not which. {@code 1} is no id anyway. */
  private static final Set<String> NO_NAMES = Set.of("true", "false", "yes", "no");

  /** The forms of names; made where an agent gives its own. */
  private static final class Forms {

    /**
     * {@code devin@1} is how vercel/detect-agent (README.md) recommends to add a version, {@code
     * tool/2.0} how user agents do, and {@code claude-code_2-1-263_agent} what Claude Code writes.
     * Only a number begins a version: {@code jane@example.com} does not become {@code jane}.
     */
    static final Pattern VERSION = Pattern.compile("([@/]v?\\d.*|_\\d+(-\\d+)+_agent)$");

    /** The form of an id. The limit keeps a value that is no name out of the database. */
    static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
  }

  private AgentDetection() {}

  /** Without streams and expressions, which would take a short program some 10 ms. */
  private static List<Agent> agents() {
    List<Agent> agents = new ArrayList<>();
    for (String row : TextResource.read(AgentDetection.class, "agents.txt").split("\n")) {
      agents.add(Agent.of(row));
    }
    return agents;
  }

  /**
   * {@return the id of the agent of an environment; {@link SkillContext#UNKNOWN_AGENT} if nothing
   * tells}
   */
  static String detect(Environment environment) {
    String chosen = environment.get(AUTO_SKILL_AGENT);
    if (chosen != null && !chosen.isBlank()) {
      return chosen.strip();
    }
    String name = environment.get(AI_AGENT);
    String id = name == null ? null : idOf(name);
    return id == null ? markedAgent(environment) : id;
  }

  private static String markedAgent(Environment environment) {
    for (Agent agent : AGENTS) {
      if (agent.isMarked(environment)) {
        return agent.id();
      }
    }
    return SkillContext.UNKNOWN_AGENT;
  }

  /**
   * The ids that name an agent and nobody else: those of the table, and of agents without marks.
   */
  static Set<String> ids() {
    return Stream.concat(
            Stream.of(SkillContext.UNKNOWN_AGENT, "aider", "devin", "jules", "v0"),
            AGENTS.stream().map(Agent::id))
        .collect(Collectors.toSet());
  }

  /**
   * {@return the id for a name that an agent gives itself: the one id for names of agents we know,
   * without a version, which would make it another agent in reports; null if it cannot be an id}
   *
   * @param name the name, for example {@code codex-cli} or {@code devin@1}
   */
  public static @Nullable String idOf(String name) {
    String bare = Forms.VERSION.matcher(name.strip()).replaceFirst("");
    String key = bare.toLowerCase(Locale.ROOT).replace('_', '-');
    if (NO_NAMES.contains(key) || !Forms.ID.matcher(bare).matches()) {
      return null;
    }
    return AGENTS.stream()
        .filter(agent -> agent.id().equals(key) || agent.names().contains(key))
        .map(Agent::id)
        .findFirst()
        .orElse(bare);
  }
}
