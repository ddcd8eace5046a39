// Compares a running service with the reference implementation:
//
//     node compare.js http://127.0.0.1:8000 SCHEMA.graphql QUERIES [SEED]
//
// The documents are those of `documents.js`, of the folder QUERIES, and some made by chance. Each is accepted or refused
// by both; the answers to the accepted ones are the same to the order of their fields, and so are the paths of errors.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSchema } from "graphql";
import { Chance } from "./chance.js";
import { invalid, valid } from "./documents.js";
import { Reference } from "./reference.js";

const [base, schemaFile, folder, seed = "1"] = process.argv.slice(2);
const schema = buildSchema(readFileSync(schemaFile, "utf8"));

const AT_ONCE = 4;
let free = AT_ONCE;
const waiting = [];

/** Sends a request and gives the answer. */
async function ask(request) {
  while (free === 0) await new Promise((resume) => waiting.push(resume));
  free -= 1;
  try {
    const answer = await fetch(`${base}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json",
      },
      body: JSON.stringify(request),
    });
    return await answer.json();
  } finally {
    free += 1;
    waiting.shift()?.();
  }
}

function* questions() {
  for (const file of readdirSync(folder, { recursive: true }).sort()) {
    if (!file.endsWith(".graphql")) continue;
    const query = readFileSync(join(folder, file), "utf8");
    const variables = /^# variables: (.*)$/m.exec(query)?.[1];
    yield { what: file, query, variables: variables && JSON.parse(variables) };
  }
}

/** What is told of lists whose order the specification leaves open. */
function sorted(key, value) {
  const open = ["types", "possibleTypes", "interfaces", "directives", "locations"];
  if (!open.includes(key) || !Array.isArray(value)) return value;
  return value.map((item) => JSON.stringify(item, sorted)).sort();
}

const shown = (data) => JSON.stringify(data, sorted);

/** The places that are null because something failed there, each with the paths of what failed. */
function places({ data, errors = [] }) {
  const places = {};
  for (const { path } of errors) {
    let [place, value] = [[], data];
    for (const key of path) {
      if (value === null) break;
      place.push(key);
      value = value?.[key];
    }
    place = value === null ? JSON.stringify(place) : `${JSON.stringify(path)} is not null`;
    places[place] = [...(places[place] ?? []), JSON.stringify(path)].sort();
  }
  return places;
}

/**
 * Whether errors are told of alike: for the same places, and for each the same path. Where several fields failed in one
 * place, the specification leaves open which of them is told of.
 */
function alike(found, expected, failed) {
  return (
    String(Object.keys(found).sort()) === String(Object.keys(expected).sort()) &&
    Object.values(found).every((paths) => paths.every((path) => failed.has(path)))
  );
}

const LIMITED = "LIMIT_EXCEEDED";
const codes = { GRAPHQL_PARSE_FAILED: "parse", GRAPHQL_VALIDATION_FAILED: "validation" };

/** What the service and the reference say, where they do not say the same. */
function difference(found, expected) {
  const code = found.errors?.[0].extensions.code;
  const refused = "data" in found ? undefined : (codes[code] ?? "request");
  if (!refused !== !expected.refused || (refused === "parse") !== (expected.refused === "parse")) {
    const told = (refused, errors) => `${refused ?? "accepted"}: ${errors?.[0].message ?? ""}`;
    return [told(refused, found.errors), told(expected.refused, expected.errors)];
  }
  if (refused) return undefined;
  const data = [found, expected].map(({ data }) => shown(data));
  if (data[0] !== data[1]) return data;
  const failed = [found, expected].map(places);
  return alike(...failed, expected.failed) ? undefined : failed.map((places) => JSON.stringify(places));
}

const reference = new Reference(schema, ask);
const problems = [];

/** Compares documents, and counts those that are accepted, those with errors of fields among them, and the refused. */
async function compare(name, documents, expected) {
  const counts = { accepted: 0, failing: 0, refused: 0, limited: 0 };
  for (const document of documents) {
    const { what, query, variables, operationName } = document;
    const [answer, wanted] = await Promise.all([
      ask({ query, variables, operationName }),
      reference.answer(document),
    ]);
    if (answer.errors?.some(({ extensions }) => extensions.code === LIMITED)) {
      counts.limited += 1;
      continue;
    }
    counts[wanted.refused ? "refused" : "accepted"] += 1;
    if (!wanted.refused && wanted.errors) counts.failing += 1;
    const told = `${name}: ${what}\n${query}\n${JSON.stringify(variables ?? {})}`;
    const differs = difference(answer, wanted);
    if (differs) problems.push(`${told}\n  service    ${differs[0]}\n  reference  ${differs[1]}`);
    if (expected && !wanted.refused !== (expected === "valid")) {
      problems.push(`${told}\n  is not ${expected}: ${wanted.errors?.[0].message}`);
    }
  }
  const { accepted, failing, refused, limited } = counts;
  const told = `${accepted} accepted, ${failing} of them with errors of fields, ${refused} refused`;
  const beyond = limited > 0 ? `, ${limited} not compared as they are beyond a limit of the service` : "";
  console.log(`graphql-js: ${name}: ${documents.length} documents, ${told}${beyond}`);
  if (limited > documents.length / 10) problems.push(`${name}: too few documents are compared`);
}

const chance = await Chance.over(schema, ask, Number(seed));
await compare("valid ones written", valid, "valid");
await compare("invalid ones written", invalid, "invalid");
await compare("questions of the tests", [...questions()]);
await compare(`made by chance from ${seed}`, [...chance.documents(300)]);
await compare("one thing changed in these", [...chance.changed(400)]);
for (const problem of problems.slice(0, 20)) console.error(problem);
console.log(`graphql-js: ${problems.length} differences; ${reference.asked} fields were asked for alone`);
process.exit(problems.length === 0 ? 0 : 1);
