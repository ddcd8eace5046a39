// What the clients in TypeScript share: whose lineage is asked for, and how the answer is told.
import type { LineageQuery } from "./generated/client/graphql.js";

/** Whose lineage is asked for. */
export const slug = "international-socialist-group-scotland";

/** What is known of an organisation's lineage, in lines. */
export function told({ organisation }: LineageQuery): string {
  if (!organisation) throw new Error("no such organisation");
  const lines = [`${organisation.name}, founded ${organisation.founded?.display}`];
  for (const { node, link } of organisation.splitFrom.edges) {
    const kind = link.event?.kind.toLowerCase();
    lines.push(`${kind} from ${node.name}, ${link.date?.edtf}, ${link.people?.value} people: ${link.reason}`);
    for (const { locator, quote } of link.claims) lines.push(`  ${locator}: ${quote}`);
  }
  for (const { node, link } of organisation.dissolvedInto.edges) {
    lines.push(`dissolved into ${node.name}, ${link.date?.display}, ${link.status.toLowerCase()}`);
  }
  return lines.join("\n");
}
