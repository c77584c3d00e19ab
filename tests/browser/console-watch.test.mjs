// Watching a round on the stand-in server: figures with their moment, a chart with its table, units found and copied.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { CONTEST, consoleRoutes, LEAD, withSession } from "./support/console.mjs";
import * as has from "./support/desk.mjs";
import { json, problem } from "./support/stand-in.mjs";
import { visit } from "./support/visit.mjs";
import { everyHour, namedHours, ticksTo } from "../../static-site/js/organizer/chart.mjs";
import { firstRound } from "../../static-site/js/organizer/first-round.mjs";
import { chosenUnits, unitsAsText } from "../../static-site/js/organizer/watch-units.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const at = (check, { desk = {}, answer = {}, query = `?c=${CONTEST}`, viewport = { width: 1366, height: 768 }, ...options } = {}) =>
  visit(browser, { now: has.OPEN_AT, routes: [...has.deskRoutes({ overview: has.RUNNING, ...desk }), ...consoleRoutes({})], answer }, async (page, server) => {
    await withSession(page, LEAD);
    await page.goto(`/organizer/watch.html${query}`);
    await view(page, "watch").waitFor();
    await page.getByText(/Số liệu nội bộ lúc|Chưa có số liệu nội bộ/).waitFor();
    await check(page, server);
  }, { viewport, ...options });
const units = (page) => page.locator("[data-ref='units'] th").allTextContents();

test("figures stand with their moment and the warning that they are internal, and the round with what is left", () => at(async (page) => {
  await page.getByText("Số liệu nội bộ lúc 12h15, Thứ Sáu 17/12/2021. Không công bố khi vòng thi còn mở").waitFor();
  await page.getByText("Tuần thứ Nhất: đang mở, đóng lúc 16h30, Chủ Nhật 19/12/2021, còn 2 ngày 4 giờ").waitFor();
  assert.deepEqual(await page.locator(".ht-figures dd").allTextContents(), ["18.032", "6.771", "11.204", "31"]);
  await page.getByText("12 người đăng ký và 3 người dự thi không thuộc đơn vị nào").waitFor();
}));

test("the chart is a picture with a name, its figures stand in a table, and neither needs a style of its own", () => at(async (page) => {
  const chart = page.getByRole("img", { name: /^Biểu đồ lượt thi mỗi giờ từ 08h00, Thứ Hai 13\/12\/2021 đến 12h00, Thứ Sáu 17\/12\/2021; nhiều nhất/ });
  assert.equal(await chart.locator("g").count(), 101, "an hour without anything has its place");
  assert.equal(await chart.evaluate((svg) => [...svg.querySelectorAll("*")].filter((part) => part.hasAttribute("style")).length), 0);
  const inside = await chart.evaluate((svg) => [...svg.querySelectorAll("rect")].every((bar) => Number(bar.getAttribute("y")) >= 0 && Number(bar.getAttribute("height")) >= 0 && Number(bar.getAttribute("x")) + Number(bar.getAttribute("width")) <= svg.viewBox.baseVal.width));
  assert.equal(inside, true);
  await page.getByText("Bảng số liệu theo giờ").click();
  const rows = page.locator("[data-ref='hours'] tr");
  assert.equal(await rows.count(), 101);
  assert.deepEqual(await rows.first().locator("th, td").allTextContents(), ["08h00, Thứ Hai 13/12/2021", "40", "37"]);
  assert.equal(await rows.nth(3).locator("td").first().textContent(), "0");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.waitForFunction(() => document.querySelector(".hc-chart").viewBox.baseVal.width === 320);
}));

test("hours are filled up, ticks are round, and not more names stand below than fit", () => {
  const hour = (from, starts = 1) => ({ from, starts, attempts: 0 });
  assert.deepEqual(everyHour([]), []);
  assert.deepEqual(everyHour([hour("2021-12-13T03:00:00Z"), hour("2021-12-13T01:00:00Z")]).map(({ from, starts }) => [new Date(from).getUTCHours(), starts]), [[1, 1], [2, 0], [3, 1]]);
  for (const [most, expected] of [[1, [0, 1]], [3, [0, 1, 2, 3]], [4, [0, 1, 2, 3, 4]], [81, [0, 50, 100]], [1203, [0, 500, 1000, 1500]]]) assert.deepEqual(ticksTo(most), expected, String(most));
  const hours = Array.from({ length: 72 }, (_, at) => at);
  assert.deepEqual(namedHours(hours, (at) => at % 24, 10), [0, 24, 48]);
  assert.deepEqual(namedHours(hours, (at) => at % 24, 2), [0, 48]);
  assert.deepEqual(namedHours(hours.slice(0, 5), (at) => at, 3), [0, 2, 4]);
});

test("units are found without accents, by how far they have come, and sorted; what is not known comes last", () => at(async (page) => {
  assert.equal((await units(page)).length, 7);
  await page.getByLabel("Tìm đơn vị").fill("  TRUONG tieu");
  await page.getByText("2 trên 7 đơn vị.").waitFor();
  await page.getByLabel("Tìm đơn vị").fill("");
  assert.deepEqual(await page.getByLabel("Đã dự thi đến đâu").locator("option").allTextContents(), ["Mọi đơn vị (7)", "Chưa có ai (2)", "Dưới 25 % (1)", "Từ 25 đến dưới 75 % (1)", "Từ 75 đến dưới 100 % (1)", "Đủ 100 % (1)"]);
  await page.getByLabel("Đã dự thi đến đâu").selectOption("nobody");
  assert.deepEqual((await units(page)).map((name) => name.trim()), ["Trường Tiểu học số 2 Cơ quan, tổ chức", "Đội xe Ủy ban"]);
  await page.getByLabel("Tìm đơn vị").fill("khong co");
  await page.getByText("Không có đơn vị nào như vậy.").waitFor();
  await page.getByLabel("Tìm đơn vị").fill("");
  await page.getByLabel("Đã dự thi đến đâu").selectOption("all");
  await page.getByRole("columnheader", { name: "Tỷ lệ" }).getByRole("button").click();
  const names = await units(page);
  assert.match(names[0], /Lương Sơn/);
  assert.deepEqual(names.slice(-2).map((name) => name.split(" ").slice(0, 2).join(" ")), ["Trường Tiểu", "Đội xe"]);
  assert.equal(await page.locator("[data-ref='announcer']").textContent(), "Đã xếp theo Tỷ lệ, giảm dần.");
}));

test("what is shown is copied as lines for a message", () => at(async (page) => {
  await page.getByLabel("Đã dự thi đến đâu").selectOption("nobody");
  await page.getByRole("button", { name: "Chép danh sách này" }).click();
  await page.getByText("Đã chép 2 đơn vị.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "Tuần thứ Nhất, số liệu nội bộ lúc 12h15, Thứ Sáu 17/12/2021\n2 đơn vị chưa có người dự thi:\n- Trường Tiểu học số 2\n- Đội xe Ủy ban");
}, { permissions: ["clipboard-read", "clipboard-write"] }));

test("a hundred units are shown at a time, however many there are", () => {
  const many = Array.from({ length: 250 }, (_, at) => ({ ...has.FIGURES.units[0], unit: `u-${at}`, name: `Đơn vị ${at}` }));
  return at(async (page) => {
    assert.equal((await units(page)).length, 100);
    await page.getByRole("button", { name: "Hiện thêm 100 đơn vị" }).click();
    await page.getByRole("button", { name: "Hiện thêm 50 đơn vị" }).click();
    assert.equal((await units(page)).length, 250);
    assert.equal(await page.getByRole("button", { name: "Hiện thêm" }).isVisible(), false);
  }, { desk: { watch: { ...has.FIGURES, units: many } } });
});

test("a count is asked for and appears by itself; where it does not come the page says so", () => {
  const desk = { watch: { ...has.FIGURES }, seconds: 1 };
  return at(async (page, server) => {
    await page.getByRole("button", { name: "Đếm ngay" }).click();
    await page.getByText("Đã yêu cầu đếm. Trang này tự cập nhật sau 1 giây.").waitFor();
    await page.getByText("Đã đếm xong, số liệu lúc 12h20, Thứ Sáu 17/12/2021.").waitFor();
    assert.equal(await page.locator(".ht-figures dd").nth(2).textContent(), "11.300");
    assert.equal(server.state.asked.filter(({ name }) => name === "count").length, 1);
  }, { desk, answer: { watch: (usual, tries) => (tries === 1 ? usual() : json(200, { ...has.FIGURES, as_of: "2021-12-17T05:20:00.000Z", attempts: 11300 })) } });
});

test("why figures are old, or not there, is said for each reason", async () => {
  for (const [why, sentence] of [["not_open", "chưa mở"], ["border", "15 phút đầu"], ["table_busy", "đang bận"], ["nobody_looked", "cả ngày không ai mở"], ["hourly", "mỗi giờ một lần"], ["ranked", "đã xếp hạng"], ["coming", "Máy sắp đếm"]]) {
    await at(async (page) => {
      await page.getByRole("status").filter({ hasText: sentence }).waitFor();
      assert.equal(await page.locator(".ht-figures").isVisible(), false);
    }, { desk: { watch: { ...has.NO_FIGURES, why_old: why } } });
  }
});

test("another round is watched without a reload, and a refusal is told", () => at(async (page, server) => {
  await page.getByLabel("Vòng thi").selectOption("tuan-2");
  await page.getByText("Chưa có số liệu nội bộ nào của vòng này.").waitFor();
  assert.match(page.url(), /r=tuan-2$/);
  await page.getByLabel("Vòng thi").selectOption("tuan-1");
  await page.getByText("Máy chủ bận.").waitFor();
  assert.equal(server.state.asked.filter(({ name }) => name === "watch").length, 3);
}, { answer: { watch: (usual, tries) => [usual, () => json(200, has.NO_FIGURES), () => problem(503, "busy", "Máy chủ bận.")][tries - 1]() } }));

test("figures of a round that is left come too late, and change nothing", () => {
  let arrive = null;
  const late = new Promise((resolve) => (arrive = resolve));
  return at(async (page) => {
    const answered = page.waitForResponse((response) => response.url().endsWith("/tuan-2/watch"));
    await page.getByLabel("Vòng thi").selectOption("tuan-2");
    await page.getByLabel("Vòng thi").selectOption("tuan-1");
    await page.waitForTimeout(300);
    arrive();
    await (await answered).finished();
    await page.waitForTimeout(200);
    assert.equal(await page.locator(".ht-figures").isVisible(), true);
    await page.getByText("Tuần thứ Nhất: đang mở").first().waitFor();
  }, { answer: { watch: async (usual, tries) => {
    if (tries !== 2) return usual();
    await late;
    return json(200, has.NO_FIGURES);
  } } });
});

test("the open round is watched first, else the last that has begun", () => {
  const rounds = (...phases) => phases.map((phase, at) => ({ id: `t${at + 1}`, phase }));
  assert.equal(firstRound(rounds("published", "open", "ahead"), null).id, "t2");
  assert.equal(firstRound(rounds("published", "open", "ahead"), "t1").id, "t1");
  assert.equal(firstRound(rounds("published", "ranked", "ahead"), "x").id, "t2");
  assert.equal(firstRound(rounds("ahead", "ahead"), null).id, "t1");
  assert.equal(firstRound([], null), null);
});

test("a list of those who have somebody says how many of how many", () => {
  const row = { name: "Phường Bách Quang", contestants: 760, members: 1000, rate_percent: "76.00", band: "most", key: "phuong bach quang" };
  assert.equal(unitsAsText([row, { ...row, name: "Khác", members: "", rate_percent: "" }], "most", "Đầu"), "Đầu\n- Phường Bách Quang: 760/1.000 người (76,00%)\n- Khác: 760 người");
  assert.deepEqual(chosenUnits([row], { wanted: "full", words: "" }), []);
  assert.deepEqual(chosenUnits([{ ...row, band: "all" }], { wanted: "full", words: "bach" }).length, 1);
});
