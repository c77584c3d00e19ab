// Every state of the page for people who see, hear or type differently: axe without violations, the
// accessibility tree as golden files, 320 px and 200 % without sideways scrolling, the keyboard alone,
// and what is left without JavaScript. On the stand-in server: BASE_URL is not needed.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { DESK, launch, SMALLEST, view, visitor } from "./support/chromium.mjs";
import { matchesGolden } from "./support/golden.mjs";
import { pages } from "./support/pages.mjs";
import { standIn } from "./support/stand-in.mjs";
import { ADDRESS, STATES } from "./support/states.mjs";
import { visit } from "./support/visit.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Runs `check` with a page in the state `name`. */
function inState(name, options, check) {
  const { go, ...start } = STATES[name];
  return visit(browser, start, async (page, server) => {
    await go(page);
    await check(page, server);
  }, options);
}

/** In legacy mode, which spares a second browser page per look: these pages have no frames. */
async function axeFinds(page) {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"], preload: false }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What changes from run to run: the ticking clock and the random wait. */
const steady = (tree) => tree
  .replace(/(hoithi\/receipt\/1 \S+ \S+ \S+ \d+) .*/g, "$1 …")
  .replace(/\d\dh\d\d phút \d\d,\d{3} giây, 14\/12/g, "LÚC, 14/12")
  .replace(/([Cc])òn \d\d:\d\d/g, "$1òn MM:SS")
  .replace(/\d+ giờ \d+ phút/g, "N giờ N phút")
  .replace(/\d+ phút \d+ giây/g, "N phút N giây")
  .replace(/sau \d+ giây/g, "sau N giây")
  .replace(/localhost:\d+/g, "localhost:PORT")
  .replace(/blob:[^\s"]+/g, "blob:…")
  .replace(/127\.0\.0\.1:\d+/g, "HOST");

describe("every state", { concurrency: 3 }, () => {
  for (const name of Object.keys(STATES)) {
    test(`${name}: golden accessibility tree, no finding of axe, nothing sideways at 320 px`, () => inState(name, { viewport: DESK }, async (page) => {
      matchesGolden(`aria/${name}.yml`, steady(await page.locator("body").ariaSnapshot()));
      assert.deepEqual(await axeFinds(page), []);
      await page.setViewportSize(SMALLEST);
      assert.deepEqual(await axeFinds(page), [], "at 320 px");
      assert.equal(await sideways(page), 0, "at 320 px");
      await page.evaluate(() => document.documentElement.setAttribute("data-size", "2"));
      assert.equal(await sideways(page), 0, "at 320 px with the largest letters");
    }));
  }
});

test("200 % zoom of a 1280 px window needs no sideways scrolling", async () => {
  for (const name of ["contest-open", "paper", "results"]) {
    await inState(name, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, async (page) => assert.equal(await sideways(page), 0, name));
  }
});

test("high contrast is chosen once, kept, and axe finds nothing in it", () => inState("contest-open", {}, async (page) => {
  await page.getByRole("button", { name: "Tương phản cao" }).click();
  await page.reload();
  await view(page, "ready").waitFor();
  assert.equal(await page.locator("html").getAttribute("data-contrast"), "high");
  assert.equal(await page.getByRole("button", { name: "Tương phản cao" }).getAttribute("aria-pressed"), "true");
  assert.deepEqual(await axeFinds(page), []);
}));

test("every control is at least 24 px, and the ones for thumbs 44 px high", () => inState("paper", { viewport: SMALLEST }, async (page) => {
  const heights = await page.locator(".ht-button, .ht-choice, .ht-grid a, .ht-menu a, .ht-tools button").evaluateAll((controls) =>
    controls.filter((control) => control.checkVisibility()).map((control) => [control.textContent.trim(), control.getBoundingClientRect().height]));
  assert.ok(heights.length > 10);
  assert.deepEqual(heights.filter(([, height]) => height < 44), []);
}));

test("a sheet is answered and handed in by keyboard alone", () => inState("round-ready", { viewport: DESK }, async (page) => {
  const press = (...keys) => keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.name);
  const tabTo = async (wanted) => {
    for (let step = 0; step < 60; step += 1) {
      if ((await focused()).startsWith(wanted)) return;
      await press("Tab");
    }
    assert.fail(`Tab never reached ${wanted}`);
  };
  await press("Tab");
  assert.equal(await focused(), "Bỏ qua, đến nội dung chính");
  await press("Enter");
  await tabTo("Bắt đầu lượt 1");
  await press("Enter");
  await view(page, "paper").waitFor();
  await tabTo("q01");
  await press("Space", "ArrowDown");
  await tabTo("q02");
  await press("Space", "Tab", "Space");
  await tabTo("q03");
  await press("Space");
  await tabTo("prediction");
  await page.keyboard.type("3200");
  await tabTo("Nộp bài");
  await press("Enter");
  await view(page, "receipt").waitFor();
  assert.equal(await focused(), "Biên nhận");
}));

test("no more options can be chosen than a question asks for, and the page says why", () => inState("paper", {}, async (page) => {
  const question = page.locator("#cau-2");
  const checked = () => question.locator("input:checked").evaluateAll((inputs) => inputs.map((input) => input.parentElement.textContent.trim()));
  for (const name of ["Quốc hội", "Bộ Nội vụ"]) await question.getByLabel(name).setChecked(true);
  await question.getByLabel("Chính phủ").click();
  assert.deepEqual(await checked(), ["B. Quốc hội", "C. Bộ Nội vụ"]);
  assert.match(await question.getByRole("status").textContent(), /chỉ chọn 2: hãy bỏ bớt/);
  await question.getByLabel("Quốc hội").setChecked(false);
  await question.getByLabel("Chính phủ").setChecked(true);
  assert.deepEqual(await checked(), ["A. Chính phủ", "C. Bộ Nội vụ"]);
  assert.match(await question.getByRole("status").textContent(), /đã chọn 2 trên 2/);
}));

test("errors are summed up on top, take the focus, link to the fields, and stand at them", () => inState("register-errors", {}, async (page) => {
  assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), "summary");
  assert.match(await page.title(), /^Lỗi: /);
  const link = page.getByRole("alert").getByRole("link", { name: "Nhập số căn cước gồm 12 chữ số" });
  await link.click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "citizen_id");
  const field = page.getByLabel("Số căn cước");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  const described = await field.getAttribute("aria-describedby");
  assert.ok(described.includes("citizen_id-error"));
  assert.equal(await page.locator("#citizen_id-error").textContent(), "Nhập số căn cước gồm 12 chữ số");
}));

test("units sort by their columns, figures from the greatest, and say so", () => inState("results", { viewport: DESK }, async (page) => {
  const names = () => page.locator("[data-ref='units'] th").allTextContents();
  assert.deepEqual(await names(), ["Phường Bách Quang (của bạn)", 'Phường "Lương Sơn", tổ 1', "Xã Ân Châu"]);
  const attempts = page.getByRole("columnheader", { name: "Lượt thi" });
  await attempts.getByRole("button").click();
  assert.equal(await attempts.getAttribute("aria-sort"), "descending");
  assert.deepEqual(await names(), ['Phường "Lương Sơn", tổ 1', "Phường Bách Quang (của bạn)", "Xã Ân Châu"]);
  assert.equal(await page.locator("[data-ref='announcer']").textContent(), "Đã xếp theo Lượt thi, giảm dần.");
  await page.getByRole("columnheader", { name: "Tỷ lệ dự thi" }).getByRole("button").click();
  assert.equal((await names()).at(-1), "Xã Ân Châu", "a unit without members has no rate and comes last");
  assert.equal(await attempts.getAttribute("aria-sort"), "none");
}));

test("without JavaScript every page says what to do and links to the files", async () => {
  const server = await standIn({ now: STATES.index.now });
  const { context, page } = await visitor(browser, server.url, { javaScriptEnabled: false });
  for (const name of pages().filter((path) => !["help.html", "404.html", "organizer/help.html"].includes(path))) {
    await page.goto(`/${name}?c=x`);
    const text = await page.locator("main").innerText();
    assert.match(text, /Trình duyệt đang tắt JavaScript/, name);
    assert.doesNotMatch(text, /Đang tải/, `${name} must not pretend to load`);
    assert.equal(await page.getByRole("link", { name: "danh sách các cuộc thi" }).getAttribute("href"), "/contests/index.json");
  }
  await page.goto("/help.html");
  assert.match(await page.locator("main").innerText(), /Năm bước/);
  await page.goto("/organizer/help.html");
  assert.match(await page.locator("main").innerText(), /Nhận phiếu, mở tài khoản/);
  await context.close();
  await server.close();
});

test("a result that is late is said to be on its way, and appears by itself", async () => {
  const server = await standIn({ now: "2021-12-20T01:00:05.000Z" });
  const { context, page } = await visitor(browser, server.url);
  await page.goto(ADDRESS.results);
  await page.getByText("Kết quả đang được công bố").waitFor();
  server.state.published = true;
  await page.getByText("Nguyễn Thị Hồng Nhung").waitFor({ timeout: 30_000 });
  await context.close();
  await server.close();
});

test("a result file that is missing is said where it is missing, the rest stays readable", async () => {
  const server = await standIn({ now: STATES.results.now, published: true });
  const { context, page } = await visitor(browser, server.url);
  await page.route("**/units.csv", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(ADDRESS.results);
  await page.getByText("Phần này chưa hiện được. Hãy tải lại trang").waitFor();
  await page.getByText("Nguyễn Thị Hồng Nhung").first().waitFor();
  await context.close();
  await server.close();
});
