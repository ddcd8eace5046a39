// Composes the service over the small world with two other subgraphs, and asks across all of them through Apollo's
// gateway:
//
//     node check.js http://127.0.0.1:8000 ../../api/schema.federation.graphql
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { composeServices } from "@apollo/composition";
import {
  ApolloGateway,
  IntrospectAndCompose,
  LocalGraphQLDataSource,
  RemoteGraphQLDataSource,
} from "@apollo/gateway";
import { parse } from "graphql";
import { LOST, archive, journal } from "./subgraphs.js";

const [base, file] = process.argv.slice(2);
const url = `${base}/graphql`;
const logger = { debug() {}, info() {}, warn: console.warn, error: console.error };
let checked = 0;

async function check(what, run) {
  await run();
  checked += 1;
  console.log(`  ${what}`);
}

async function direct(query, variables) {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query, variables });
  const answer = await (await fetch(url, { method: "POST", headers, body })).json();
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return answer.data;
}

// What each gateway is to know of the small world.
const known = await direct("{ organisations(first: 100) { nodes { slug name } } people { nodes { id slug name } } }");
const organisations = known.organisations.nodes;
const people = known.people.nodes;
const names = Object.fromEntries(organisations.map(({ slug, name }) => [slug, name]));
const holdings = [
  ["Minutes", 120, "workers-party"],
  ["Leaflets", 3, "labour-party"],
  ["Songs", 40, "sailors-club"],
  ["Letters", 7, "never-was"],
  ["Accounts", 12, "workers-party"],
  ...organisations.map(({ slug }) => [`Photographs of ${slug}`, 1, slug]),
  ...Array.from({ length: LOST }, (_, index) => [`Box ${index}`, 1, `lost-${index}`]),
];
const reviews = [
  ...people.map(({ id, name }) => [`On ${name}`, id]),
  ["On nobody", "per_00000000000000000000"],
  ["On nothing", "17"],
];

console.log("schema");
const sdl = readFileSync(file, "utf8");
await check("_service, /schema.federation.graphql and the committed file are the same", async () => {
  assert.equal((await direct("query { _service { sdl } }"))._service.sdl, sdl);
  assert.equal(await (await fetch(`${base}/schema.federation.graphql`)).text(), sdl);
});
await check("Apollo's gateway reads the service by itself and composes it alone", async () => {
  const subgraphs = [{ name: "schismograph", url }];
  const alone = new ApolloGateway({ logger, supergraphSdl: new IntrospectAndCompose({ subgraphs }) });
  await alone.load();
  await alone.stop();
});

const local = { archive: archive(holdings), journal: journal(reviews) };
const composed = composeServices([
  { name: "schismograph", url, typeDefs: parse(sdl) },
  ...Object.entries(local).map(([name, { typeDefs }]) => ({ name, url: `http://${name}`, typeDefs })),
]);
await check("composed with an archive and a journal, no error and no warning", async () => {
  assert.deepEqual(composed.errors?.map(String) ?? [], []);
  for (const hint of composed.hints) {
    console.log(`  hint: ${hint.definition.level.name} ${hint}`);
  }
  const warnings = composed.hints.filter((hint) => hint.definition.level.name === "WARN");
  assert.equal(warnings.length, 0);
});
console.log(`  ${composed.hints.length} hints in all`);

let sent = [];
const gateway = new ApolloGateway({
  logger,
  supergraphSdl: composed.supergraphSdl,
  buildService({ name }) {
    if (local[name]) {
      return new LocalGraphQLDataSource(local[name].schema);
    }
    const willSendRequest = ({ request }) => sent.push(request);
    return new RemoteGraphQLDataSource({ url, willSendRequest });
  },
});
const { schema, executor } = await gateway.load();

// The data for a question to the gateway. `sent` has what it asked the service for it.
async function ask(query) {
  sent = [];
  const answer = await executor({
    request: { query },
    document: parse(query),
    queryHash: query,
    operationName: null,
    context: {},
    metrics: {},
    schema,
    logger,
  });
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return JSON.parse(JSON.stringify(answer.data));
}

// How many representations each request to the service had; null: it was none for `_entities`.
function representations() {
  return sent.map(({ query, variables }) =>
    query.includes("_entities") ? variables.representations.length : null,
  );
}

console.log("questions");
await check("from our root field to their field", async () => {
  const data = await ask("{ organisations(first: 100) { nodes { name holdings { title } } } }");
  assert.deepEqual(
    data.organisations.nodes.map(({ name, holdings }) => [name, holdings.length]),
    organisations.map(({ slug, name }) => [name, { "workers-party": 3, "sailors-club": 2 }[slug] ?? 1]),
  );
  assert.deepEqual(representations(), [null]);
});
await check("from their root field to our fields by id, with null for what is unknown", async () => {
  const data = await ask("{ reviews { nodes { text person { id name } } pageInfo { hasNextPage } } }");
  const expected = people.map(({ id, name }) => ({ text: `On ${name}`, person: { id, name } }));
  assert.deepEqual(data.reviews.nodes.slice(0, people.length), expected);
  const unknown = data.reviews.nodes.slice(people.length).map(({ person }) => person);
  assert.deepEqual(unknown, [null, null]);
  assert.deepEqual(data.reviews.pageInfo, { hasNextPage: false });
  assert.deepEqual(representations(), [people.length + 2]);
});
await check("from their root field to our fields by slug, former slugs too", async () => {
  const data = await ask("{ holdings(first: 5) { title extent { value } about { name url } } }");
  assert.deepEqual(
    data.holdings.map(({ title, extent, about }) => [title, extent.value, about?.name ?? null]),
    [
      ["Minutes", 120, "Workers' Party"],
      ["Leaflets", 3, "Workers' Party"],
      ["Songs", 40, "Sailors' Club"],
      ["Letters", 7, null],
      ["Accounts", 12, "Workers' Party"],
    ],
  );
  assert.equal(representations().length, 1);
});
await check(`a list of ${holdings.length} in one request`, async () => {
  const data = await ask("{ holdings { about { name founded { display } } } }");
  const expected = holdings.map(([, , slug]) => names[slug] ?? { "labour-party": "Workers' Party" }[slug]);
  const found = data.holdings.map(({ about }) => about?.name);
  assert.deepEqual(found, expected);
  assert.equal(found.filter((name) => !name).length, LOST + 1);
  assert.equal(representations().length, 1);
  assert.ok(representations()[0] > LOST, `${representations()}`);
});
await check("there and back again, through an interface", async () => {
  const data = await ask(`{
    search(query: "sailors") {
      nodes { __typename ... on Organisation { holdings { title about { name } } } }
    }
  }`);
  assert.deepEqual(
    data.search.nodes.find(({ __typename }) => __typename === "Organisation").holdings,
    ["Songs", "Photographs of sailors-club"].map((title) => ({ title, about: { name: "Sailors' Club" } })),
  );
  assert.deepEqual(representations(), [null, 2]);
});
await check("clients of the gateway are shown nothing of how it asks", async () => {
  const { __schema } = await ask("{ __schema { queryType { fields { name } } } }");
  const fields = __schema.queryType.fields.map(({ name }) => name);
  assert.ok(fields.includes("organisations") && fields.includes("holdings"));
  assert.deepEqual(fields.filter((name) => name.startsWith("_")), []);
});
await gateway.stop();
console.log(`Apollo Federation: ${checked} of ${checked} checks pass`);
