package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.mcp.CommandLine;
import dev.autoskill.telemetry.cli.mcp.McpServer;
import dev.autoskill.telemetry.privacy.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report and its like, as tools for an agent. */
final class McpCommand implements Command {

  /** Cells that a line of a table has. */
  private static final String WIDTH = "100";

  @Override
  public String summary() {
    return "an MCP server on stdin and stdout, whose tools answer what this command does";
  }

  @Override
  public void declare(Syntax syntax) {
    Options.addSource(syntax);
  }

  @Override
  public int run(Call call) throws IOException {
    String database = call.arguments().find(Options.DB);
    new McpServer(words -> run(call.host(), database, words), SkillTelemetry.version())
        .serve(new BufferedReader(call.host().in()), call.host().out());
    return Exit.OK;
  }

  private static CommandLine.Result run(Host host, @Nullable String database, List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Host aside =
        new Host(
            new Narrow(host.environment()),
            host.clock(),
            Reader.nullReader(),
            out,
            err,
            false,
            host.pause(),
            host.machine());
    List<String> all = new ArrayList<>(words);
    if (database != null) {
      all.add(1, Options.DB + "=" + database);
    }
    int exitCode = new SkillTelemetry(aside).run(all.toArray(String[]::new));
    CommandLine.Status status =
        switch (exitCode) {
          case Exit.USAGE, Exit.UNREADABLE -> CommandLine.Status.FAILED;
          case Exit.NO -> CommandLine.Status.WRONG;
          default -> CommandLine.Status.DONE;
        };
    return new CommandLine.Result(status, out.toString(), err.toString());
  }

  /** The same environment, with lines of a certain width. */
  private record Narrow(Environment around) implements Environment {

    @Override
    public @Nullable String get(String variable) {
      return variable.equals("COLUMNS") ? WIDTH : around.get(variable);
    }

    @Override
    public @Nullable String property(String name) {
      return around.property(name);
    }
  }
}
