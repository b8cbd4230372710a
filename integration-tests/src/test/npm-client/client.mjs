// Starts an MCP server, and prints the names of its tools and its answers to the calls:
// node client.mjs '[{"name": …, "arguments": {…}}, …]' COMMAND ARGUMENT…
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const [calls, command, ...args] = process.argv.slice(2);
const client = new Client({ name: 'claude-code', version: '2.0.1' });
// A line on the server's stdout that is not of the protocol, for example.
client.onerror = (fault) => console.log(`fault: ${fault.message}`);
await client.connect(
  new StdioClientTransport({ command, args, env: process.env, stderr: 'inherit' }),
);
const { tools } = await client.listTools();
console.log(tools.map((tool) => tool.name).join(' '));
for (const call of JSON.parse(calls)) {
  try {
    const { content, isError } = await client.callTool(call);
    console.log((isError ? 'error: ' : '') + content[0].text);
  } catch (refused) {
    console.log(`error: ${refused.message}`);
  }
}
await client.close();
