package dev.autoskill.examples.mcpserver;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Tools for text: ordinary ones, which know nothing of telemetry. */
final class TextTools {

  private TextTools() {}

  static List<SyncToolSpecification> all() {
    return List.of(
        tool("count-words", "Counts the words of a text.", "text", TextTools::countWords),
        tool("list-headings", "Lists a Markdown file's headings.", "file", TextTools::listHeadings),
        tool("count-lines", "Counts the lines of a file.", "file", TextTools::countLines));
  }

  private static SyncToolSpecification tool(
      String name,
      String description,
      String argument,
      BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
    Map<String, Object> input =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(argument, Map.of("type", "string")),
            "required",
            List.of(argument));
    return SyncToolSpecification.builder()
        .tool(Tool.builder(name, input).description(description).build())
        .callHandler(handler)
        .build();
  }

  private static CallToolResult countWords(McpSyncServerExchange client, CallToolRequest request) {
    String text = (String) request.arguments().get("text");
    return answer(text.isBlank() ? "0" : String.valueOf(text.strip().split("\\s+").length));
  }

  /** Tells the model what is wrong: the use is a failure. */
  private static CallToolResult listHeadings(
      McpSyncServerExchange client, CallToolRequest request) {
    Path file = Path.of((String) request.arguments().get("file"));
    if (!Files.isRegularFile(file)) {
      return CallToolResult.builder()
          .addTextContent("There is no such file.")
          .isError(true)
          .build();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return answer(String.join("\n", lines.filter(line -> line.matches("#+ .*")).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets an exception go to the SDK: the use is a failure, too. */
  private static CallToolResult countLines(McpSyncServerExchange client, CallToolRequest request) {
    try (Stream<String> lines = Files.lines(Path.of((String) request.arguments().get("file")))) {
      return answer(String.valueOf(lines.count()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CallToolResult answer(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }
}
