import { graphql } from "relay-runtime";

/** What Relay demands most of a schema: an object that is fetched again by its id, and pages that are joined. */
export const descendants = graphql`
  fragment lineageDescendants on Organisation
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" })
  @refetchable(queryName: "lineageDescendantsPageQuery") {
    name
    descendants(first: $first, after: $after) @connection(key: "lineageDescendants_descendants") {
      edges { depth node { id name } }
    }
  }
`;

export const lineage = graphql`
  query lineageQuery($slug: String!, $filter: OrganisationFilter) {
    organisation(by: { slug: $slug }) {
      ...lineageDescendants
      splitFrom { edges { node { name } link { date { edtf } reason event { kind } } } }
    }
    organisations(filter: $filter, first: 20) @connection(key: "lineage_organisations") {
      edges { node { id slug } }
    }
    search(query: "socialist", first: 5) { edges { excerpt node { __typename id name ... on Person { born { display } } } } }
  }
`;
