// What urql and Apollo Client, with the headers that they send of themselves, make of each kind of answer:
// a good one, a document that is refused, and one with data beside an error. By POST and by GET.
import assert from "node:assert/strict";
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client/core";
import { Client, fetchExchange } from "@urql/core";
import { slug } from "./told.mjs";

const url = `${process.argv[2]}/graphql`;
const good = gql`query ($slug: String!) { organisation(by: { slug: $slug }) { __typename name } }`;
const refused = gql`{ organisation(by: { slug: "any" }) { nothing } }`;
const partial = gql`
  query ($slug: String!) {
    organisation(by: { slug: $slug }) { __typename name }
    undated: organisation(by: { slug: $slug }, at: "the fifties") { __typename name }
  }
`;
const organisation = { __typename: "Organisation", name: "International Socialist Group (Scotland)" };

/** The last exchange over HTTP. */
const last = { method: "", accept: "", status: 0, type: "" };
const watched: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const response = await fetch(request);
  last.method = request.method;
  last.accept = request.headers.get("accept") ?? "";
  last.status = response.status;
  last.type = response.headers.get("content-type")?.split(";")[0] ?? "";
  return response;
};

/** What a library makes of an answer: the data, and the codes of the errors; it fails where it takes the answer for none. */
type Ask = (document: typeof good) => Promise<{ data: unknown; codes: unknown[] }>;

async function judge(library: string, method: string, ask: Ask) {
  assert.deepEqual(await ask(good), { data: { organisation }, codes: [] });
  assert.deepEqual([last.method, last.status], [method, 200]);
  assert.equal(last.type, "application/graphql-response+json", `${library} asks for ${last.accept}`);
  const { codes } = await ask(refused);
  assert.deepEqual([last.status, codes], [400, ["GRAPHQL_VALIDATION_FAILED"]]);
  assert.deepEqual(await ask(partial), { data: { organisation, undated: null }, codes: ["BAD_USER_INPUT"] });
  assert.deepEqual([last.method, last.status], [method, 294]);
  console.log(`${library}, ${method}: accepts ${last.accept}`);
}

for (const method of ["POST", "GET"] as const) {
  const get = method === "GET";
  const urql = new Client({ url, exchanges: [fetchExchange], fetch: watched, preferGetMethod: get ? "force" : false });
  await judge("urql", method, async (document) => {
    const { data, error } = await urql.query(document, { slug });
    if (error?.networkError) throw error.networkError;
    return { data, codes: error?.graphQLErrors.map((one) => one.extensions["code"]) ?? [] };
  });
  const link = new HttpLink({ uri: url, fetch: watched, useGETForQueries: get });
  const apollo = new ApolloClient({ link, cache: new InMemoryCache() });
  await judge("Apollo Client", method, async (query) => {
    const { data, error } = await apollo.query({ query, variables: { slug }, errorPolicy: "all", fetchPolicy: "network-only" });
    if (error && !CombinedGraphQLErrors.is(error)) throw error;
    return { data, codes: error?.errors.map((one) => one.extensions?.["code"]) ?? [] };
  });
}
