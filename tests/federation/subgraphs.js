// Two small services that other people could run: an archive, which knows organisations by their slugs, and a journal,
// which knows people by their ids. Both share value types with the service.
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";

const head = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])`;

// How many holdings are about something that the service does not know.
export const LOST = 300;

// `holdings` is a list of a title, a number of pages and the slug of an organisation.
export function archive(holdings) {
  const typeDefs = parse(`${head}
    type Query { holdings(first: Int): [Holding!]! }
    type Holding { title: String! extent: Quantity about: Organisation }
    type Organisation @key(fields: "slug") { slug: String! holdings: [Holding!]! }
    type Quantity @shareable { value: Int text: String }
  `);
  const shown = holdings.map(([title, pages, slug]) => ({
    title,
    extent: { value: pages, text: null },
    about: { slug },
  }));
  const resolvers = {
    Query: { holdings: (_, { first }) => shown.slice(0, first ?? shown.length) },
    Organisation: {
      __resolveReference: ({ slug }) => ({ slug }),
      holdings: ({ slug }) => shown.filter((holding) => holding.about.slug === slug),
    },
  };
  return { typeDefs, schema: buildSubgraphSchema([{ typeDefs, resolvers }]) };
}

// `reviews` is a list of a text and the id of a person.
export function journal(reviews) {
  const typeDefs = parse(`${head}
    type Query { reviews: ReviewPage! }
    type ReviewPage { nodes: [Review!]! pageInfo: PageInfo! }
    type Review { text: String! person: Person }
    type Person @key(fields: "id") { id: ID! }
    type PageInfo @shareable {
      hasNextPage: Boolean!
      hasPreviousPage: Boolean!
      startCursor: String
      endCursor: String
    }
  `);
  const nodes = reviews.map(([text, id]) => ({ text, person: { id } }));
  const pageInfo = { hasNextPage: false, hasPreviousPage: false };
  const resolvers = { Query: { reviews: () => ({ nodes, pageInfo }) } };
  return { typeDefs, schema: buildSubgraphSchema([{ typeDefs, resolvers }]) };
}
