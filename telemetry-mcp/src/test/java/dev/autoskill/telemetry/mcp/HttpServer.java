package dev.autoskill.telemetry.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** A server on this machine, and its clients. */
final class HttpServer implements AutoCloseable {

  private static final Logger TOMCATS = Logger.getLogger("org.apache");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Tomcat tomcat = new Tomcat();

  /**
   * Starts it.
   *
   * @param directory where it may leave files
   * @param servlet a transport of the SDK
   */
  HttpServer(Path directory, HttpServlet servlet) throws LifecycleException {
    TOMCATS.setLevel(Level.OFF);
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", directory.toString());
    Wrapper wrapper = Tomcat.addServlet(context, "mcp", servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping("/*");
    // A client may send its next request just when the server closes the connection.
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    tomcat.getConnector().setProperty("keepAliveTimeout", "-1");
    tomcat.start();
  }

  McpSyncClient client(String name) {
    String address = "http://localhost:" + tomcat.getConnector().getLocalPort();
    McpSyncClient client =
        McpClient.sync(HttpClientStreamableHttpTransport.builder(address).build())
            .clientInfo(Implementation.builder(name, "1.0").build())
            .requestTimeout(PATIENCE)
            .initializationTimeout(PATIENCE)
            .build();
    client.initialize();
    return client;
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
