// Handing in a sheet when the network, the server or the clock misbehaves: no answer is ever lost, success
// is only ever shown with a receipt, and a refusal is said truthfully. On the stand-in server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view, visitor } from "./support/chromium.mjs";
import * as fixture from "./support/fixture.mjs";
import { json, LOST, problem, standIn } from "./support/stand-in.mjs";
import { ADDRESS, answerAll, openPaper } from "./support/states.mjs";

const OPEN = "2021-12-14T02:00:00.000Z";
const later = (milliseconds) => new Date(Date.parse(OPEN) + milliseconds).toISOString();

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A visitor on an open paper with every question answered. */
async function withPaper(start, check) {
  const server = await standIn({ now: OPEN, ...start });
  const { context, page, faults } = await visitor(browser, server.url);
  try {
    await openPaper(page);
    await answerAll(page);
    await check({ page, context, server });
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
    await server.close();
  }
}

const submit = (page) => page.getByRole("button", { name: "Nộp bài", exact: true }).click();
const bodies = (server) => server.state.asked.filter(({ name }) => name === "submit").map(({ body }) => body);
const keptSheets = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("hoithi.sheet.")));
const hasReceipt = (page) => page.getByText("Chữ ký của biên nhận đúng với khóa công khai").waitFor();

test("what is sent is exactly what was chosen, 3.200 as a whole number", () => withPaper({}, async ({ page, server }) => {
  await submit(page);
  await hasReceipt(page);
  assert.deepEqual(JSON.parse(bodies(server)[0]), { answers: { q01: ["a"], q02: ["b", "c"], q03: ["a"] }, prediction: 3200 });
  assert.deepEqual(await keptSheets(page), [], "a shared phone keeps no answers once the receipt is there");
}));

test("where every question must be answered, no sheet is sent while there is time", () => withPaper({
  answer: { contest: () => json(200, { ...fixture.contest, attempt: { ...fixture.contest.attempt, complete: "required" } }) },
}, async ({ page, server }) => {
  const chosen = page.locator("#cau-2 input:checked");
  while (await chosen.count() > 0) await chosen.first().uncheck();
  await submit(page);
  await page.getByText("Cuộc thi chỉ tính bài trả lời đủ mọi câu").waitFor();
  assert.equal(await page.getByRole("button", { name: "Vẫn nộp bài" }).isVisible(), false);
  assert.deepEqual(bodies(server), []);
  await page.getByRole("button", { name: "Làm tiếp" }).click();
  await answerAll(page);
  await submit(page);
  await hasReceipt(page);
}));

test("an answer lost on the way is asked for again with the same bytes and ends with the first receipt", () => withPaper({}, async ({ page, server }) => {
  server.state.answer.submit = (usual) => {
    usual(); // the sheet lands, its answer does not arrive
    return LOST;
  };
  await submit(page);
  await page.getByText("đang gửi lại…").waitFor();
  await page.getByRole("button", { name: "Gửi lại ngay" }).click();
  delete server.state.answer.submit;
  await hasReceipt(page);
  const sent = bodies(server);
  assert.ok(sent.length >= 2);
  assert.equal(new Set(sent).size, 1);
  assert.equal(await page.locator("[data-text='receipt']").textContent(), server.state.sheets.get(1).answer.receipt);
}));

test("answers survive a reload, before and after handing in", () => withPaper({}, async ({ page, server }) => {
  await page.reload();
  await view(page, "paper").waitFor();
  assert.ok(await page.locator("#cau-1").getByLabel("Chính phủ").isChecked());
  assert.equal(await page.getByLabel("Câu hỏi dự đoán").inputValue(), "3.200");
  assert.equal(server.state.asked.filter(({ name }) => name === "start").length, 1, "no second attempt is started");
  server.state.answer.submit = () => LOST;
  await submit(page);
  await page.getByText("đang gửi lại…").waitFor();
  delete server.state.answer.submit;
  await page.reload();
  await hasReceipt(page);
  assert.equal(new Set(bodies(server)).size, 1);
}));

test("no network: the sheet waits and goes out by itself when the network is back", () => withPaper({}, async ({ page, context, server }) => {
  await context.setOffline(true);
  await submit(page);
  await page.getByText("Bài vẫn được giữ trên máy này").waitFor();
  assert.equal(await view(page, "receipt").isVisible(), false);
  await context.setOffline(false);
  await hasReceipt(page);
  assert.equal(server.state.sheets.size, 1);
}));

test("overload waits at least as long as the server asks for", () => withPaper({
  answer: { submit: (usual, tries) => (tries === 1 ? problem(503, "busy", "Hệ thống đang bận.", {}, { "retry-after": "2" }) : usual()) },
}, async ({ page, server }) => {
  const began = performance.now();
  await submit(page);
  await page.getByText("Máy chủ đang bận, đang gửi lại…").waitFor();
  await hasReceipt(page);
  assert.ok(performance.now() - began >= 2000);
  assert.equal(bodies(server).length, 2);
}));

test("another sheet taken before is shown as the truth, with its receipt", () => withPaper({}, async ({ page, server }) => {
  await page.evaluate(([contest, round, session]) => fetch(`/v1/contests/${contest}/rounds/${round}/attempts/1`, {
    method: "PUT", body: JSON.stringify({ answers: {}, prediction: null }), headers: { authorization: `Bearer ${session}` },
  }), [fixture.CONTEST, fixture.ROUND, fixture.SESSION.session]);
  await submit(page);
  await hasReceipt(page);
  await page.getByText("Lượt này đã có một bài được nhận trước đó").waitFor();
  assert.equal(await page.locator("[data-text='receipt']").textContent(), server.state.sheets.get(1).answer.receipt);
}));

test("a refusal for time asks the status route first, for the sheet may have landed", () => withPaper({
  answer: { submit: (usual, tries) => { if (tries === 1) { usual(); } return problem(403, "attempt_expired", "Lượt thi đã hết giờ."); } },
}, async ({ page, server }) => {
  await submit(page);
  await hasReceipt(page);
  assert.equal(server.state.asked.at(-1).name, "status");
}));

test("a sheet that came too late is said to be so, and is not thrown away", () => withPaper({
  answer: { submit: () => problem(403, "attempt_expired", "Lượt thi đã hết giờ lúc 09h15; bài gửi sau giờ này không được nhận.") },
}, async ({ page }) => {
  await submit(page);
  await view(page, "refused").getByText("Lượt thi đã hết giờ lúc 09h15").waitFor();
  assert.equal((await keptSheets(page)).length, 1);
  assert.equal(await view(page, "receipt").isVisible(), false);
}));

test("a sheet the server cannot read opens again, with the server's words, and can be mended", () => withPaper({
  answer: { submit: (usual, tries) => (tries === 1 ? problem(422, "invalid_answers", "Bài làm có mục chưa đúng.", { errors: [{ field: "prediction", code: "too_large", message: "Số dự đoán quá lớn." }] }) : usual()) },
}, async ({ page, server }) => {
  await submit(page);
  await page.getByRole("alert").getByText("Số dự đoán quá lớn.").waitFor();
  await page.getByLabel("Câu hỏi dự đoán").fill("3201");
  await submit(page);
  await hasReceipt(page);
  assert.equal(JSON.parse(bodies(server).at(-1)).prediction, 3201);
}));

test("a session that ended on the way leads to signing in and then goes on", () => withPaper({
  answer: { submit: (usual, tries) => (tries === 1 ? problem(401, "no_session", "Phiên đăng nhập đã hết hạn.") : usual()) },
}, async ({ page }) => {
  await submit(page);
  await page.getByText("Bài bạn đang làm vẫn được giữ trên máy này").waitFor();
  await view(page, "sign-in").getByRole("link", { name: "Đăng nhập" }).click();
  await page.getByLabel("Số căn cước, số điện thoại hoặc mã dự thi").fill("SC7K2M9Q");
  await page.getByLabel("Mật khẩu", { exact: true }).fill("mật khẩu dài");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await hasReceipt(page);
  assert.match(page.url(), /round\.html/);
}));

test("a receipt that does not verify is never shown as success", () => withPaper({
  answer: { submit: (usual) => { const reply = usual(); const answer = JSON.parse(reply.body); return json(200, { ...answer, receipt: answer.receipt.replace("2021-12-14", "2021-12-15") }); } },
}, async ({ page }) => {
  await submit(page);
  await page.getByText("Biên nhận không khớp với khóa công khai").waitFor();
  assert.equal(await page.getByText("Bài của bạn đã được nhận").isVisible(), false);
}));

test("a good receipt of another attempt does not count for this one", () => withPaper({
  answer: { submit: () => json(200, { status: "accepted", receipt: fixture.note(["hoithi/receipt/1", fixture.CONTEST, fixture.ROUND, fixture.PSEUDONYM, 2, OPEN, "AA=="]), received_at: OPEN, duration_ms: 1, score: null }) },
}, async ({ page }) => {
  await submit(page);
  await page.getByText("Biên nhận không khớp với khóa công khai").waitFor();
}));

test("a browser without Ed25519 says that the signature is not checked, and is not green", async () => {
  const server = await standIn({ now: OPEN });
  const { context, page } = await visitor(browser, server.url);
  await page.addInitScript(() => {
    SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException("Unrecognized name", "NotSupportedError"));
  });
  await openPaper(page);
  await answerAll(page);
  await submit(page);
  await page.getByText("Trình duyệt chưa kiểm tra được chữ ký").waitFor();
  assert.equal(await page.locator("[data-ref='accepted']").getAttribute("data-kind"), "plain");
  await context.close();
  await server.close();
});

test("at the end of the minutes the sheet is handed in by itself", () => withPaper({ endsAt: later(9000) }, async ({ page, server }) => {
  await hasReceipt(page);
  assert.equal(bodies(server).length, 1);
}));

test("the last five minutes and the last minute are announced, without blocking", async () => {
  const server = await standIn({ now: OPEN, endsAt: later(303_000) });
  const { context, page } = await visitor(browser, server.url);
  await openPaper(page);
  await page.locator("[data-ref='announcer']").getByText("Còn 5 phút.").waitFor();
  assert.ok(await page.locator("#cau-1").getByLabel("Chính phủ").isEnabled());
  await context.close();
  await server.close();
});

test("storage that is forbidden is said, and the sheet can still be handed in", async () => {
  const server = await standIn({ now: OPEN });
  const { context, page } = await visitor(browser, server.url);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
  });
  await page.goto(ADDRESS.round);
  await view(page, "sign-in").waitFor();
  assert.equal(await view(page, "error").isVisible(), false);
  await context.close();
  await server.close();
});
