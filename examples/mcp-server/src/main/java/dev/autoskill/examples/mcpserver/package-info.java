/** An MCP server whose tools are skills, without an annotation and without weaving. */
package dev.autoskill.examples.mcpserver;
