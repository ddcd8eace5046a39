// Documents made by chance over a schema, the same for the same seed: fields with arguments and variables, aliases,
// fragments, fields that merge, directives, now and then a value that the service refuses; and documents that differ
// from these in one token or one variable. Nothing here knows which of them are valid.
import {
  Lexer,
  Source,
  TokenKind,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";

/** The fields that one document may come to. */
const FIELDS = 24;
const DEPTH = 5;

export class Chance {
  #schema;
  #state;
  #ids;
  #slugs;
  #made = [];

  /** With ids and slugs of what the service holds. */
  static async over(schema, ask, seed) {
    const lists = ["organisations", "people", "campaigns", "publications", "events"];
    const query = `{ ${lists.map((list) => `${list}(first: 8) { nodes { id slug } }`).join(" ")} }`;
    const { data } = await ask({ query });
    const nodes = Object.values(data).flatMap((list) => list.nodes);
    return new Chance(schema, seed, nodes);
  }

  constructor(schema, seed, nodes) {
    this.#schema = schema;
    this.#state = seed;
    this.#ids = nodes.map(({ id }) => id);
    this.#slugs = nodes.map(({ slug }) => slug);
  }

  *documents(count) {
    for (let number = 1; number <= count; number++) {
      const made = { what: `number ${number}`, ...this.#document() };
      this.#made.push(made);
      yield made;
    }
  }

  /** Documents of those made before, each with one thing changed. */
  *changed(count) {
    for (let number = 1; number <= count; number++) {
      const { what, query, variables } = this.#one(this.#made);
      const changed = this.#odds(0.2) ? this.#otherVariables(variables) : undefined;
      yield {
        what: `${what}, change ${number}`,
        query: changed ? query : this.#otherTokens(query),
        variables: changed ?? variables,
      };
    }
  }

  /** A number from 0 up to 1: Mulberry32. */
  #random() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  #below(bound) {
    return Math.floor(this.#random() * bound);
  }

  #odds(share) {
    return this.#random() < share;
  }

  #one(list) {
    return list[this.#below(list.length)];
  }

  #document() {
    const under = { left: FIELDS, variables: [], values: {}, fragments: [], aliases: 0 };
    const selection = this.#selection(this.#schema.getQueryType(), under, DEPTH, new Map());
    const told = under.variables.length > 0 ? `(${under.variables.join(", ")})` : "";
    const head = told || this.#odds(0.3) ? `query ${this.#odds(0.5) ? "Q" : ""}${told} ` : "";
    const parts = [head + selection, ...under.fragments];
    if (this.#odds(0.3)) parts.reverse();
    return { query: parts.join("\n"), variables: under.values };
  }

  /** `merged` holds, for each response name of the object, what stands for it and what it selects already. */
  #selection(type, under, depth, merged) {
    const parts = [];
    for (let count = 1 + this.#below(4); count > 0; count--) {
      const fragment = depth > 1 && this.#odds(isAbstractType(type) ? 0.6 : 0.15);
      parts.push((fragment && this.#fragment(type, under, depth, merged)) || this.#field(type, under, depth, merged));
    }
    return `{ ${parts.join(" ")} }`;
  }

  #fragment(type, under, depth, merged) {
    const types = isAbstractType(type)
      ? [type, ...this.#schema.getPossibleTypes(type)]
      : [type, ...(type.getInterfaces?.() ?? [])];
    const on = this.#one(types);
    const directive = this.#directive(under);
    const selection = this.#selection(on, under, depth - 1, merged);
    if (this.#odds(0.5)) {
      const condition = on === type && this.#odds(0.3) ? "" : ` on ${on.name}`;
      return `...${condition}${directive} ${selection}`;
    }
    const name = `F${under.fragments.length + 1}`;
    under.fragments.push(`fragment ${name} on ${on.name} ${selection}`);
    return `...${name}${directive}`;
  }

  #field(type, under, depth, merged) {
    const fields = Object.values(type.getFields?.() ?? {});
    const fit = fields.filter(({ type }) => depth > 1 || isLeafType(getNamedType(type)));
    under.left -= 1;
    if (fit.length === 0 || under.left < 0 || this.#odds(0.08)) return "__typename";
    const field = this.#one(fit);
    const told = field.name + this.#arguments(field, under);
    const alias = this.#odds(0.2) ? `a${(under.aliases += 1)}` : undefined;
    let key = alias ?? field.name;
    if (merged.has(key) && merged.get(key).told !== told) key = `a${(under.aliases += 1)}`;
    if (!merged.has(key)) merged.set(key, { told, inner: new Map() });
    const named = key === field.name ? told : `${key}: ${told}`;
    const inner = getNamedType(field.type);
    const selection = isLeafType(inner)
      ? ""
      : ` ${this.#selection(inner, under, depth - 1, merged.get(key).inner)}`;
    return `${named}${this.#directive(under)}${selection}`;
  }

  #directive(under) {
    if (!this.#odds(0.1)) return "";
    const value = this.#odds(0.5);
    const name = this.#odds(0.5) ? "skip" : "include";
    return ` @${name}(if: ${this.#odds(0.5) ? value : this.#variable("Boolean!", value, under)})`;
  }

  #arguments(field, under) {
    const told = [];
    let pages = 0;
    for (const argument of field.args) {
      const page = ["first", "last"].includes(argument.name);
      const cursor = ["after", "before"].includes(argument.name);
      const share = isRequiredArgument(argument) ? 1 : page ? 0.9 : cursor ? 0.01 : 0.2;
      // A page has one end, and short ones keep the answers small.
      if ((page && pages++ > 0) || !this.#odds(share)) continue;
      const value = this.#value(argument, 2);
      const variable = this.#odds(0.25);
      const shown = variable
        ? this.#variable(String(argument.type), value, under)
        : literal(value, argument.type);
      told.push(`${argument.name}: ${shown}`);
    }
    return told.length > 0 ? `(${told.join(", ")})` : "";
  }

  #variable(type, value, under) {
    const name = `v${under.variables.length + 1}`;
    const given = this.#odds(0.8) || type.endsWith("!");
    if (given) under.values[name] = value;
    under.variables.push(`$${name}: ${type}${this.#odds(0.2) && !given ? " = null" : ""}`);
    return `$${name}`;
  }

  /** A value of an argument or an input field, as JSON. */
  #value({ name, type }, depth) {
    if (!isNonNullType(type) && this.#odds(0.05)) return null;
    const bare = getNullableType(type);
    if (isListType(bare)) {
      const item = () => this.#value({ name, type: bare.ofType }, depth);
      return Array.from({ length: name === "kinds" ? 1 : 1 + this.#below(2) }, item);
    }
    if (isEnumType(bare)) return this.#one(bare.getValues()).name;
    if (isInputObjectType(bare)) {
      const fields = Object.values(bare.getFields());
      const chosen = bare.isOneOf
        ? [fields.find(({ name }) => name === "slug") ?? fields[0]]
        : fields.filter((field) => isRequiredInputField(field) || (depth > 0 && this.#odds(1.5 / fields.length)));
      return Object.fromEntries(
        chosen.map((field) => {
          const only = bare.isOneOf ? { ...field, type: getNullableType(field.type) } : field;
          const value = this.#value(only, depth - 1);
          return [field.name, bare.isOneOf ? (value ?? "x") : value];
        }),
      );
    }
    const odd = this.#odds(0.02);
    switch (bare.name) {
      case "Int":
        return odd ? -1 : 1 + this.#below(3);
      case "ID":
        return odd ? "nonsense" : this.#one(this.#ids);
      case "Boolean":
        return this.#odds(0.5);
      case "Edtf":
        return odd ? "some day" : this.#one(["1905", "1921-03", "1930/1950", "1974-05-01", "1990~"]);
      case "String":
        if (name === "slug") return odd ? "nobody" : this.#one(this.#slugs);
        if (name === "locale") return odd ? "e_n" : this.#one(["en", "en-GB"]);
        return this.#one(["party", "a", "the left", "Workers"]);
      default:
        return this.#one(["1950-01-01", "https://example.org/"]);
    }
  }

  #otherTokens(query) {
    const tokens = [];
    const lexer = new Lexer(new Source(query));
    while (lexer.advance().kind !== TokenKind.EOF) tokens.push(shown(lexer.token));
    const at = this.#below(tokens.length);
    const other = () => this.#one(["{", "}", "(", ")", ":", "!", "$", "@", "...", "[", "]", "=", "&", "|", "1", "1.5", '"text"', "true", "null", "PARTY", "on", "fragment", "@skip(if: true)", ...Object.keys(this.#schema.getTypeMap())]);
    switch (this.#below(6)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens.splice(at, 0, tokens[at]);
        break;
      case 2:
        [tokens[at], tokens[at - 1]] = [tokens[Math.max(at - 1, 0)], tokens[at]];
        break;
      case 3:
        tokens[at] = other();
        break;
      case 4:
        tokens.splice(at, 0, other());
        break;
      default:
        tokens[at] = this.#one(tokens);
    }
    return tokens.join(" ");
  }

  #otherVariables(variables) {
    const names = Object.keys(variables);
    if (names.length === 0) return undefined;
    const name = this.#one(names);
    const { [name]: _, ...others } = variables;
    if (this.#odds(0.3)) return others;
    const value = this.#one([null, 1, 1.5, -1, 3000000000, true, "text", [], [1], {}, { slug: "a" }]);
    return { ...others, [name]: value };
  }
}

function shown({ kind, value }) {
  if (kind === TokenKind.STRING || kind === TokenKind.BLOCK_STRING) return JSON.stringify(value);
  return value === undefined ? kind : kind === TokenKind.COMMENT ? "" : value;
}

function literal(value, type) {
  const bare = getNullableType(type);
  if (value === null) return "null";
  if (isListType(bare)) return `[${value.map((item) => literal(item, bare.ofType)).join(", ")}]`;
  if (isEnumType(bare)) return value;
  if (isInputObjectType(bare)) {
    const fields = bare.getFields();
    const told = Object.entries(value).map(([name, value]) => `${name}: ${literal(value, fields[name].type)}`);
    return `{ ${told.join(", ")} }`;
  }
  return JSON.stringify(value);
}
