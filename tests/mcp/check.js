// Talks to a running service over its own seeds as a program does that thinks for people:
//
//     node check.js http://127.0.0.1:8000
//
// The official client connects, lists what is offered, and asks from one tool to the next. It holds every answer to the
// schema that its tool gives for it, and so does this: an answer without one, or unlike its text, is a fault.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";

const base = process.argv[2];
const client = new Client({ name: "schismograph-tests", version: "1.0.0" });
await client.connect(new StreamableHTTPClientTransport(new URL(`${base}/mcp`)));
const { name, version } = client.getServerVersion();
console.log(`connected to ${name} ${version}, ${client.getInstructions().length} characters of instructions`);

const { tools } = await client.listTools();
const validators = new Map();
for (const tool of tools) {
  for (const part of ["title", "description", "inputSchema", "outputSchema"]) {
    assert.ok(tool[part], `${tool.name} has no ${part}`);
  }
  assert.equal(tool.annotations.readOnlyHint, true);
  for (const [argument, { description }] of Object.entries(tool.inputSchema.properties)) {
    assert.ok(description, `${tool.name}: ${argument} has no description`);
  }
  validators.set(tool.name, new AjvJsonSchemaValidator().getValidator(tool.outputSchema));
}
console.log(`tools: ${tools.map((tool) => tool.name).join(", ")}; ${JSON.stringify(tools).length} bytes`);

const called = new Set();
async function call(name, args) {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(!result.isError, `${name}: ${result.content[0].text}`);
  const { valid, errorMessage } = validators.get(name)(result.structuredContent);
  assert.ok(valid, `${name}: ${errorMessage}`);
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
  called.add(name);
  console.log(`${name} ${JSON.stringify(args)}: ${result.content[0].text.length} bytes`);
  return result.structuredContent;
}

// What came out of the party that the members left, and which source says so?
const { search } = await call("search", { query: "socialist", kinds: ["ORGANISATION"], first: 5 });
const found = search.edges.map(({ node }) => node);
console.log(`  found ${found.map((node) => node.name).join("; ")}`);
const next = await call("search", { query: "socialist", first: 5, after: search.pageInfo.endCursor });
assert.ok(next.search.edges.every(({ node }) => !found.some(({ id }) => id === node.id)));

const { record } = await call("entity", { kind: "ORGANISATION", slug: "international-socialist-group-scotland" });
console.log(`  ${record.name}, founded ${record.founded.display}: ${record.claims.length} claims`);
const cited = record.claims.find((claim) => claim.property === "founded" && claim.rank === "PREFERRED");
console.log(`  "${cited.quote}" (${cited.source.title}, ${cited.locator})`);

const party = record.predecessors.edges[0].node;
const { lineage } = await call("lineage", { of: [party.id], direction: "DESCENDANTS", mermaid: true });
for (const { predecessor, kind, successor, date, claims } of lineage.links) {
  console.log(`  ${successor.slug} ${kind} ${predecessor.slug}, ${date.display}, ${claims.length} claims`);
}
assert.match(lineage.mermaid, /^flowchart/);

const last = lineage.nodes.at(-1).organisation;
const { paths } = await call("path", { from: party.id, to: last.id });
console.log(`  ${paths[0].steps.map((step) => `${step.from.name} ${step.via} ${step.to.name}`).join("; ")}`);
await call("path", { from: party.id, to: record.people.nodes[0].person.id, via: "ANY" });

// Records of every kind.
const { enum: kinds } = tools.find(({ name }) => name === "entity").inputSchema.properties.kind;
for (const kind of kinds) {
  const { data } = await call("query", {
    document: `query Some($kind: EntityKind!) { search(query: "s", kinds: [$kind], first: 20) { nodes { id } } }`,
    variables: { kind },
  });
  assert.ok(data.search.nodes.length > 0, kind);
  for (const { id } of data.search.nodes) {
    await call("entity", { id });
  }
}
await call("entity", { id: record.id, list: "people", first: 1 });
await call("query", { document: "{ dataset { counts { kind count } } }" });
assert.deepEqual([...called].sort(), tools.map((tool) => tool.name).sort());

const wrong = await client.callTool({ name: "entity", arguments: { kind: "ORGANISATION", slug: "socalist-workers-party" } });
assert.equal(wrong.isError, true);
console.log(`a mistyped slug: ${wrong.content[0].text}`);
await assert.rejects(client.callTool({ name: "drop_everything", arguments: {} }), /there is no tool/);

const { resources } = await client.listResources();
const { resourceTemplates } = await client.listResourceTemplates();
console.log(`resources: ${[...resources.map(({ uri }) => uri), ...resourceTemplates.map(({ uriTemplate }) => uriTemplate)].join(", ")}`);
const read = async (uri) => (await client.readResource({ uri })).contents[0].text;
const sdl = await read("schismograph://schema.graphql");
assert.equal(sdl, await (await fetch(`${base}/schema.graphql`)).text());
assert.ok((await read("schismograph://schema/Organisation")).includes("type Organisation"));
const same = JSON.parse(await read(`schismograph://organisations/${record.slug}`));
assert.deepEqual(same.record, record);
await client.close();
console.log("every answer fits the schema that its tool gives for it");
