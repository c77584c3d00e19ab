// What the page may weigh and what it may never contain. Reads the files; needs no server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { REPOSITORY, files, gzipped, modulesOf, pages, plainScriptsOf, read, stylesOf } from "./support/pages.mjs";

const SCRIPT_LIMIT = 20_000; // gzipped, as loaded by one page: what an old phone must parse
const CHECKING_LIMIT = 24_000; // who checks a round has the rules of ranking come along
const PAGE_LIMIT = 60_000; // gzipped HTML, CSS and script of one page: about 2 s at 3G's 300 kbit/s

const CONSOLE_SCRIPT_LIMIT = 60_000; // offices have computers and lines of their own
const CONSOLE_PAGE_LIMIT = 150_000;
const isConsole = (page) => page.startsWith("organizer/");

const sum = (paths) => paths.reduce((total, path) => total + gzipped(path), 0);
const scripts = [...files("js/", ".mjs"), ...files("js/", ".js")];
const all = [...pages(), ...files("css/", ".css"), ...scripts];

for (const page of pages()) {
  test(`${page} fits the byte budget`, () => {
    const [limit, pageLimit] = isConsole(page) ? [CONSOLE_SCRIPT_LIMIT, CONSOLE_PAGE_LIMIT] : [page === "verify.html" ? CHECKING_LIMIT : SCRIPT_LIMIT, PAGE_LIMIT];
    const script = sum([...modulesOf(page), ...plainScriptsOf(page)]);
    const whole = script + sum(stylesOf(page)) + gzipped(page);
    assert.ok(script <= limit, `${page} loads ${script} bytes of script, limit ${limit}`);
    assert.ok(whole <= pageLimit, `${page} loads ${whole} bytes, limit ${PAGE_LIMIT}`);
  });

  test(`${page} preloads exactly the modules it imports`, () => {
    const preloaded = [...read(page).matchAll(/<link rel="modulepreload" href="\/([^"]+)">/g)].map(([, path]) => path);
    const entry = read(page).match(/type="module" src="\/([^"]+)"><\/script>/)[1];
    assert.deepEqual(preloaded.sort(), modulesOf(page).filter((module) => module !== entry));
  });

  test(`${page} has no inline script, style or event handler`, () => {
    const html = read(page);
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
    assert.doesNotMatch(html, /<style/);
    assert.doesNotMatch(html, /\sstyle=/);
    assert.doesNotMatch(html, /\son[a-z]+=/);
  });

  test(`${page} carries the strict policy itself`, () => {
    const policy = read(page).match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)[1];
    assert.equal(policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'");
  });

  test(`${page} names its language, a title, a description and a skip link`, () => {
    const html = read(page);
    for (const part of ['<html lang="vi">', "<title>", '<meta name="description"', 'property="og:title"', 'class="ht-skip" href="#main"', '<main id="main"']) {
      assert.ok(html.includes(part), part);
    }
  });
}

test("header, footer and what stands in for lost scripts are the same on every page", () => {
  const part = (page, tag) => read(page).match(new RegExp(`<${tag}[^]*?</${tag.split(" ")[0]}>`))[0].replace(' aria-current="page"', "");
  const contestants = pages().filter((page) => !isConsole(page));
  for (const tag of ["header ", "footer "]) assert.equal(new Set(contestants.map((page) => part(page, tag))).size, 1, tag);
  for (const tag of ["footer ", 'section class="ht-note" id="fallback"']) assert.equal(new Set(pages().map((page) => part(page, tag))).size, 1, tag);
});

test("the menu is the same on every page of the console", () => {
  const menus = pages().filter(isConsole).map((page) => read(page).match(/<nav class="ht-subnav"[^]*?<\/nav>/)[0]);
  assert.ok(menus.length >= 6);
  assert.equal(new Set(menus).size, 1);
});

test("no page of contestants brings anything of the console along", () => {
  for (const page of pages().filter((path) => !isConsole(path))) {
    const loaded = [...modulesOf(page), ...stylesOf(page)].filter((path) => /^js\/organizer\/|^js\/words\/console|console\.css/.test(path));
    assert.deepEqual(loaded, [], page);
  }
});

test("no file asks a third party for anything", () => {
  for (const path of all) {
    const addresses = read(path).match(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z.]+/gi) ?? [];
    assert.deepEqual(addresses, [], path);
  }
});

test("data never becomes markup", () => {
  for (const path of scripts) {
    assert.doesNotMatch(read(path), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment/, path);
  }
});

test("every Vietnamese word that scripts write stands in a words module", () => {
  const vietnamese = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i;
  for (const path of scripts.filter((name) => !name.startsWith("js/words/"))) {
    const literals = read(path).replace(/\/\/.*|\/\*[^]*?\*\//g, "").match(/"[^"\n]*"|`[^`]*`/g) ?? [];
    assert.deepEqual(literals.filter((literal) => vietnamese.test(literal)), [], path);
  }
});

test("all text is NFC", () => {
  for (const path of all) assert.equal(read(path), read(path).normalize("NFC"), path);
});

test("every element a script looks for by name stands in a page", () => {
  const html = pages().map(read).join("\n");
  for (const path of files("js/", ".mjs")) {
    for (const [, name] of read(path).matchAll(/ref\([\w.]+(?:\([^)]*\))?, "([\w-]+)"\)/g)) {
      assert.ok(html.includes(`data-ref="${name}"`), `${path} looks for ${name}`);
    }
  }
});

test("what stands in vendor/ is the pinned package, to the byte", () => {
  const published = readFileSync(`${REPOSITORY}tests/browser/node_modules/lean-qr/index.mjs`, "utf8");
  assert.equal(read("vendor/lean-qr.mjs"), published);
});
