package dev.autoskill.telemetry.cli.mcp;

import dev.autoskill.telemetry.cli.output.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server of the Model Context Protocol on two streams: a JSON-RPC message per line, each answered
 * before the next one is read. Its tools read only, and what they need is opened when one is
 * called.
 */
public final class McpServer {

  /** Oldest first. This server does the same in all of them. */
  private static final List<String> VERSIONS =
      List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

  private static final int NO_JSON = -32700;
  private static final int NO_REQUEST = -32600;
  private static final int NO_METHOD = -32601;
  private static final int WRONG_PARAMETERS = -32602;
  private static final int FAULT = -32603;

  private final CommandLine commands;
  private final String version;

  /**
   * Makes a server.
   *
   * @param commands runs the commands that its tools stand for
   * @param version the version that it says it has
   */
  public McpServer(CommandLine commands, String version) {
    this.commands = commands;
    this.version = version;
  }

  /**
   * Answers until there is nothing more to read.
   *
   * @param in the requests
   * @param out gets the answers, and nothing else
   * @throws IOException if one of both throws it
   */
  public void serve(BufferedReader in, Writer out) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Object answer = line.isBlank() ? null : answerTo(line);
      if (answer != null) {
        out.write(Json.compact(answer) + "\n");
        out.flush();
      }
    }
  }

  /** The answer to a line; null if it wants none. Version 2025-03-26 has batches of messages. */
  private @Nullable Object answerTo(String line) {
    Object message;
    try {
      message = JsonReader.read(line);
    } catch (IllegalArgumentException e) {
      return error(null, NO_JSON, String.valueOf(e.getMessage()));
    }
    if (!(message instanceof List<?> batch) || batch.isEmpty()) {
      return answer(message);
    }
    List<Object> answers = new ArrayList<>();
    for (Object each : batch) {
      Object answer = answer(each);
      if (answer != null) {
        answers.add(answer);
      }
    }
    return answers.isEmpty() ? null : answers;
  }

  /** The answer to a message; null if it wants none. */
  private @Nullable Map<String, @Nullable Object> answer(@Nullable Object message) {
    if (!(message instanceof Map<?, ?> request)
        || !(request.get("method") instanceof String method)) {
      return error(null, NO_REQUEST, "this is no request");
    }
    if (!request.containsKey("id")) {
      return null;
    }
    Object id = request.get("id");
    Map<?, ?> parameters = request.get("params") instanceof Map<?, ?> given ? given : Map.of();
    try {
      return switch (method) {
        case "initialize" -> result(id, initialized(parameters));
        case "ping" -> result(id, Map.of());
        case "tools/list" ->
            result(id, Map.of("tools", Tool.ALL_TOOLS.stream().map(Tool::listed).toList()));
        case "tools/call" -> called(id, parameters);
        default -> error(id, NO_METHOD, "there is no method " + method);
      };
    } catch (RuntimeException e) {
      return error(id, FAULT, e.toString());
    }
  }

  private Map<String, @Nullable Object> initialized(Map<?, ?> parameters) {
    Object wanted = parameters.get("protocolVersion");
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put(
        "protocolVersion",
        wanted instanceof String text && VERSIONS.contains(text)
            ? text
            : VERSIONS.get(VERSIONS.size() - 1));
    answer.put("capabilities", Map.of("tools", Map.of()));
    answer.put("serverInfo", Map.of("name", "skill-telemetry", "version", version));
    answer.put("instructions", "Tells which of the skills (tools) that coding agents call work.");
    return answer;
  }

  private Map<String, @Nullable Object> called(@Nullable Object id, Map<?, ?> parameters) {
    Object name = parameters.get("name");
    for (Tool tool : Tool.ALL_TOOLS) {
      if (tool.name().equals(name)) {
        Object arguments = parameters.get("arguments");
        return result(id, call(tool, arguments instanceof Map<?, ?> given ? given : Map.of()));
      }
    }
    return error(id, WRONG_PARAMETERS, "there is no tool " + name);
  }

  /** Tells the model of wrong arguments, so that it can call again. */
  private Map<String, @Nullable Object> call(Tool tool, Map<?, ?> arguments) {
    List<String> words;
    ToolAnswer answer;
    try {
      words = tool.commandLine(arguments);
      answer = new ToolAnswer(tool, arguments);
    } catch (IllegalArgumentException e) {
      return ToolAnswer.refusal(String.valueOf(e.getMessage()));
    }
    return answer.of(commands.run(words));
  }

  private static Map<String, @Nullable Object> result(
      @Nullable Object id, Map<String, ? extends @Nullable Object> result) {
    Map<String, @Nullable Object> answer = message(id);
    answer.put("result", result);
    return answer;
  }

  private static Map<String, @Nullable Object> error(
      @Nullable Object id, int code, String message) {
    Map<String, @Nullable Object> answer = message(id);
    answer.put("error", Map.of("code", code, "message", message));
    return answer;
  }

  private static Map<String, @Nullable Object> message(@Nullable Object id) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    return message;
  }
}
