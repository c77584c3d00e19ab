// Another secret, a lost one, one's data put right and the end of every session. On the stand-in server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import * as fixture from "./support/fixture.mjs";
import { json, LOST, problem } from "./support/stand-in.mjs";
import { ADDRESS, signIn, useSlip } from "./support/states.mjs";
import { visit } from "./support/visit.mjs";

const BEFORE = "2021-12-11T02:00:00.000Z";
const OPEN = "2021-12-14T02:00:00.000Z";
const OVER = "2021-12-28T02:00:00.000Z";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const visiting = (start, check) => visit(browser, { now: BEFORE, ...start }, check);
const asked = (server, name) => server.state.asked.filter((request) => request.name === name).map(({ body }) => body && JSON.parse(body));
const sessionOf = (page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key))?.session, `hoithi.session.${fixture.CONTEST}`);

async function openAccount(page) {
  await signIn(page);
  await page.goto(ADDRESS.account);
  await view(page, "ready").waitFor();
}

async function changeSecret(page, fresh = "mật khẩu mới") {
  await page.getByLabel("Mật khẩu hiện nay").fill("mật khẩu dài");
  await page.getByLabel("Mật khẩu mới").fill(fresh);
  await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
}

// ---- a lost secret

test("the page for signing in leads to the form for a slip, which says whom to ask", () => visiting({}, async (page) => {
  await page.goto(ADDRESS.signIn);
  await page.getByRole("link", { name: "Quên mật khẩu?" }).click();
  await view(page, "form").waitFor();
  await page.getByText(`Liên hệ: ${fixture.contest.organizer}`).waitFor();
}));

test("a contact of the plan is shown with every way to reach it", () => visiting({
  answer: { contest: () => json(200, { ...fixture.contest, contact: { name: "Tổ thư ký", phone: "0208 3 862 000", hours: "7h30–17h00" } }) },
}, async (page) => {
  await page.goto(ADDRESS.lostSecret);
  await page.getByText("Liên hệ: Tổ thư ký – 0208 3 862 000, 7h30–17h00.").waitFor();
}));

test("a slip sets another secret and signs in, and the secret is kept nowhere", () => visiting({}, async (page, server) => {
  await page.goto(ADDRESS.lostSecret);
  await page.getByRole("button", { name: "Đặt mật khẩu mới" }).click();
  await page.getByRole("alert").getByText("Nhập mã trên phiếu").waitFor();
  assert.deepEqual(asked(server, "use-slip"), []);
  await useSlip(page);
  await view(page, "done").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Đã đặt mật khẩu mới");
  assert.deepEqual(asked(server, "use-slip"), [{ identifier: "0912 345 678", code: "7K2M-9QX4-0RTB-5HVC-8WNE-3DJP", secret: "mật khẩu mới" }]);
  assert.equal(await sessionOf(page), fixture.SESSION.session);
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage])), /mật khẩu mới/);
}));

test("a code that does not fit is said to be one of several faults, and a lost answer to be uncertain", () => visiting({ answer: { "use-slip": () => LOST } }, async (page, server) => {
  await page.goto(ADDRESS.lostSecret);
  await useSlip(page);
  await page.getByRole("alert").getByText("chưa biết mật khẩu đã được đặt lại hay chưa").waitFor();
  server.state.answer["use-slip"] = () => problem(401, "wrong_credentials", "Chưa đúng.");
  await useSlip(page);
  await page.getByRole("alert").getByText("chưa đúng, đã dùng hoặc đã hết hạn").waitFor();
}));

test("for a week after a slip the contest's page and the account say so", () => visiting({
  answer: { me: () => json(200, { ...fixture.me([]), secret_reset_at: "2021-12-10T02:00:00.000Z" }) },
}, async (page) => {
  await openAccount(page);
  const notice = "đã được đặt lại bằng phiếu của Ban Tổ chức lúc 09h00, Thứ Sáu 10/12/2021";
  await page.getByText(notice).waitFor();
  await page.goto(ADDRESS.contest);
  await page.getByText(notice).waitFor();
}));

// ---- another secret, and every session

test("another secret opens another session, and nothing of it stays on the page", () => visiting({}, async (page, server) => {
  await openAccount(page);
  await changeSecret(page);
  await page.getByText("Đã đổi mật khẩu.").waitFor();
  assert.deepEqual(asked(server, "change-secret"), [{ secret: "mật khẩu dài", new_secret: "mật khẩu mới" }]);
  assert.equal(await sessionOf(page), "phien-moi");
  for (const label of ["Mật khẩu hiện nay", "Mật khẩu mới"]) assert.equal(await page.getByLabel(label).inputValue(), "");
}));

test("a wrong secret is said at its field, and the session stays", () => visiting({ answer: { "change-secret": () => problem(401, "wrong_credentials", "Chưa đúng.") } }, async (page) => {
  await openAccount(page);
  await changeSecret(page);
  await page.getByRole("alert").getByRole("link", { name: "Mật khẩu hiện nay chưa đúng" }).waitFor();
  assert.equal(await sessionOf(page), fixture.SESSION.session);
}));

test("a change whose answer is lost is said to be uncertain, and a second try leads to signing in", () => visiting({ answer: { "change-secret": () => LOST } }, async (page, server) => {
  await openAccount(page);
  await changeSecret(page);
  await page.getByRole("alert").getByText("chưa biết mật khẩu đã đổi hay chưa").waitFor();
  server.state.answer["change-secret"] = () => problem(401, "no_session", "Bạn chưa đăng nhập.");
  await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
  await view(page, "sign-in").getByText("hãy dùng mật khẩu mới").waitFor();
  assert.equal(await sessionOf(page), undefined);
}));

for (const [how, answer] of [["at once", undefined], ["when an earlier try did", () => problem(401, "no_session", "Bạn chưa đăng nhập.")]]) {
  test(`every session ends ${how}`, () => visiting({ answer: answer ? { "end-sessions": answer } : {} }, async (page) => {
    await openAccount(page);
    await page.getByRole("button", { name: "Đăng xuất khỏi mọi thiết bị" }).click();
    await view(page, "ended").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Đã đăng xuất khỏi mọi thiết bị");
    assert.equal(await sessionOf(page), undefined);
  }));
}

test("where the server cannot end them it is said, and the session stays", () => visiting({ answer: { "end-sessions": () => problem(503, "busy", "Hệ thống đang bận.") } }, async (page) => {
  await openAccount(page);
  await page.getByRole("button", { name: "Đăng xuất khỏi mọi thiết bị" }).click();
  await page.getByRole("alert").getByText("Hệ thống đang bận.").waitFor();
  assert.equal(await sessionOf(page), fixture.SESSION.session);
}));

// ---- one's data

test("only what was changed is sent", () => visiting({}, async (page, server) => {
  await openAccount(page);
  const save = page.getByRole("button", { name: "Lưu thông tin" });
  await save.click();
  await page.getByRole("alert").getByText("Chưa có thông tin nào thay đổi.").waitFor();
  await page.getByLabel("Số điện thoại mới").fill(" 0987 654 321 ");
  await save.click();
  await page.getByText("Đã lưu thông tin mới.").waitFor();
  await page.getByLabel("Nơi công tác").check();
  await page.getByLabel("Đơn vị", { exact: true }).selectOption(fixture.contest.units[2].code);
  await save.click();
  await page.getByText("Đã lưu thông tin mới.").waitFor();
  assert.deepEqual(asked(server, "correct"), [{ phone: "0987 654 321" }, { unit: fixture.contest.units[2].code, unit_basis: "workplace" }]);
}));

for (const [now, unit, phone, sentence] of [
  [BEFORE, true, true, /Đơn vị sửa được trước .*13\/12\/2021/],
  [OPEN, false, true, /Hạn sửa đơn vị đã hết lúc .*13\/12\/2021/],
  [OVER, false, false, /Hạn sửa số điện thoại đã hết lúc .*26\/12\/2021|Hạn sửa số điện thoại đã hết lúc/],
]) {
  test(`at ${now} the unit is ${unit ? "open" : "closed"} and the phone ${phone ? "open" : "closed"}, and it is said until when`, () => visiting({ now }, async (page) => {
    await openAccount(page);
    assert.equal(await page.getByLabel("Đơn vị", { exact: true }).isVisible(), unit);
    assert.equal(await page.getByLabel("Số điện thoại mới").isVisible(), phone);
    assert.equal(await page.getByRole("button", { name: "Lưu thông tin" }).isVisible(), unit || phone);
    await page.getByText(sentence).waitFor();
  }));
}

test("what the server refuses stands at its field", () => visiting({
  answer: { correct: () => problem(422, "invalid_fields", "Có thông tin chưa đúng.", { errors: [{ field: "phone", code: "x", message: "Số điện thoại chưa đúng." }] }) },
}, async (page) => {
  await openAccount(page);
  await page.getByLabel("Số điện thoại mới").fill("12");
  await page.getByRole("button", { name: "Lưu thông tin" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Số điện thoại chưa đúng." }).waitFor();
}));
