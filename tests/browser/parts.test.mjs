// Where one part of a page fails, that part says so and what to do, and the rest of the page works. On the stand-in
// server, which tells something that nobody expects.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import * as fixture from "./support/fixture.mjs";
import { json, problem } from "./support/stand-in.mjs";
import { ADDRESS, answerAll, openPaper, signIn } from "./support/states.mjs";
import { visit } from "./support/visit.mjs";

const OPEN = "2021-12-14T02:00:00.000Z";
const PUBLISHED = "2021-12-21T02:00:00.000Z";
const NO_TIME = "lúc nào đó";
const FAILED = "Phần này chưa hiện được.";
const RELOAD = `${FAILED} Hãy tải lại trang`;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** `traces` is how many faults of the page's own are written to the console. */
const visiting = (start, traces, check) => visit(browser, { now: OPEN, ...start }, check, { traces });

const section = (page, name) => page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

/** The named sections say `sentence` and nothing else; no other part of the page says so. */
async function onlyFailed(page, names, sentence) {
  for (const name of names) {
    await section(page, name).getByRole("alert").filter({ hasText: sentence }).waitFor();
    assert.deepEqual(await section(page, name).locator(":scope > :visible").evaluateAll((parts) => parts.map(({ tagName }) => tagName)), ["H2", "P"], name);
  }
  assert.equal(await page.getByText(FAILED).count(), names.length);
}

const contestWith = (change) => ({ contest: () => json(200, { ...fixture.contest, ...change }) });
/** A published file answers something else. */
const fileWith = (name, reply) => ({ published: (usual, _tries, _body, path) => (path.endsWith(name) ? reply(usual()) : usual()) });
const resultsWith = (change) => fileWith("results.json", ({ body }) => json(200, { ...JSON.parse(body), ...change(JSON.parse(body)) }));

async function contestPage(page) {
  await page.goto(ADDRESS.contest);
  await view(page, "ready").waitFor();
}

async function resultsPage(page) {
  await page.goto(ADDRESS.results);
  await view(page, "ready").waitFor();
}

test("a contest shows its pictures where it has them, each in the place that is kept for it", async () => {
  const logo = { path: "media/ab.png", width: 300, height: 200 };
  const banner = { path: "media/cd.jpg", width: 1600, height: 400 };
  for (const [page, shown] of [[{ logo, banner }, { logo, banner }], [{ logo }, { logo }], [undefined, {}]]) {
    await visiting({ answer: contestWith({ page }) }, 0, async (opened) => {
      await opened.goto(ADDRESS.contest);
      await view(opened, "ready").waitFor();
      for (const name of ["logo", "banner"]) {
        const image = opened.locator(`img[data-ref="${name}"]`);
        const told = await image.evaluate((element) => ["src", "width", "height"].map((attribute) => element.getAttribute(attribute)));
        const { path, width, height } = shown[name] ?? {};
        assert.equal(await image.evaluate((element) => element.hidden), !path, name);
        assert.deepEqual(told, path ? [`/contests/${fixture.contest.id}/${path}`, String(width), String(height)] : [null, null, null], name);
      }
    });
  }
});

test("a list of rounds that cannot be shown leaves the contest's state, its prizes and its rules", () => {
  const rounds = fixture.contest.rounds.map((round, at) => (at === 0 ? round : { ...round, publishes: NO_TIME }));
  return visiting({ answer: contestWith({ rounds }) }, 1, async (page) => {
    await contestPage(page);
    await onlyFailed(page, ["Các vòng thi"], RELOAD);
    await page.getByRole("link", { name: "Đăng ký dự thi" }).waitFor();
    await page.getByRole("rowheader", { name: "Giải Nhất" }).waitFor();
    await page.getByText("Điều 2. Xếp hạng").waitFor();
  });
});

test("prizes and rules that cannot be shown leave the rounds", () => visiting({ answer: contestWith({ prizes: null, rules: null }) }, 2, async (page) => {
  await contestPage(page);
  await onlyFailed(page, ["Giải thưởng", "Thể lệ"], RELOAD);
  await section(page, "Các vòng thi").getByRole("heading", { level: 3 }).first().waitFor();
}));

test("what a round alone asks is told on both pages, and of the others what holds of all", () => {
  const [first, ...others] = fixture.contest.rounds;
  const own = { ...fixture.contest.attempt, questions: 30, minutes: 20, per_day: 1 };
  return visiting({ answer: contestWith({ rounds: [{ ...first, attempt: own }, ...others] }) }, 0, async (page) => {
    await contestPage(page);
    const told = `Riêng ${first.name}: 30 câu mỗi lượt; 20 phút mỗi lượt; Mỗi ngày bắt đầu được tối đa 1 lượt`;
    await page.getByText(told, { exact: true }).waitFor();
    await page.getByText("15 phút mỗi lượt", { exact: true }).waitFor();
    await signIn(page);
    await page.goto(ADDRESS.round);
    await view(page, "ready").waitFor();
    await page.getByText("20 phút mỗi lượt", { exact: true }).waitFor();
    assert.equal(await page.getByText("15 phút mỗi lượt").count(), 0);
  });
});

test("a period that cannot be shown leaves the contest's name", () => visiting({ answer: contestWith({ opens: NO_TIME }) }, 1, async (page) => {
  await contestPage(page);
  await page.getByRole("heading", { name: fixture.contest.name }).waitFor();
  await page.locator(".ht-hero").getByRole("alert").filter({ hasText: RELOAD }).waitFor();
  await section(page, "Các vòng thi").getByRole("heading", { level: 3 }).first().waitFor();
}));

test("one's own data that do not come leave the contest, and the part says the server's sentence", () => visiting({
  answer: { me: () => problem(503, "busy", "Hệ thống đang bận, hãy thử lại sau.") },
}, 0, async (page) => {
  await signIn(page);
  await contestPage(page);
  await onlyFailed(page, ["Thông tin của bạn"], `${FAILED} Hệ thống đang bận, hãy thử lại sau.`);
  await page.getByRole("link", { name: "Vào thi", exact: true }).waitFor();
}));

test("winners that cannot be shown leave figures, units and the look-up", () => visiting({
  now: PUBLISHED, published: true, answer: resultsWith(({ winners }) => ({ winners: winners.map((winner) => ({ ...winner, submitted_at: NO_TIME })) })),
}, 1, async (page) => {
  await resultsPage(page);
  await onlyFailed(page, ["Người đạt giải"], RELOAD);
  await page.getByText("27.084").waitFor();
  await page.getByRole("rowheader", { name: "Xã Ân Châu" }).waitFor();
  await page.getByLabel("Mã công khai").fill(fixture.PSEUDONYM);
  await page.getByRole("button", { name: "Tra hạng" }).click();
  await page.getByText("Mã này xếp hạng 17.201").waitFor();
}));

test("a list of files and a ranking of units that do not come leave the winners", () => visiting({
  now: PUBLISHED, published: true,
  answer: { published: (usual, _tries, _body, path) => (/manifest\.json|units\.csv/.test(path) ? json(path.endsWith("csv") ? 503 : 404, {}) : usual()) },
}, 0, async (page) => {
  await resultsPage(page);
  await section(page, "Xếp hạng đơn vị").getByText(`${FAILED} Máy chủ gặp lỗi. Hãy thử lại sau ít phút.`).waitFor();
  await onlyFailed(page, ["Xếp hạng đơn vị", "Tệp công bố"], FAILED);
  await section(page, "Tệp công bố").getByText(RELOAD).waitFor();
  await page.getByRole("rowheader", { name: "Nguyễn Thị Hồng Nhung" }).waitFor();
}));

test("results without their figures leave the units and the history", () => visiting({
  now: PUBLISHED, published: true, answer: fileWith("results.json", () => ({ status: 200, body: "<html>", headers: {} })),
}, 2, async (page) => {
  await resultsPage(page);
  await onlyFailed(page, ["Số liệu chung", "Người đạt giải"], RELOAD);
  await page.getByRole("rowheader", { name: "Xã Ân Châu" }).waitFor();
  await page.getByRole("rowheader", { name: "Bản 1" }).waitFor();
}));

test("earlier attempts that cannot be shown leave the start of the next one", () => visiting({
  attempts: [{ attempt: 1, status: "submitted", started_at: OPEN, submitted_at: NO_TIME }],
}, 1, async (page) => {
  await signIn(page);
  await page.goto(ADDRESS.round);
  await view(page, "ready").getByRole("alert").filter({ hasText: RELOAD }).waitFor();
  await page.getByRole("button", { name: "Bắt đầu lượt 2" }).click();
  await view(page, "paper").waitFor();
}));

test("a receipt whose facts cannot be shown is shown as it came", () => visiting({
  answer: { submit: (usual) => json(200, { ...JSON.parse(usual().body), received_at: NO_TIME }) },
}, 0, async (page, server) => {
  await openPaper(page);
  await answerAll(page);
  await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
  await page.getByText("Bài của bạn đã được nhận; biên nhận ở dưới đây.").waitFor();
  assert.equal(await page.locator("[data-text='receipt']").textContent(), server.state.sheets.get(1).answer.receipt);
}));

test("a check that breaks off leaves the form for receipts", () => visiting({
  now: PUBLISHED, published: true, answer: fileWith("manifest.json", () => json(503, {})),
}, 1, async (page) => {
  await page.goto(ADDRESS.verify);
  await onlyFailed(page, ["Kiểm tra vòng thi"], RELOAD);
  await page.getByLabel("Biên nhận", { exact: true }).fill(fixture.soundReceipt);
  await page.getByRole("button", { name: "Kiểm tra biên nhận" }).click();
  await page.getByText("Vòng thi chưa kiểm tra xong.").waitFor();
}));

test("display tools that fail are not offered, and leave the whole page", () => visiting({}, 1, async (page) => {
  await page.route("**/contest.html*", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace('data-ref="smaller"', "") });
  });
  await contestPage(page);
  assert.equal(await page.getByRole("group", { name: "Cách hiển thị" }).isVisible(), false);
  await page.getByRole("navigation", { name: "Cuộc thi này" }).waitFor();
  assert.equal(await page.getByText(FAILED).isVisible(), false);
}));
