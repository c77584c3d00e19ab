// What the distribution does before it asks the bucket: the code of the template's own function, run by node.
// `node cdn.mjs ADDRESS…` prints for each the object that is asked for, or where the visitor is sent.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { REPOSITORY } from "./pages.mjs";

const template = readFileSync(`${REPOSITORY}infra/template.yaml`, "utf8");
const [, code] = /\n  UnknownPage:\n[^]*?\n      FunctionCode: \|\n((?: {8}.*\n)+)/.exec(template);
const handler = new Function(`${code}\nreturn handler;`)();
const [, root] = /\n +DefaultRootObject: (\S+)\n/.exec(template);

/** The object's key, or `-> address`. */
export function through(address) {
  const answer = handler({ request: { method: "GET", uri: address, headers: {}, querystring: {} } });
  if (answer.statusCode) return `-> ${answer.headers.location.value}`;
  return answer.uri === "/" ? root : answer.uri.slice(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const address of process.argv.slice(2)) console.log(through(address));
}
