// When a script does not come, or the browser is too old for it, no page stays empty: it says so and offers to try
// again. On the stand-in server.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, view, visitor } from "./support/chromium.mjs";
import { modulesOf, pages } from "./support/pages.mjs";
import { standIn } from "./support/stand-in.mjs";
import { ADDRESS, answerAll, openPaper, signIn } from "./support/states.mjs";

const OPEN = "2021-12-14T02:00:00.000Z";
const LATER_MS = 20_000; // long after the patience of fallback.js
const addressOf = (page) => `/${page}?c=song-cong-cchc-2021&r=tuan-1`;
const fallback = (page) => page.getByRole("alert").filter({ hasText: "Trang chưa chạy được" });
const retry = (page) => fallback(page).getByRole("button", { name: "Tải lại trang" });

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await standIn({ now: OPEN });
});
after(async () => {
  await browser.close();
  await server.close();
});

async function asVisitor(check) {
  const { context, page, faults } = await visitor(browser, server.url);
  try {
    await check(page, faults);
  } finally {
    await context.close();
  }
}

describe("every module of every page", { concurrency: 3 }, () => {
  for (const name of pages()) {
    test(`${name}: without any one of its modules the fallback is there, and the retry leads back to the page`, () => asVisitor(async (page) => {
      for (const module of modulesOf(name)) {
        await page.route(`**/${module}`, (route) => route.abort());
        await page.goto(addressOf(name));
        await fallback(page).waitFor({ timeout: 5000 });
        await page.unrouteAll();
      }
      await retry(page).click();
      await page.locator("html[data-started]").waitFor();
      assert.equal(await fallback(page).isVisible(), false);
    }));

    test(`${name}: with all of its modules the fallback is never seen, however long one looks`, () => asVisitor(async (page, faults) => {
      await page.clock.install({ time: OPEN });
      await page.goto(addressOf(name));
      await page.locator("html[data-started]").waitFor({ state: "attached" });
      await page.clock.runFor(LATER_MS);
      assert.equal(await fallback(page).isVisible(), false);
      assert.deepEqual(faults, []);
    }));
  }
});

test("a module that never arrives is waited for, then the fallback says so; if it comes after all, the page goes on", () => asVisitor(async (page) => {
  let send;
  const wanted = new Promise((resolve) => { send = resolve; });
  await page.route("**/js/format.mjs", async (route) => {
    await wanted;
    await route.continue();
  });
  await page.clock.install({ time: OPEN });
  await page.goto(ADDRESS.contest, { waitUntil: "commit" });
  await page.locator("footer").waitFor({ state: "attached" });
  assert.equal(await fallback(page).isVisible(), false);
  await page.clock.runFor(LATER_MS);
  await fallback(page).waitFor();
  send();
  await view(page, "ready").waitFor();
  assert.equal(await fallback(page).isVisible(), false);
}));

test("a browser that knows no modules sees the fallback at once", () => asVisitor(async (page) => {
  await page.addInitScript(() => { delete HTMLScriptElement.prototype.noModule; });
  await page.route("**/register.html*", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('type="module"', 'type="unknown"') });
  });
  await page.goto(ADDRESS.register);
  await fallback(page).waitFor({ timeout: 5000 });
}));

test("a browser that cannot read a module sees the fallback at once", () => asVisitor(async (page) => {
  await page.route("**/js/dom.mjs", (route) => route.fulfill({ contentType: "text/javascript", body: "export const broken = ;" }));
  await page.goto(ADDRESS.round);
  await fallback(page).waitFor({ timeout: 5000 });
}));

test("the page works where the fallback's own script is lost", () => asVisitor(async (page) => {
  await page.route("**/js/fallback.js", (route) => route.abort());
  await page.goto(ADDRESS.contest);
  await view(page, "ready").waitFor();
}));

/** Hands a sheet in, for which `lost` never arrives; afterwards everything is there again. */
async function receiptWithout(page, lost) {
  server.state.attempts = [];
  server.state.sheets.clear();
  await page.route(lost, (route) => route.abort());
  await openPaper(page);
  await answerAll(page);
  await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
  await view(page, "receipt").waitFor();
}

/** The receipt, again, after the page was loaded anew. */
async function receiptAgain(page) {
  await page.unrouteAll();
  server.state.attempts = [{ attempt: 1, status: "submitted", started_at: OPEN, submitted_at: OPEN }];
  await page.reload();
  await page.getByRole("button", { name: "Xem biên nhận: Lượt 1" }).click();
  await page.getByText("Chữ ký của biên nhận đúng").waitFor();
}

for (const module of ["round/receipt.mjs", "words/receipt.mjs", "clipboard.mjs", "figures.mjs", "note.mjs"]) {
  test(`where ${module} is lost the receipt is shown as it came, and nothing is said of its signature`, () => asVisitor(async (page) => {
    await receiptWithout(page, `**/js/${module}`);
    await page.getByText("Bài của bạn đã được nhận; biên nhận ở dưới đây.").waitFor();
    assert.equal(await page.locator("[data-text='receipt']").textContent(), server.state.sheets.get(1).answer.receipt);
    for (const said of ["Chữ ký của biên nhận đúng", "Lưu thành tệp"]) assert.equal(await page.getByText(said).isVisible(), false, said);
    await receiptAgain(page);
    assert.equal(await page.getByText("biên nhận ở dưới đây").isVisible(), false);
  }));
}

test("while the receipt's script is on its way only the receipt is shown", () => asVisitor(async (page) => {
  let send;
  const wanted = new Promise((resolve) => { send = resolve; });
  server.state.attempts = [];
  server.state.sheets.clear();
  await page.route("**/js/round/receipt.mjs", (route) => wanted.then(() => route.continue()));
  await openPaper(page);
  await answerAll(page);
  await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
  await view(page, "receipt").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Biên nhận");
  for (const part of ["[data-ref='accepted']", "[data-ref='save-receipt']", "dl"]) assert.equal(await view(page, "receipt").locator(part).isVisible(), false, part);
  send();
  await page.getByText("Bài của bạn đã được nhận lúc").waitFor();
  await page.getByRole("button", { name: "Lưu thành tệp" }).waitFor();
}));

test("a QR code that cannot be drawn is said to be so, and is drawn once the page is loaded again", () => asVisitor(async (page) => {
  await receiptWithout(page, "**/vendor/lean-qr.mjs");
  await page.getByRole("button", { name: "Mã QR" }).click();
  await page.getByText("Chưa tải được mã QR").waitFor();
  await receiptAgain(page);
  await page.getByRole("button", { name: "Mã QR" }).click();
  await page.getByRole("img", { name: "Mã QR của biên nhận" }).waitFor();
  assert.equal(await page.getByText("Chưa tải được mã QR").isVisible(), false);
}));

test("a signed-in visitor meets the fallback too", () => asVisitor(async (page) => {
  await signIn(page);
  await page.route("**/js/states.mjs", (route) => route.abort());
  await page.goto(ADDRESS.contest);
  await fallback(page).waitFor();
}));
