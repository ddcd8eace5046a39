// What graphql-js makes of a document over the data of a running service. Each field that it comes to is asked for by
// itself, with nothing but the way that leads to it: no aliases, fragments, variables or directives, and no second
// field. So what the service makes of all these together is compared with what it says of each part.
import {
  astFromValue,
  execute,
  getNamedType,
  isLeafType,
  parse,
  print,
  responsePathAsArray,
  validate,
} from "graphql";

export class Reference {
  #schema;
  #ask;
  #known = new Map();

  /** `ask` sends a query and gives the answer as JSON. */
  constructor(schema, ask) {
    this.#schema = schema;
    this.#ask = ask;
  }

  /**
   * The result, with the paths of all fields that failed, also of those that are not told of because another failed in
   * the same place. Of what is refused, when: as it is parsed, validated, or prepared to be executed.
   */
  async answer({ query, variables, operationName }) {
    let document;
    try {
      document = parse(query);
    } catch (error) {
      return { refused: "parse", errors: [error] };
    }
    const errors = validate(this.#schema, document, undefined, { maxErrors: 1 });
    if (errors.length > 0) return { refused: "validation", errors };
    const failed = new Set();
    let under = 0;
    const result = await execute({
      schema: this.#schema,
      document,
      operationName,
      variableValues: variables,
      fieldResolver: async (parent, args, _, info) => {
        under += 1;
        try {
          return await this.#resolve(parent, args, info);
        } catch (error) {
          failed.add(JSON.stringify(responsePathAsArray(info.path)));
          throw error;
        } finally {
          under -= 1;
        }
      },
      typeResolver: (value) => value.type,
    });
    // One failure can end the execution while other fields are still under way.
    do await new Promise((resume) => setImmediate(resume));
    while (under > 0);
    // An argument can fail before its field is asked for.
    for (const { path } of result.errors ?? []) failed.add(JSON.stringify(path));
    // A kind of operation that the schema does not have is told of as if it had been executed.
    const executed = result.data !== undefined && !(result.data === null && !result.errors[0].path);
    return executed ? { ...result, failed } : { refused: "request", errors: result.errors };
  }

  async #resolve(parent, args, info) {
    const type = info.parentType;
    const given = type.getFields()[info.fieldName].args.filter(({ name }) => name in args);
    const told = given.map(({ name, type }) => `${name}: ${print(astFromValue(args[name], type))}`);
    const field = told.length > 0 ? `${info.fieldName}(${told.join(", ")})` : info.fieldName;
    const way = [...(parent?.way ?? []), { type: type.name, field }];
    const path = [...(parent?.path ?? []), info.fieldName];
    const leaf = isLeafType(getNamedType(info.returnType));
    const answer = await this.#along(way, leaf);
    const value = path.reduce((value, key) => value?.[key], answer.data);
    const error = answer.errors?.find((error) => String(error.path ?? path) === String(path));
    if (error) throw new Error(error.message);
    return leaf ? value : place(value, way, path);
  }

  #along(way, leaf) {
    const query = way.reduceRight(
      (inner, { type, field }) => `{ ... on ${type} { ${field} ${inner} } }`,
      leaf ? "" : "{ __typename }",
    );
    if (!this.#known.has(query)) this.#known.set(query, this.#ask({ query }));
    return this.#known.get(query);
  }

  /** How many questions were asked. */
  get asked() {
    return this.#known.size;
  }
}

function place(value, way, path) {
  if (Array.isArray(value)) return value.map((item, index) => place(item, way, [...path, index]));
  return value && { type: value.__typename, way, path };
}
