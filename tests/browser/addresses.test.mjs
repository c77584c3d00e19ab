// The deployed distribution lets through what there is, and nothing else. Reads the files; needs no server.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { through } from "./support/cdn.mjs";
import { pages, read, SITE } from "./support/pages.mjs";

const tree = readdirSync(SITE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => `${parentPath}/${name}`.replace(/\/+/g, "/").slice(SITE.length));

test("every file of the page is served as itself", () => {
  assert.ok(tree.includes("verify.html") && tree.includes("vendor/lean-qr.mjs"), tree.join(" "));
  for (const file of tree) assert.equal(through(`/${file}`), file);
  assert.equal(through("/"), "index.html");
});

test("every template is offered for download, and nothing else is", () => {
  const offered = pages().flatMap((page) => [...read(page).matchAll(/<a href="\/([^"]+)" download>/g)].map(([, file]) => file));
  assert.deepEqual(offered.sort(), tree.filter((file) => file.startsWith("templates/")).sort());
});

test("published files are asked for, whether they are there or not", () => {
  for (const file of ["contests/index.json", "contests/a/contest.json", "contests/a/rounds/b/v1/ledger.jsonl"]) assert.equal(through(`/${file}`), file);
});

test("an address that is no page leads to the page that says so", () => {
  for (const address of ["/khong-co.html", "/verify.htmlx", "/verify", "/jsx/a", "/vendor", "/robots.txt", "//contests/", "/x/index.html", "/organizer/x/index.html"]) {
    assert.equal(through(address), "-> /404.html", address);
  }
});
