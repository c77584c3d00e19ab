// The certificates that a signed-in person downloads for themselves, on the stand-in server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { problem } from "./support/stand-in.mjs";
import { ADDRESS, beingMade, certified, downloadOf, printed, signIn } from "./support/states.mjs";
import { visit } from "./support/visit.mjs";

const PUBLISHED = "2021-12-21T02:00:00.000Z";
const TITLE = "Giấy chứng nhận của bạn";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const visiting = (start, check) => visit(browser, { now: PUBLISHED, published: true, ...start }, check);

async function contestPage(page) {
  await page.goto(ADDRESS.contest);
  await view(page, "ready").waitFor();
}

async function signedIn(page) {
  await signIn(page);
  await contestPage(page);
}

const section = (page) => page.getByRole("region", { name: TITLE });
const askedFor = (server, wanted) => server.state.asked.filter(({ name }) => name === wanted).length;

test("a certificate that is being made is asked for until it is there, and then saved", () => {
  const answer = certified((_usual, tries) => (tries < 3 ? beingMade() : printed()));
  return visiting({ answer }, async (page, server) => {
    await signedIn(page);
    await section(page).getByRole("heading", { name: "Giải Nhất" }).waitFor();
    await section(page).getByText("Cả cuộc thi").waitFor();
    const [provisional] = [section(page).getByText("Theo kết quả tạm thời")];
    assert.equal(await provisional.filter({ visible: true }).count(), 1, "only what is not official yet may change");
    const button = downloadOf(page, "Giải Nhất, Tuần");
    await button.focus();
    const saved = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    await section(page).getByRole("status").filter({ hasText: "Đang in giấy chứng nhận" }).waitFor();
    await page.keyboard.press("Enter"); // a second press asks for nothing
    const download = await saved;
    assert.match(download.suggestedFilename(), /^Giấy chứng nhận - Giải Nhất Tuần.*\.pdf$/);
    await section(page).getByRole("status").filter({ hasText: "Đã tải giấy chứng nhận" }).waitFor();
    assert.equal(askedFor(server, "certificate"), 3);
    assert.ok(await button.evaluate((element) => element === document.activeElement), "the focus stays");
    const opened = section(page).getByRole("link", { name: "Mở tệp PDF" });
    assert.deepEqual(await opened.evaluate(({ href, download: saves, target }) => [href.slice(0, 5), saves, target]), ["blob:", "", "_blank"]);
    const tab = page.waitForEvent("popup");
    await opened.click();
    await tab; // where nothing is saved it can be looked at
    assert.equal(askedFor(server, "certificate"), 3, "what was saved is not asked for again");
  });
});

test("what cannot be downloaded says what to do, and may be tried again", () => {
  const answers = [problem(503, "busy", "Hệ thống đang bận. Xin thử lại."), printed()];
  return visiting({ answer: certified((_usual, tries) => answers[tries - 1]) }, async (page) => {
    await signedIn(page);
    await downloadOf(page, "Giải Nhất").waitFor();
    for (const [offline, sentence] of [[true, "Không kết nối được"], [false, "Hệ thống đang bận. Xin thử lại."]]) {
      await page.context().setOffline(offline);
      await downloadOf(page, "Giải Nhất").click();
      await section(page).getByRole("alert").filter({ hasText: sentence }).waitFor();
    }
    const saved = page.waitForEvent("download");
    await downloadOf(page, "Giải Nhất").click();
    await saved;
    assert.equal(await section(page).getByRole("alert").filter({ visible: true }).count(), 0);
  });
});

test("who has none, who is not signed in, and who comes before the results sees no section", async () => {
  const hidden = async (page, server, asked) => {
    await page.waitForLoadState("networkidle");
    assert.equal(await page.getByText(TITLE).filter({ visible: true }).count(), 0);
    assert.equal(askedFor(server, "certificates"), asked);
  };
  await visiting({}, async (page, server) => {
    await signedIn(page);
    await hidden(page, server, 1);
  });
  await visiting({ answer: certified(printed) }, async (page, server) => {
    await contestPage(page);
    await hidden(page, server, 0);
  });
  await visiting({ answer: certified(printed), published: false }, async (page, server) => {
    await signedIn(page);
    await hidden(page, server, 0);
  });
});

test("a list that cannot be read says so in its own part", () => visiting({ answer: { certificates: () => problem(503, "busy", "Hệ thống đang bận.") } }, async (page) => {
  await signedIn(page);
  await section(page).getByRole("alert").filter({ hasText: "Phần này chưa hiện được. Hệ thống đang bận." }).waitFor();
  await page.getByRole("heading", { name: "Các vòng thi" }).waitFor();
}));
