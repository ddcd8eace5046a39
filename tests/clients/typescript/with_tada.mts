// gql.tada: the types follow from the text of the document, without a step that generates them.
import { Client, fetchExchange } from "@urql/core";
import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./generated/tada.js";
import { slug, told } from "./told.mjs";

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Date: string; DateTime: string; Edtf: string; Url: string };
}>();

const lineage = graphql(`
  query Lineage($slug: String!) {
    organisation(by: { slug: $slug }) {
      name
      founded { display }
      splitFrom {
        edges {
          node { name }
          link { date { edtf } people { value } reason event { kind } claims(property: "reason") { locator quote } }
        }
      }
      dissolvedInto { edges { node { name } link { date { display } status } } }
    }
  }
`);

const client = new Client({ url: `${process.argv[2]}/graphql`, exchanges: [fetchExchange], preferGetMethod: false });
const { data, error } = await client.query(lineage, { slug });
if (!data) throw error;
console.log(told(data));
