// Validates every page of a running service:
//
//     node check.js http://127.0.0.1:8000
//
// All pages of the sitemap, the lists they stand in, and what describes the whole. Nothing may be wrong with any of
// them by the rules of HTML, nor by those of accessibility that a program can judge.
import { HtmlValidate } from "html-validate";

const base = process.argv[2];
const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // A matter of taste, or of what a record is called.
    "long-title": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    // What the address of a recorder holds is encoded.
    "valid-id": ["error", { relaxed: true }],
  },
});

async function get(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

async function listed(address) {
  const xml = await (await fetch(address)).text();
  return [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, to]) => to);
}

const pages = new Set([`${base}/`, `${base}/ns`, `${base}/.well-known/void`]);
for (const part of await listed(`${base}/sitemap.xml`)) {
  for (const page of await listed(part)) {
    pages.add(page);
    pages.add(new URL(".", page).href);
  }
}
const problems = [];
for (const page of pages) {
  const report = await validator.validateString(await get(page));
  for (const { messages } of report.results) {
    for (const { line, column, message, ruleId } of messages) {
      problems.push(`${page}:${line}:${column}: ${message} (${ruleId})`);
    }
  }
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`${pages.size} pages are valid`);
