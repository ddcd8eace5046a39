// Apollo Client, over the types that the client preset of @graphql-codegen makes.
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client/core";
import { LineageDocument } from "./generated/client/graphql.js";
import { slug, told } from "./told.mjs";

const client = new ApolloClient({ link: new HttpLink({ uri: `${process.argv[2]}/graphql` }), cache: new InMemoryCache() });
const { data } = await client.query({ query: LineageDocument, variables: { slug } });
if (!data) throw new Error("no data");
console.log(told(data));
