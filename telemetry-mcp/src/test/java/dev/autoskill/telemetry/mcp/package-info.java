/** Tests with the SDK's own objects, servers and clients. */
package dev.autoskill.telemetry.mcp;
