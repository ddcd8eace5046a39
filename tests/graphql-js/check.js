// Asks the reference implementation about the committed schema:
//
//     node check.js SCHEMA.graphql [INTROSPECTION.json]
//
// It must be readable, valid, and tell the same as the answer to the introspection query.
import { readFileSync } from "node:fs";
import {
  buildClientSchema,
  buildSchema,
  lexicographicSortSchema,
  printSchema,
  validateSchema,
} from "graphql";

const [sdlFile, introspectionFile] = process.argv.slice(2);
const schema = buildSchema(readFileSync(sdlFile, "utf8"));

const problems = validateSchema(schema).map((error) => error.message);

if (introspectionFile) {
  const answer = JSON.parse(readFileSync(introspectionFile, "utf8"));
  const told = print(buildClientSchema(answer.data ?? answer)).split("\n");
  const read = print(schema).split("\n");
  const line = read.findIndex((text, index) => text !== told[index]);
  if (line >= 0 || read.length !== told.length) {
    const at = line >= 0 ? line : read.length;
    problems.push(
      `the introspection differs from line ${at + 1} of the sorted schema on:\n` +
        `  file           ${read[at] ?? "(end)"}\n` +
        `  introspection  ${told[at] ?? "(end)"}`,
    );
  }
}

function print(of) {
  return printSchema(lexicographicSortSchema(of));
}

for (const problem of problems) {
  console.error(`${sdlFile}: ${problem}`);
}
const types = Object.keys(schema.getTypeMap()).length;
console.log(`graphql-js: ${types} types, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
