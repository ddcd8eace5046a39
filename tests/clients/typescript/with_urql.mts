// urql, over the types that the client preset of @graphql-codegen makes.
import { Client, fetchExchange } from "@urql/core";
import { LineageDocument } from "./generated/client/graphql.js";
import { slug, told } from "./told.mjs";

const client = new Client({ url: `${process.argv[2]}/graphql`, exchanges: [fetchExchange], preferGetMethod: false });
const { data, error } = await client.query(LineageDocument, { slug });
if (!data) throw error;
console.log(told(data));
