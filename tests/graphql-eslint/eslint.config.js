// Rules of names, of descriptions and of Relay for the committed schema:
//
//     npx eslint --config eslint.config.js --max-warnings 0 ../../api/schema.graphql
//
// Both sets of rules as they are, but for what is said here.
import { fileURLToPath } from "node:url";
import graphql from "@graphql-eslint/eslint-plugin";

const schema = fileURLToPath(new URL("../../api/schema.graphql", import.meta.url));

export default [
  {
    // Else only what stands below this folder would be looked at.
    basePath: fileURLToPath(new URL("../..", import.meta.url)),
    files: ["api/*.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema } } },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      "@graphql-eslint/relay-arguments": [
        "error",
        // Lists within a record are read from their start; those at the root are paged both ways.
        { includeBoth: false },
      ],
      "@graphql-eslint/relay-edge-types": [
        "error",
        {
          // Lists that stay short, such as names and claims, are lists: what can grow is a connection.
          listTypeCanWrapOnlyEdgeType: false,
          // A revision is told by its number within its record, and an issue is found anew each time it is asked for:
          // neither has an id to be fetched by.
          shouldImplementNode: false,
        },
      ],
      "@graphql-eslint/strict-id-in-types": [
        "error",
        {
          exceptions: {
            // Pages and places in them.
            suffixes: ["Connection", "Edge"],
            // Values without an identity, and views that are made for one answer.
            types: [
              "CommonAncestor",
              "Country",
              "Dataset",
              "EntityCount",
              "ExternalId",
              "HistoricalDate",
              "Issue",
              "Lineage",
              "LineageNode",
              "PageInfo",
              "Path",
              "PathStep",
              "Quantity",
              "Revision",
            ],
          },
        },
      ],
    },
  },
];
