package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.event.Skill;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of an MCP server's tools as uses of skills. The SDK registers tools as
 * functions, which no annotation reaches.
 *
 * <pre>{@code
 * McpServer.sync(transport).tools(TrackedTools.trackAll(List.of(search, review))).build();
 * }</pre>
 *
 * <p>The skill has the tool's name. The use ends with the answer, be it a result or a {@code Mono}:
 * an answer whose {@code isError} is true is a failure, any other a success; an exception is a
 * failure, and a cancelled subscription is skipped. The agent is the client that said its name when
 * it connected, and the session stands for its MCP session, whose own id is not recorded. A
 * stateless server knows neither, so there both are those of the process.
 *
 * <p>The handler is called as before, and its result and its exceptions reach the SDK as they are,
 * but for a {@code Mono}, for which another one stands in. While the handler runs, and while its
 * {@code Mono} is subscribed to, the {@link dev.autoskill.telemetry.event.SkillContext} of the
 * thread is the client's, so that skills which the tool uses have the same agent and session.
 *
 * <p>A tool whose method is woven as well, since it is annotated, would count twice: such tools are
 * to be {@linkplain #attributeAll attributed} instead. Without telemetry, or if anything here
 * fails, the handler is called and nothing more. All methods are safe for use by any number of
 * threads.
 */
public final class TrackedTools {

  private TrackedTools() {}

  /**
   * {@return the tool, whose calls are recorded} One that is tracked already is returned as it is.
   *
   * @param tool a tool of a synchronous server; its name is not blank
   */
  public static McpServerFeatures.SyncToolSpecification track(
      McpServerFeatures.SyncToolSpecification tool) {
    return withClient(tool, skillOf(tool.tool()));
  }

  /**
   * {@return the tool, whose calls are recorded} One that is tracked already is returned as it is.
   *
   * @param tool a tool of an asynchronous server; its name is not blank
   */
  public static McpServerFeatures.AsyncToolSpecification track(
      McpServerFeatures.AsyncToolSpecification tool) {
    return withClient(tool, skillOf(tool.tool()));
  }

  /**
   * {@return the tool, whose calls are recorded} One that is tracked already is returned as it is.
   *
   * @param tool a tool of a synchronous server without sessions; its name is not blank
   */
  public static McpStatelessServerFeatures.SyncToolSpecification track(
      McpStatelessServerFeatures.SyncToolSpecification tool) {
    return ToolHandler.isTracked(tool.callHandler())
        ? tool
        : new McpStatelessServerFeatures.SyncToolSpecification(
            tool.tool(),
            new SyncHandler<>(tool.callHandler(), Clients::ofStateless, skillOf(tool.tool())));
  }

  /**
   * {@return the tool, whose calls are recorded} One that is tracked already is returned as it is.
   *
   * @param tool a tool of an asynchronous server without sessions; its name is not blank
   */
  public static McpStatelessServerFeatures.AsyncToolSpecification track(
      McpStatelessServerFeatures.AsyncToolSpecification tool) {
    return ToolHandler.isTracked(tool.callHandler())
        ? tool
        : new McpStatelessServerFeatures.AsyncToolSpecification(
            tool.tool(),
            new AsyncHandler<>(tool.callHandler(), Clients::ofStateless, skillOf(tool.tool())));
  }

  /**
   * {@return all tools of a server, each {@linkplain #track tracked}, in the same order}
   *
   * @param <T> the type of the specifications, one of the SDK's four
   * @param tools the tools
   * @throws IllegalArgumentException if one is no specification of a tool
   */
  public static <T extends Record> List<T> trackAll(Collection<T> tools) {
    return each(tools, TrackedTools::trackAny);
  }

  /**
   * {@return the tool, recorded by nothing here, whose handler runs in the context of its client}
   * The use of a woven method that the handler calls then has the client's agent and session.
   *
   * @param tool a tool of a synchronous server
   */
  public static McpServerFeatures.SyncToolSpecification attribute(
      McpServerFeatures.SyncToolSpecification tool) {
    return withClient(tool, null);
  }

  /**
   * {@return the tool, recorded by nothing here, whose handler runs in the context of its client}
   * The use of a woven method that the handler calls, or that starts where its {@code Mono} is
   * subscribed to, then has the client's agent and session.
   *
   * @param tool a tool of an asynchronous server
   */
  public static McpServerFeatures.AsyncToolSpecification attribute(
      McpServerFeatures.AsyncToolSpecification tool) {
    return withClient(tool, null);
  }

  /**
   * {@return all tools of a server, each {@linkplain #attribute attributed}, in the same order}
   *
   * @param <T> the type of the specifications, one of the two of servers with sessions
   * @param tools the tools
   * @throws IllegalArgumentException if one is no specification of such a tool
   */
  public static <T extends Record> List<T> attributeAll(Collection<T> tools) {
    return each(tools, TrackedTools::attributeAny);
  }

  private static Record trackAny(Record tool) {
    if (tool instanceof McpServerFeatures.SyncToolSpecification sync) {
      return track(sync);
    }
    if (tool instanceof McpServerFeatures.AsyncToolSpecification async) {
      return track(async);
    }
    if (tool instanceof McpStatelessServerFeatures.SyncToolSpecification stateless) {
      return track(stateless);
    }
    if (tool instanceof McpStatelessServerFeatures.AsyncToolSpecification stateless) {
      return track(stateless);
    }
    throw noTool(tool);
  }

  private static Record attributeAny(Record tool) {
    if (tool instanceof McpServerFeatures.SyncToolSpecification sync) {
      return attribute(sync);
    }
    if (tool instanceof McpServerFeatures.AsyncToolSpecification async) {
      return attribute(async);
    }
    throw noTool(tool);
  }

  private static IllegalArgumentException noTool(Record tool) {
    return new IllegalArgumentException(
        "tools must be specifications of tools, not " + tool.getClass().getName());
  }

  @SuppressWarnings("unchecked") // A tool of the same class, which is final, stands in.
  private static <T extends Record> List<T> each(
      Collection<T> tools, UnaryOperator<Record> operator) {
    return tools.stream().map(tool -> (T) operator.apply(tool)).toList();
  }

  /** By the builder, since what the constructor takes was another kind of function before SDK 1. */
  private static McpServerFeatures.SyncToolSpecification withClient(
      McpServerFeatures.SyncToolSpecification tool, @Nullable Skill skill) {
    return ToolHandler.isTracked(tool.callHandler())
        ? tool
        : McpServerFeatures.SyncToolSpecification.builder()
            .tool(tool.tool())
            .callHandler(new SyncHandler<>(tool.callHandler(), Clients::of, skill))
            .build();
  }

  private static McpServerFeatures.AsyncToolSpecification withClient(
      McpServerFeatures.AsyncToolSpecification tool, @Nullable Skill skill) {
    return ToolHandler.isTracked(tool.callHandler())
        ? tool
        : McpServerFeatures.AsyncToolSpecification.builder()
            .tool(tool.tool())
            .callHandler(new AsyncHandler<>(tool.callHandler(), Clients::of, skill))
            .build();
  }

  private static Skill skillOf(Tool tool) {
    return Skill.named(Objects.requireNonNull(tool, "tool must not be null").name());
  }
}
