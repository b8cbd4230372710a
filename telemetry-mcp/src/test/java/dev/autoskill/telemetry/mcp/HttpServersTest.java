package dev.autoskill.telemetry.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.event.TelemetryEvent;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Several clients on one server at once. */
class HttpServersTest extends RecordingTest {

  private static final int THREADS_OF_A_CLIENT = 2;
  private static final int CALLS = 10_000;

  /** Each client's name, which is also that of the tool that it calls, and its agent. */
  private static final Map<String, String> AGENTS =
      Map.of("codex-mcp-client", "codex", "cursor-vscode", "cursor");

  @Test
  void ofASynchronousServerEachCallHasTheAgentAndTheSessionOfItsClient() throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder().build();
    McpServer.sync(transport)
        .tools(
            TrackedTools.trackAll(
                AGENTS.keySet().stream()
                    .map(name -> Tools.sync(name, (client, request) -> Tools.ANSWER))
                    .toList()))
        .build();
    assertEachCallHasItsClient(transport, CALLS);
  }

  /** The answers come on threads that all clients share. */
  @Test
  void soHasOneOfAnAsynchronousServer() throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder().build();
    McpServer.async(transport)
        .tools(
            TrackedTools.trackAll(
                AGENTS.keySet().stream()
                    .map(
                        name ->
                            Tools.async(
                                name,
                                (client, request) ->
                                    Mono.fromSupplier(() -> Tools.ANSWER)
                                        .publishOn(Schedulers.parallel())))
                    .toList()))
        .build();
    assertEachCallHasItsClient(transport, Boolean.getBoolean("full") ? CALLS : CALLS / 10);
  }

  private void assertEachCallHasItsClient(
      HttpServletStreamableServerTransportProvider transport, int calls)
      throws LifecycleException, InterruptedException, ExecutionException {
    int callsOfAThread = calls / AGENTS.size() / THREADS_OF_A_CLIENT;
    ExecutorService threads = Executors.newCachedThreadPool();
    try (HttpServer server = new HttpServer(directory, transport)) {
      CyclicBarrier start = new CyclicBarrier(AGENTS.size() * THREADS_OF_A_CLIENT);
      List<McpSyncClient> clients = new ArrayList<>();
      List<Future<?>> callers = new ArrayList<>();
      for (String name : AGENTS.keySet()) {
        McpSyncClient client = server.client(name);
        clients.add(client);
        for (int i = 0; i < THREADS_OF_A_CLIENT; i++) {
          callers.add(threads.submit(() -> call(client, name, callsOfAThread, start)));
        }
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      clients.forEach(McpSyncClient::close);
    } finally {
      threads.shutdownNow();
    }
    List<TelemetryEvent> events = recording.events();
    long callsOfAClient = calls / AGENTS.size();
    assertEquals(
        AGENTS.entrySet().stream()
            .collect(
                Collectors.toMap(
                    client -> client.getKey() + " by " + client.getValue(), c -> callsOfAClient)),
        events.stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.skillName() + " by " + event.agentId(), Collectors.counting())));
    assertEquals(AGENTS.size(), events.stream().map(TelemetryEvent::sessionId).distinct().count());
    assertEquals(
        AGENTS.size(),
        events.stream().map(event -> event.sessionId() + event.agentId()).distinct().count());
  }

  private static Object call(McpSyncClient client, String tool, int calls, CyclicBarrier start)
      throws Exception {
    start.await();
    for (int i = 0; i < calls; i++) {
      assertEquals(Tools.ANSWER, client.callTool(CallToolRequest.builder(tool).build()));
    }
    return tool;
  }

  @Test
  void aStatelessServerKnowsNoClient() throws LifecycleException {
    HttpServletStatelessServerTransport transport =
        HttpServletStatelessServerTransport.builder().build();
    McpServer.sync(transport)
        .tools(
            TrackedTools.trackAll(
                List.of(
                    new McpStatelessServerFeatures.SyncToolSpecification(
                        Tools.named("search"), (request, call) -> Tools.ANSWER))))
        .build();
    try (HttpServer server = new HttpServer(directory, transport);
        McpSyncClient client = server.client("cursor-vscode")) {
      client.callTool(CallToolRequest.builder("search").build());
    }

    assertEquals("search", recording.event().skillName());
    assertEquals("unknown", recording.event().agentId());
  }
}
