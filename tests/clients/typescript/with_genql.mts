// genql: the question is an object, typed by what it makes of the schema.
import { createClient } from "./generated/genql/index.js";
import { slug, told } from "./told.mjs";

const client = createClient({ url: `${process.argv[2]}/graphql` });
const data = await client.query({
  organisation: {
    __args: { by: { slug } },
    name: true,
    founded: { display: true },
    splitFrom: {
      __args: {},
      edges: {
        node: { name: true },
        link: {
          date: { edtf: true },
          people: { value: true },
          reason: true,
          event: { kind: true },
          claims: { __args: { property: "reason" }, locator: true, quote: true },
        },
      },
    },
    dissolvedInto: { __args: {}, edges: { node: { name: true }, link: { date: { display: true }, status: true } } },
  },
});
console.log(told(data));
