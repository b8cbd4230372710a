/**
 * The command as an MCP server. Internal: it knows of commands no more than their command lines.
 */
@NullMarked
package dev.autoskill.telemetry.cli.mcp;

import org.jspecify.annotations.NullMarked;
