/**
 * Records the tools of an MCP server that is written with the official SDK, {@code
 * io.modelcontextprotocol.sdk}.
 *
 * <p>{@link dev.autoskill.telemetry.mcp.TrackedTools} is all of it. Methods refuse null by a {@link
 * NullPointerException}.
 */
@NullMarked
package dev.autoskill.telemetry.mcp;

import org.jspecify.annotations.NullMarked;
