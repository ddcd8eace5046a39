// Runs the audits of GraphQL over HTTP against a running service:
//
//     node audit.js http://127.0.0.1:8000
//
// Every one must pass, also those of what a server should or may do.
import { serverAudits } from "graphql-http";

const url = `${process.argv[2]}/graphql`;
const counts = { MUST: [0, 0], SHOULD: [0, 0], MAY: [0, 0] };
let failed = 0;
for (const audit of serverAudits({ url })) {
  const count = counts[audit.name.split(" ", 1)[0]];
  const result = await audit.fn();
  count[1] += 1;
  if (result.status === "ok") {
    count[0] += 1;
  } else {
    failed += 1;
    console.error(`${audit.id} ${audit.name}: ${result.reason}`);
  }
}
const [passed, all] = Object.values(counts).reduce(([a, b], [c, d]) => [a + c, b + d]);
const told = Object.entries(counts).map(([level, [passed, all]]) => `${level} ${passed}/${all}`);
console.log(`graphql-http: ${passed} of ${all} audits pass (${told.join(", ")})`);
process.exit(failed === 0 && all > 50 ? 0 : 1);
