// The files of static-site/ as bytes, and what a browser loads for one page.

import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

export const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
export const SITE = `${REPOSITORY}static-site/`;

export const read = (path) => readFileSync(SITE + path, "utf8");
/** Every file below a folder that ends so. */
export const files = (folder, extension) => readdirSync(SITE + folder, { recursive: true }).filter((name) => name.endsWith(extension)).map((name) => folder + name).sort();
export const pages = () => files("", ".html");

export const gzipped = (path) => gzipSync(readFileSync(SITE + path), { level: 9 }).length;

const importsOf = (module) => [...read(module).matchAll(/from "(\.[^"]+\.mjs)"/g)].map(([, path]) => posix.join(posix.dirname(module), path));

/** Every module a page needs before it can be used, through all imports; what comes on demand is not in it. */
export function modulesOf(page) {
  const found = new Set();
  const visit = (module) => {
    if (found.has(module)) return;
    found.add(module);
    importsOf(module).forEach(visit);
  };
  [...read(page).matchAll(/<script type="module" src="\/([^"]+)">/g)].forEach(([, module]) => visit(module));
  return [...found].sort();
}

/** Scripts that are no modules. */
export const plainScriptsOf = (page) => [...read(page).matchAll(/<script src="\/([^"]+)">/g)].map(([, script]) => script);

export const stylesOf = (page) => [...read(page).matchAll(/<link rel="stylesheet" href="\/([^"]+)"/g)].map(([, style]) => style);
