// Compares what `schismograph schema --diff` says of changes with what the reference implementation says of them:
//
//     node contract.js SCHEMA.graphql PROGRAM [CHANGES_OF_EACH_KIND]
//
// The earlier schema is the committed one with one thing changed by chance, so that the change back is judged by both.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  buildASTSchema,
  findBreakingChanges,
  findDangerousChanges,
  parse,
  parseType,
  print,
  validateSchema,
} from "graphql";

const [sdlFile, program, each = "2"] = process.argv.slice(2);
const sdl = readFileSync(sdlFile, "utf8");
const now = buildASTSchema(parse(sdl));

let state = Number(process.env.CONTRACT_SEED ?? 1);
// A generator that needs no more than to be the same everywhere (Park and Miller's).
const chance = (below) => (state = (state * 48271) % 2147483647) % below;
const any = (list) => list[chance(list.length)];
const drop = (list) => list.splice(chance(list.length), 1);

const parsed = (text) => parse(text).definitions[0];
const field = (text) => parsed(`type T { ${text} }`).fields[0];
const value = (text) => parsed(`input T { ${text} }`).fields[0];
const nonNull = (type) => type.kind === "NonNullType";
const turned = (type) => (nonNull(type) ? type.type : { kind: "NonNullType", type });

// Each changes one thing about the document of the earlier schema; false: nothing here can be changed so.
const of = (document, kind) => document.definitions.filter((it) => it.kind === `${kind}TypeDefinition`);
const fields = (document) => of(document, "Object").flatMap((type) => type.fields);
const taking = (document, fits) =>
  fields(document)
    .flatMap((of) => of.arguments.map((argument) => ({ of, argument })))
    .filter(({ argument }) => fits(argument));
const entries = (document) => of(document, "InputObject").flatMap((type) => type.fields);
const changes = {
  "a field is gone": (document) => any(of(document, "Object")).fields.push(field("gone: Int")),
  "a new field": (document) => drop(any(of(document, "Object").filter((type) => type.fields.length > 1)).fields),
  "an argument is gone": (document) => any(fields(document)).arguments.push(value("gone: Int")),
  "a new argument": (document) => {
    const { of, argument } = any(taking(document, () => true));
    of.arguments = of.arguments.filter((it) => it !== argument);
  },
  "null in answers": (document) => {
    const of = any(fields(document));
    of.type = turned(of.type);
  },
  "null in items": (document) => {
    const of = any(fields(document).filter(({ type }) => nonNull(type) && type.type.kind === "ListType"));
    of.type = { kind: "NonNullType", type: { kind: "ListType", type: turned(of.type.type.type) } };
  },
  "another type": (document) => {
    any(fields(document)).type = parseType(any(["Float", "[String!]!", "Node", "Edtf"]));
  },
  "null in arguments": (document) => {
    const { argument } = any(taking(document, (it) => !it.defaultValue));
    argument.type = turned(argument.type);
  },
  "another default": (document) => {
    const { argument } = any(taking(document, (it) => it.defaultValue?.kind === "IntValue"));
    argument.defaultValue = { kind: "IntValue", value: "7" };
  },
  "an entry is gone": (document) => any(of(document, "InputObject")).fields.push(value("gone: Int")),
  "a new entry": (document) => drop(any(of(document, "InputObject").filter((type) => type.fields.length > 1)).fields),
  "null in entries": (document) => {
    const entry = any(entries(document).filter((it) => !it.defaultValue));
    entry.type = turned(entry.type);
  },
  "a value is gone": (document) => any(of(document, "Enum")).values.push(parsed("enum T { GONE }").values[0]),
  "a new value": (document) => {
    const shown = new Set(fields(document).map((of) => print(of.type).replace(/[[\]!]/g, "")));
    drop(any(of(document, "Enum").filter((type) => shown.has(type.name.value))).values);
  },
  "a type is gone": (document) => document.definitions.push(parsed(any(["type Gone { a: Int }", "scalar Gone"]))),
  "implements now": (document) => (any(of(document, "Object").filter((it) => it.interfaces.length === 1)).interfaces = []),
  "implements no longer": (document) => {
    document.definitions.push(parsed("interface Gone { id: ID! }"));
    any(of(document, "Object").filter((it) => it.interfaces.length > 0)).interfaces.push(
      parsed("type T implements Gone").interfaces[0],
    );
  },
  "a directive is gone": (document) => document.definitions.push(parsed("directive @gone on FIELD")),
  "another description": (document) => (any(fields(document)).description = { kind: "StringValue", value: "Gone." }),
};

function worst(old) {
  if (findBreakingChanges(old, now).length > 0) return "BREAKING";
  return findDangerousChanges(old, now).length > 0 ? "DANGEROUS" : "SAFE";
}

const folder = mkdtempSync(join(tmpdir(), "contract-"));
const file = join(folder, "old.graphql");

function ours(document) {
  writeFileSync(file, print(document));
  let told;
  try {
    told = execFileSync(program, ["schema", "--json", "--diff", file], { stdio: ["ignore", "pipe", "pipe"] });
  } catch (ended) {
    if (ended.status !== 1) throw ended;
    told = ended.stdout;
  }
  return JSON.parse(told).changes;
}

const problems = [];
const counts = { BREAKING: 0, DANGEROUS: 0, SAFE: 0 };
for (const [name, change] of Object.entries(changes)) {
  for (let done = 0, tries = 0; done < Number(each); tries += 1) {
    if (tries > 200) throw new Error(`${name}: nothing in this schema can be changed so`);
    const document = parse(sdl, { noLocation: true });
    change(document);
    const old = buildASTSchema(document, { assumeValidSDL: true });
    if (validateSchema(old).length > 0) continue;
    done += 1;
    const told = ours(document);
    const expected = worst(old);
    const found = told[0]?.class;
    counts[expected] += 1;
    if (found !== expected) {
      problems.push(`${name}: ${expected} by graphql-js; ours: ${JSON.stringify(told)}`);
    }
  }
}
rmSync(folder, { recursive: true });

for (const problem of problems) console.error(problem);
const told = Object.entries(counts).map(([name, count]) => `${count} ${name.toLowerCase()}`);
console.log(`changes judged as graphql-js does: ${told.join(", ")}; ${problems.length} otherwise`);
process.exit(problems.length === 0 ? 0 : 1);
