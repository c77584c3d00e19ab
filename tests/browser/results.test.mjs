// Results over the whole contest, and what pages of results make of rare contests, on the stand-in server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESK, launch, SMALLEST, view } from "./support/chromium.mjs";
import * as fixture from "./support/fixture.mjs";
import { overContest, rankedContest } from "./support/over-contest.mjs";
import { json } from "./support/stand-in.mjs";
import { ADDRESS, signIn } from "./support/states.mjs";
import { visit } from "./support/visit.mjs";

const PUBLISHED = "2021-12-21T02:00:00.000Z";
const OVER = "2021-12-31T02:00:00.000Z";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const contestWith = (change) => ({ contest: () => json(200, { ...fixture.contest, ...change }) });
const ranked = contestWith(rankedContest);

const visiting = (start, check, options) => visit(browser, { now: OVER, answer: ranked, ...start }, check, options);

async function overall(page) {
  await page.goto(ADDRESS.overall);
  await view(page, "ready").waitFor();
}

const section = (page, name) => page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });
const heading = (page, name) => page.getByRole("heading", { name, exact: true });
const names = (region) => region.locator("tbody th").allTextContents();
/** The texts of `stage`, one of which is another. */
const changed = (stage, name, change) => ({ ...overContest[stage], [name]: JSON.stringify(change(JSON.parse(overContest[stage][name]))) });

test("a contest in which nothing is decided over the rounds has no results over them", () => visiting({
  now: PUBLISHED, published: true, answer: contestWith({ collective: fixture.contest.collective.map((group) => ({ ...group, scope: "round" })), overall: null }),
}, async (page) => {
  await page.goto(ADDRESS.results);
  await page.getByRole("link", { name: "Tuần thứ Hai" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Toàn cuộc thi" }).count(), 0);
  await page.goto(ADDRESS.overall);
  await view(page, "error").waitFor();
  await page.goto(ADDRESS.contest);
  await view(page, "ready").waitFor();
  assert.equal(await page.getByRole("link", { name: "Kết quả toàn cuộc thi" }).isVisible(), false);
}));

test("the contest's page leads to its results once a round is published", () => visiting({ now: PUBLISHED, overContest: overContest.provisional, answer: {} }, async (page, server) => {
  const link = page.getByRole("link", { name: "Kết quả toàn cuộc thi" });
  await page.goto(ADDRESS.contest);
  await view(page, "ready").waitFor();
  assert.equal(await link.isVisible(), false);
  server.state.published = true;
  await page.reload();
  await link.click();
  await heading(page, "Kết quả toàn cuộc thi").waitFor();
  assert.equal(await page.getByRole("link", { name: "Toàn cuộc thi", exact: true }).getAttribute("aria-current"), "page");
}));

test("before the first publication the page says when standings come, whether the file is missing or forbidden", async () => {
  for (const status of [403, 404]) {
    await visiting({ now: "2021-12-19T10:00:00.000Z", answer: { "over-contest": () => json(status, {}) } }, async (page) => {
      await page.goto(ADDRESS.overall);
      await page.getByText("Xếp hạng toàn cuộc thi có sau khi công bố kết quả Tuần thứ Nhất, lúc 08h00, Thứ Hai 20/12/2021 (giờ Việt Nam).").waitFor();
    });
  }
});

test("while rounds are to come it is said after which rounds it stands and when prizes are given, and nothing else", () => visiting({
  now: PUBLISHED, published: true, overContest: overContest.provisional, answer: {},
}, async (page, server) => {
  await overall(page);
  await page.getByText("Sau 1 vòng đã công bố (trong 2 vòng): Tuần thứ Nhất. Giải được trao sau khi công bố vòng cuối, lúc 08h00, Thứ Hai 27/12/2021 (giờ Việt Nam).").waitFor();
  assert.deepEqual(await page.locator("h2:visible").allTextContents(), ["Xếp hạng tập thể: Xã, phường"]);
  assert.equal(await page.getByRole("columnheader", { name: "Giải", exact: true }).count(), 0, "no prizes yet");
  assert.deepEqual(server.state.asked.filter(({ path }) => path.includes("/overall/")), [], "what cannot be there is not asked for");
}));

test("a provisional ranking of people is there without prizes", () => visiting({ now: PUBLISHED, overContest: overContest.rankedProvisional }, async (page) => {
  await signIn(page);
  await overall(page);
  await page.getByText("Bạn xếp hạng 60 toàn cuộc thi, tổng điểm 1,39.").waitFor();
  assert.equal(await heading(page, "Người đạt giải toàn cuộc thi").isVisible(), false);
}));

test("who won stands first: people with name, unit, score and rounds, then units of every competition", () => visiting({ overContest: overContest.final }, async (page) => {
  await overall(page);
  assert.deepEqual((await page.locator("h2:visible").allTextContents()).slice(0, 3), ["Người đạt giải toàn cuộc thi", "Giải tập thể 1: Xã, phường", "Giải tập thể 2: Xã, phường; Cơ sở"]);
  const winner = page.getByRole("row").filter({ hasText: "Đỗ Văn Ẩm" }).first();
  assert.deepEqual(await winner.locator("td, th").allTextContents(), ["Giải Nhì", "2", "Đỗ Văn Ẩm", "Phường Bách Quang", "1,97", "0", "5:05,252"]);
  assert.match(await section(page, "Giải tập thể 1: Xã, phường").locator("dl").innerText(), /Giải Nhất\s+Phường Bách Quang\s+Giải Nhì\s+Phường Lương Sơn/);
  await page.getByText("Chưa phải kết quả chính thức: còn chờ Ban Tổ chức công nhận kết quả mọi vòng thi.").waitFor();
}));

test("points stand only where units have some, and each table sorts by itself", () => visiting({ overContest: overContest.final }, async (page) => {
  await overall(page);
  const [first, second] = ["Giải tập thể 1: Xã, phường", "Giải tập thể 2: Xã, phường; Cơ sở"].map((name) => section(page, name));
  assert.equal(await first.getByRole("columnheader", { name: "Điểm thi đua" }).count(), 0);
  assert.deepEqual(await names(second), ["Phường Lương Sơn", "Phường Bách Quang"]);
  await second.getByRole("columnheader", { name: "Lượt thi" }).getByRole("button").press("Enter");
  assert.deepEqual(await names(second), ["Phường Bách Quang", "Phường Lương Sơn"]);
  assert.equal(await page.locator("[data-ref='announcer']").textContent(), "Đã xếp theo Lượt thi, giảm dần.");
  await first.getByRole("columnheader", { name: "Hạng" }).getByRole("button").press("Enter");
  assert.deepEqual(await names(first), ["Phường Lương Sơn", "Phường Bách Quang", "Xã Ân Châu"], "a unit without a rank stays last");
}, { viewport: DESK }));

test("a contestant sees the own line and the unit above the own one, in words", () => visiting({
  overContest: overContest.final, answer: { ...ranked, me: (usual) => json(200, { ...JSON.parse(usual().body), unit: "thcs" }) },
}, async (page) => {
  await signIn(page);
  await overall(page);
  await page.getByText("Bạn xếp hạng 60 toàn cuộc thi, tổng điểm 1,39.").waitFor();
  await section(page, "Giải tập thể 1: Xã, phường").getByRole("rowheader", { name: "Phường Lương Sơn (của bạn)" }).waitFor();
}));

test("the ranking grows at a press, which leaves the focus on the first new line", () => visiting({ overContest: overContest.final }, async (page) => {
  await overall(page);
  const ranking = section(page, "Xếp hạng cá nhân toàn cuộc thi");
  const more = ranking.getByRole("button", { name: "Xem thêm 100 người" });
  const counts = [await ranking.locator("tbody tr").count()];
  while (await more.isVisible()) {
    await more.press("Enter");
    counts.push(await ranking.locator("tbody tr").count());
  }
  assert.deepEqual(counts, [20, 120, 180]);
  assert.equal(await page.evaluate(() => document.activeElement.parentElement.rowIndex), 121);
}));

test("the whole ranking is fetched only for a code that is not among the first thousand", () => {
  const line = (rank) => ({ rank, contestant: `ma${rank}`, unit: null, score: 1, perfect_attempts: 0, duration_ms: 1000, prize: null });
  const thousand = changed("final", "standings.json", (told) => ({ ...told, overall: Array.from({ length: 1000 }, (_, at) => line(at + 1)) }));
  const csv = "rank,contestant,unit,score,perfect_attempts,duration_ms,rounds\n1001,maxa,,0.50,0,1000,1\n";
  return visiting({ overContest: { ...thousand, "overall/v1/ranking.csv": csv } }, async (page, server) => {
    const fetched = () => server.state.asked.filter(({ path }) => path.endsWith("ranking.csv")).length;
    const look = async (code, sentence) => {
      await page.getByLabel("Mã công khai").fill(code);
      await page.getByRole("button", { name: "Tra hạng" }).click();
      await page.getByText(sentence).waitFor();
    };
    await overall(page);
    await page.getByText("1.000 người đứng đầu. Người ở hạng sau tra bằng mã công khai.").waitFor();
    await look("ma777", "Mã này xếp hạng 777 toàn cuộc thi, tổng điểm 1.");
    assert.equal(fetched(), 0);
    await look("MAXA", "Mã này xếp hạng 1.001 toàn cuộc thi, tổng điểm 0,50.");
    await look("khong-co", "Không có mã này trong bảng xếp hạng toàn cuộc thi.");
    assert.equal(fetched(), 1);
  });
});

test("an official version names the decisions, why there is another version, and what changed for people and units", () => visiting({ overContest: overContest.official }, async (page) => {
  await overall(page);
  await page.getByText("Kết quả chính thức").waitFor();
  await page.getByText("Công nhận theo Quyết định số 412/QĐ-UBND ngày 29/12/2021 và Quyết định số 413/QĐ-UBND ngày 29/12/2021.").waitFor();
  const card = section(page, "Thay đổi so với bản trước");
  await card.getByText("Lý do: Công nhận kết quả; loại một bài thi hộ").waitFor();
  assert.deepEqual(await card.locator("li").allTextContents(), [
    "Số người dự thi: trước 17.202, nay 17.201",
    "Bảng xếp hạng: 12 người đổi hạng, 0 người được thêm vào, 1 người bị đưa ra",
    "Phường Lương Sơn: trước Giải Nhì, nay không có giải",
  ]);
  assert.deepEqual(await names(section(page, "Các lần công bố")), ["Bản 2", "Bản 1"]);
  assert.deepEqual(await section(page, "Tệp công bố").locator("a:visible").evaluateAll((links) => links.map(({ pathname }) => pathname.split("/overall/")[1]).filter(Boolean)),
    ["v2/manifest.json", "v2/ranking.csv", "v2/results.json", "v2/units.csv"]);
}));

test("standings that do not follow from the newest version yet are said to be behind", () => visiting({
  overContest: { ...overContest.official, "standings.json": overContest.final["standings.json"] },
}, async (page) => {
  await overall(page);
  await page.getByText("Bảng xếp hạng dưới đây chưa theo bản kết quả mới nhất.").waitFor();
}));

test("standings without what was decided about the contest since are behind too", () => visiting({
  overContest: { ...overContest.official, "standings.json": overContest.official["standings.json"].replace('"overall","version":2', '"overall","version":1') },
}, async (page) => {
  await overall(page);
  await page.getByText("Bảng xếp hạng dưới đây chưa theo bản kết quả mới nhất.").waitFor();
}));

test("where the version's results do not come, the ranking, files and history stay", () => {
  const { "overall/v1/results.json": _, ...rest } = overContest.final;
  return visiting({ overContest: rest }, async (page) => {
    await overall(page);
    await section(page, "Người đạt giải toàn cuộc thi").getByRole("alert").waitFor();
    await section(page, "Xếp hạng cá nhân toàn cuộc thi").getByRole("rowheader", { name: "Đỗ Văn Ẩm" }).waitFor();
    await section(page, "Tệp công bố").getByRole("link", { name: "Bảng xếp hạng đầy đủ" }).waitFor();
    await section(page, "Các lần công bố").getByRole("rowheader", { name: "Bản 1" }).waitFor();
  });
});

test("on the smallest phone no winner's figure is cut off", () => visiting({ overContest: overContest.final }, async (page) => {
  await overall(page);
  const cut = await section(page, "Người đạt giải toàn cuộc thi").locator(".ht-frame").evaluate((frame) => frame.scrollWidth - frame.clientWidth);
  assert.equal(cut, 0);
}, { viewport: SMALLEST }));

test("a round whose units compete at a list of levels is checked like one with a single level", () => {
  const files = fixture.soundWith((text) => text.replace('"level":"ward","scope"', '"level":["ward"],"scope"'));
  assert.match(files["thi-thu/rounds/vong-1/v1/contest.json"], /"level":\["ward"\]/);
  const file = (_usual, _tries, _body, path) => ({ status: 200, body: files[path.replace("/contests/", "")], headers: { "content-type": "text/plain" } });
  return visiting({ answer: { contest: file, published: file } }, async (page) => {
    await page.goto("/verify.html?c=thi-thu&r=vong-1");
    await page.getByText("Mọi điều đã kiểm tra đều đúng.").first().waitFor();
  });
});
