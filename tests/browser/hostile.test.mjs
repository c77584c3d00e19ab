// Whatever stands in names, units, questions and answers is text: it is shown as it is, and nothing of it is
// run, loaded or followed, under the policy that the deployed site sends.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, view, visitor } from "./support/chromium.mjs";
import * as desk from "./support/desk.mjs";
import * as fixture from "./support/fixture.mjs";
import { CONTEST as OWN, consoleRoutes, OVERVIEW, PEOPLE, REPORT, withSession } from "./support/console.mjs";
import { HOSTILE, poisoned, round } from "./support/hostile.mjs";
import { REPOSITORY } from "./support/pages.mjs";
import { overContest, rankedContest } from "./support/over-contest.mjs";
import { json, POLICY, problem, standIn } from "./support/stand-in.mjs";
import { ADDRESS, fillRegistration, signIn } from "./support/states.mjs";

const OPEN = "2021-12-14T02:00:00.000Z";
const PUBLISHED = "2021-12-21T02:00:00.000Z";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const poison = (usual) => json(200, poisoned(JSON.parse(usual().body), round(HOSTILE)));
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** A visitor to a server whose texts are all hostile; afterwards nothing must have happened. */
async function among(start, visit) {
  const answer = { contest: poison, index: poison, me: poison, ...start.answer };
  const server = await standIn({ now: OPEN, ...start, answer });
  const { context, page, faults } = await visitor(browser, server.url);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url())));
  page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
  await page.addInitScript(() => {
    window.pwned = () => { window.happened = true; };
  });
  try {
    await visit(page);
    await harmless(page);
    assert.deepEqual(faults, []);
    const foreign = asked.filter(({ origin, pathname }) => origin !== server.url || pathname.includes("pwned"));
    assert.deepEqual(foreign.map(String), []);
  } finally {
    await context.close();
    await server.close();
  }
}

/** Nothing ran, and no text became an element. */
async function harmless(page) {
  const found = await page.evaluate(() => {
    const elements = [...document.querySelectorAll("body *")];
    const handlers = elements.filter((element) => [...element.attributes].some(({ name }) => name.startsWith("on")));
    const links = [...document.querySelectorAll("[href], [src], [action]")].map((element) => element.href ?? element.src ?? element.action);
    const foreign = document.querySelectorAll("script:not([src^='/js/']), iframe, object, embed, base, style, form[action], math, video, template img");
    return {
      happened: window.happened === true, polluted: Object.keys(Object.prototype), handlers: handlers.length, foreign: foreign.length,
      links: links.filter((link) => !/^https?:/.test(String(link))).length,
    };
  });
  assert.deepEqual(found, { happened: false, polluted: [], handlers: 0, foreign: 0, links: 0 });
}

/** Every one of `texts` stands on the page, letter by letter. */
async function shown(page, texts) {
  const content = await page.evaluate(() => document.body.textContent);
  assert.deepEqual(texts.filter((text) => !content.includes(text)), []);
}

test("there are two hundred texts, and each is another", () => {
  assert.equal(new Set(HOSTILE).size, 200);
});

test("the policy is the one that the site sends, on this machine and deployed", () => {
  const serve = readFileSync(`${REPOSITORY}infra/local/src/world/site.rs`, "utf8").replace(/\\\n\s*/g, "");
  const template = readFileSync(`${REPOSITORY}infra/template.yaml`, "utf8").replace(/\n\s+/g, " ");
  assert.ok(serve.includes(POLICY), "infra/local/src/world/site.rs");
  assert.ok(template.includes(POLICY), "infra/template.yaml");
});

test("questions and options are text, all two hundred of them", () => {
  const texts = round(HOSTILE);
  const option = (id) => ({ id, text: texts.next().value });
  const questions = Array.from({ length: 50 }, (_, at) => ({ id: `q${at}`, text: texts.next().value, choose: 1, options: ["a", "b", "c"].map(option) }));
  const start = (usual) => json(201, { ...JSON.parse(usual().body), paper: { questions, prediction: fixture.paper.prediction } });
  return among({ answer: { start } }, async (page) => {
    await signIn(page);
    await page.goto(ADDRESS.round);
    await page.getByRole("button", { name: "Bắt đầu lượt 1" }).click();
    await view(page, "paper").waitFor();
    await shown(page, HOSTILE);
    await page.locator("#cau-1 input").first().check();
  });
});

test("units are text in the list of the registration, all two hundred of them", () => {
  const units = HOSTILE.map((name, at) => ({ code: `u-${at}`, name, parent: null, level: null, members: null }));
  const contest = (usual) => json(200, { ...JSON.parse(poison(usual).body), units });
  return among({ answer: { contest } }, async (page) => {
    await page.goto(ADDRESS.register);
    await view(page, "form").waitFor();
    await shown(page, HOSTILE);
    await page.getByLabel("Tìm đơn vị").fill("<script");
  });
});

test("names, prizes, units and reasons are text in the results", () => {
  const rows = HOSTILE.map((name, at) => `${at + 1},u-${at},${quoted(name)},ward,10,1,1,0,1.00,10.00,${quoted(name)}`);
  const published = (usual, _tries, _body, path) => {
    const answer = usual();
    if (path.endsWith("units.csv")) return { ...answer, body: [answer.body.split("\n")[0], ...rows, ""].join("\n") };
    return path.endsWith(".json") ? { ...answer, body: JSON.stringify(poisoned(JSON.parse(answer.body), round(HOSTILE.toReversed()))) } : answer;
  };
  return among({ now: PUBLISHED, published: true, answer: { published } }, async (page) => {
    await signIn(page);
    await page.goto(ADDRESS.results);
    await view(page, "ready").waitFor();
    await page.getByRole("rowheader", { name: "Phường __proto__" }).waitFor();
    await shown(page, HOSTILE);
  });
});

test("names, prizes, units and reasons are text in the results over the contest", () => {
  const texts = round(HOSTILE);
  const files = Object.fromEntries(Object.entries(overContest.official).map(([path, text]) => [path, JSON.stringify(poisoned(JSON.parse(text), texts))]));
  const contest = () => json(200, poisoned(rankedContest, round(HOSTILE)));
  return among({ now: PUBLISHED, overContest: files, answer: { contest } }, async (page) => {
    await page.goto(ADDRESS.overall);
    await view(page, "ready").waitFor();
    const { winners, collective } = JSON.parse(files["overall/v2/results.json"]);
    await shown(page, [winners[0].full_name, winners[0].prize, winners[0].unit_name, collective[0].winners[0].name]);
  });
});

test("the list, the rules, refusals and codes in the address are text", () => {
  const register = () => problem(422, "invalid_fields", HOSTILE[2], { errors: [{ field: "full_name", code: "x", message: HOSTILE[3] }, { field: HOSTILE[4], code: "x", message: HOSTILE[5] }] });
  return among({ answer: { register } }, async (page) => {
    await page.goto("/");
    await view(page, "ready").waitFor();
    await harmless(page);
    await page.goto(ADDRESS.contest);
    await view(page, "ready").waitFor();
    await harmless(page);
    await page.goto(`/contest.html?c=${encodeURIComponent(HOSTILE[2])}&r=${encodeURIComponent("../../x")}#${encodeURIComponent(HOSTILE[3])}`);
    await view(page, "error").waitFor();
    await harmless(page);
  });
});

test("a page that fills itself in from a refusal shows it as text", () => {
  const register = () => problem(422, "invalid_fields", HOSTILE[2], { errors: [{ field: "full_name", code: "x", message: HOSTILE[3] }] });
  return among({ answer: { register, contest: (usual) => usual() } }, async (page) => {
    await page.goto(ADDRESS.register);
    await fillRegistration(page);
    await page.getByRole("button", { name: "Đăng ký", exact: true }).click();
    await page.getByRole("alert").waitFor();
    await shown(page, [HOSTILE[3]]);
  });
});

test("contests, rounds, lines of the checklist, people and faults of files are text in the console, all two hundred of them", () => {
  const texts = round(HOSTILE);
  const many = (values, copies) => Array.from({ length: copies }, () => values).flat();
  const overview = poisoned({ ...OVERVIEW, rounds: many(OVERVIEW.rounds, 40), checklist: many(OVERVIEW.checklist, 40), files: [] }, texts);
  overview.files = OVERVIEW.files;
  const people = poisoned(many(PEOPLE, 100).map((person, at) => ({ ...person, id: `ng-${at}` })), texts);
  const errors = HOSTILE.map((message, row) => ({ sheet: message, row, column: message, code: "x", message }));
  const routes = consoleRoutes({ overview, report: { ...REPORT, errors } });
  return among({ routes, answer: { people: () => json(200, { people }), upload: () => problem(422, "x", HOSTILE[0]) } }, async (page) => {
    await withSession(page);
    for (const [name, shownView] of [["index", "contest"], ["settings", "settings"], ["banks", "files"]]) {
      await page.goto(`/organizer/${name}.html?c=${OWN}`);
      await view(page, shownView).waitFor();
      if (name === "banks") await page.getByText("Đang hiện 200 trên 201 chỗ.").first().waitFor();
      await harmless(page);
      if (name !== "index") await shown(page, HOSTILE);
    }
  });
});

test("figures, lists, proposals, results, documents, people and papers are text in the console", () => {
  const texts = round(HOSTILE);
  const hostile = (value) => poisoned(value, texts);
  const units = HOSTILE.map((name, at) => ({ ...desk.FIGURES.units[0], unit: `u-${at}`, name }));
  const { schema: _schema, contest: _contest, proposal: _proposal, ...members } = JSON.parse(desk.DIFFERENCE.text);
  const preview = desk.previewOf(hostile(members), { people: hostile(desk.DIFFERENCE.people) });
  const routes = [
    ...desk.deskRoutes({
      watch: { ...desk.FIGURES, units }, review: hostile(desk.REVIEW), items: hostile(desk.ITEMS), proposals: hostile(desk.LIST), proposal: { ...hostile(desk.PROPOSALS.you), preview },
      results: hostile(desk.RESULTS), documents: hostile(desk.DOCUMENTS), card: hostile(desk.CARD),
    }),
    ...consoleRoutes({}),
  ];
  const press = (page, name) => page.getByRole("button", { name }).first().click();
  return among({ routes, answer: { "see-paper": () => json(200, hostile(desk.PAPER)), public: () => json(200, hostile(fixture.contest)) } }, async (page) => {
    await withSession(page);
    for (const [name, shownView, act] of [
      [`watch.html?c=${OWN}`, "watch", async () => {
        await press(page, "Hiện thêm 100 đơn vị");
        await shown(page, HOSTILE);
      }],
      [`decisions.html?c=${OWN}`, "list", () => press(page, /^Đưa vào đề nghị/)],
      [`decisions.html?c=${OWN}&p=abcdefghijklmnop`, "proposal", () => page.getByText("khớp").first().waitFor()],
      [`results.html?c=${OWN}`, "list", () => press(page, /^Xem trước kết quả/)],
      [`people.html?c=${OWN}`, "files", async () => {
        await page.getByLabel("Mã dự thi").fill("SC7K2M9C");
        await press(page, "Tra cứu");
        await page.getByText("Thấy 1 người.").waitFor();
      }],
      [`preview.html?c=${OWN}`, "preview", () => page.locator("#the-le").waitFor()],
      [`paper.html?c=${OWN}`, "paper", async () => {
        await press(page, "Xem đề này");
        await page.locator("#cau-1").waitFor();
      }],
    ]) {
      await page.goto(`/organizer/${name}`);
      await view(page, shownView).waitFor();
      await act();
      await harmless(page);
    }
  });
});
