/**
 * For which client the MCP SDK calls a tool.
 *
 * <p>Internal: nothing in this package is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.aspect.mcp;

import org.jspecify.annotations.NullMarked;
