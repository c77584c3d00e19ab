// Registering and erasing an account: what is kept and what is not, who is asked what, and that nothing is erased
// without its owner's secret. On the stand-in server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import * as fixture from "./support/fixture.mjs";
import { files, read } from "./support/pages.mjs";
import { json, LOST, problem } from "./support/stand-in.mjs";
import { ADDRESS, askToErase, fillRegistration, signIn } from "./support/states.mjs";
import { visit } from "./support/visit.mjs";

const OPEN = "2021-12-14T02:00:00.000Z";
const SECRET = "mật khẩu dài";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const visiting = (start, check) => visit(browser, { now: OPEN, ...start }, check);

const register = (page) => page.getByRole("button", { name: "Đăng ký", exact: true }).click();
const asked = (server, name) => server.state.asked.filter((request) => request.name === name);
const withAges = (min_age, guardian_consent_under) => () => json(200, { ...fixture.contest, registration: { ...fixture.contest.registration, min_age, guardian_consent_under } });

const withFields = (...fields) => () => json(200, { ...fixture.contest, fields });

// ---- signing in

for (const [fields, label] of [
  [["full_name", "citizen_id", "phone", "unit"], "Số căn cước, số điện thoại hoặc mã dự thi"],
  [["full_name", "email"], "Thư điện tử hoặc mã dự thi"],
  [["full_name", "unit"], "Mã dự thi"],
]) {
  test(`accounts are named by what the contest asks for: ${label}`, () => visiting({ answer: { contest: withFields(...fields) } }, async (page) => {
    for (const address of [ADDRESS.signIn, ADDRESS.signIn.replace("sign-in.html", "lost-secret.html")]) {
      await page.goto(address);
      await view(page, "form").waitFor();
      await page.getByLabel(label, { exact: true }).waitFor();
      await page.locator("form").getByRole("button").last().click();
      await page.getByRole("alert").getByText(`Nhập ${label[0].toLowerCase()}${label.slice(1)}`).first().waitFor();
    }
  }));
}

// ---- registering

test("a reload empties nothing but the secret and the consent, and nothing is kept once it is sent", () => visiting({}, async (page) => {
  await page.goto(ADDRESS.register);
  await fillRegistration(page);
  await page.reload();
  await view(page, "form").waitFor();
  const values = await page.locator("form").evaluate((form) => Object.fromEntries(new FormData(form)));
  assert.deepEqual(values, {
    full_name: "Đặng Thị Ơn", birth_day: "27", birth_month: "3", birth_year: "1990", citizen_id: "019190000017", phone: "0912 345 678",
    email: "", address: "", occupation: "", unit_basis: "residence", unit: fixture.contest.units[1].code, code: "", secret: "", referrer: "",
  });
  const kept = await page.evaluate(() => Object.entries(sessionStorage).flat().join());
  assert.ok(kept.includes("Đặng Thị Ơn") && !kept.includes(SECRET), kept);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft")).length), 0, "only in this tab");
  await page.getByLabel("Đặt mật khẩu").fill(SECRET);
  await page.getByLabel("Tôi đã đọc và đồng ý").check();
  await register(page);
  await view(page, "done").waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
}));

test("a shown secret is no part of the draft either", () => visiting({}, async (page) => {
  await page.goto(ADDRESS.register);
  await page.getByRole("button", { name: "Hiện mật khẩu" }).click();
  await page.getByLabel("Đặt mật khẩu").fill(SECRET);
  await page.getByLabel("Họ và tên").fill("Đặng Thị Ơn");
  assert.doesNotMatch(await page.evaluate(() => Object.values(sessionStorage).join()), /mật khẩu/);
}));

test("a browser that refuses to keep a draft registers all the same", () => visiting({}, async (page) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
  });
  await page.goto(ADDRESS.register);
  await fillRegistration(page);
  await register(page);
  await view(page, "done").waitFor();
}));

test("numbers go out as they were written, and the server's sentence about them stands at the field", () => visiting({
  answer: { register: () => problem(422, "invalid_fields", "Có thông tin chưa đúng.", { errors: [{ field: "citizen_id", code: "x", message: "Số căn cước này chưa đúng." }] }) },
}, async (page, server) => {
  await page.goto(ADDRESS.register);
  await fillRegistration(page, { citizenId: "0191-9000.0017 " });
  await register(page);
  await page.getByRole("alert").getByText("Số căn cước này chưa đúng.").waitFor();
  assert.equal(JSON.parse(asked(server, "register")[0].body).citizen_id, "0191-9000.0017");
}));

for (const [min, under, year, isAsked] of [[16, 18, "1990", false], [16, 18, "2004", true], [16, 18, "2010", false], [0, 16, "2010", true], [16, 16, "2010", false]]) {
  test(`from ${min}, with consent under ${under}: a guardian of somebody born in ${year} is ${isAsked ? "asked" : "not asked"}`, () => visiting({ answer: { contest: withAges(min, under) } }, async (page) => {
    await page.goto(ADDRESS.register);
    await fillRegistration(page, { year });
    assert.equal(await page.getByLabel("tôi là cha, mẹ hoặc người giám hộ").isVisible(), isAsked);
  }));
}

test("a guardian is not asked of somebody too old for the contest", () => visiting({
  answer: { contest: () => json(200, { ...fixture.contest, registration: { ...fixture.contest.registration, min_age: 6, max_age: 11, guardian_consent_under: 16 } }) },
}, async (page) => {
  await page.goto(ADDRESS.register);
  await fillRegistration(page, { year: "2012" });
  assert.equal(await page.getByLabel("tôi là cha, mẹ hoặc người giám hộ").isVisible(), true);
  await fillRegistration(page, { year: "2008" });
  assert.equal(await page.getByLabel("tôi là cha, mẹ hoặc người giám hộ").isVisible(), false);
}));

test("whom to ask stands at the foot of the page, behind a refusal, and on the page of help that is opened from here", () => visiting({
  answer: {
    contest: () => json(200, { ...fixture.contest, contact: { name: "Tổ thư ký", phone: "0208 3 862 000", email: "cuocthi@example.gov.vn" } }),
    register: () => problem(403, "not_eligible", "Theo thể lệ, bạn thuộc diện không được dự thi."),
  },
}, async (page) => {
  const line = "Liên hệ Ban Tổ chức: Tổ thư ký, 0208 3 862 000, cuocthi@example.gov.vn.";
  await page.goto(ADDRESS.register);
  await page.locator("footer").getByText(line).waitFor();
  assert.equal(await page.locator("footer").getByRole("link", { name: "0208 3 862 000" }).getAttribute("href"), "tel:02083862000");
  assert.equal(await page.locator("footer").getByRole("link", { name: "cuocthi@example.gov.vn" }).getAttribute("href"), "mailto:cuocthi@example.gov.vn");
  await fillRegistration(page);
  await register(page);
  await page.getByRole("alert").getByText(`bạn thuộc diện không được dự thi. ${line}`).waitFor();
  await page.getByRole("link", { name: "Hướng dẫn" }).click();
  await page.getByRole("main").getByText(line).waitFor();
}));

test("units outside the levels of the contest are not offered", () => visiting({
  answer: { contest: () => json(200, { ...fixture.contest, units: [
    { code: "tinh", name: "Tỉnh", parent: null, level: "province", members: null },
    { code: "so", name: "Sở Nội vụ", parent: "tinh", level: "agency", members: 40 },
    { code: "phong", name: "Phòng Nội vụ", parent: "so", level: null, members: null },
    { code: "xa", name: "Xã Tân Quang", parent: "tinh", level: "ward", members: 90 },
  ], registration: { ...fixture.contest.registration, levels: ["agency"] } }) },
}, async (page) => {
  await page.goto(ADDRESS.register);
  await view(page, "form").waitFor();
  const offered = await page.locator("select[name='unit'] option").evaluateAll((options) => options.map(({ value }) => value).filter(Boolean));
  assert.deepEqual(offered, ["so", "phong"]);
}));

test("after registering the menu offers to register no more, and the code stands once on the page, not in its header", () => visiting({}, async (page) => {
  await page.goto(ADDRESS.register);
  const menu = page.getByRole("navigation", { name: "Cuộc thi này" });
  assert.equal(await menu.getByRole("link", { name: "Đăng ký" }).isVisible(), true);
  await fillRegistration(page);
  await register(page);
  await view(page, "done").waitFor();
  assert.equal(await menu.getByRole("link", { name: "Đăng ký" }).isVisible(), false);
  assert.equal((await page.locator("body").innerText()).split(fixture.SESSION.contestant).length, 2);
  for (const address of [ADDRESS.round, ADDRESS.results, ADDRESS.register, ADDRESS.verify, ADDRESS.erase]) {
    await page.goto(address);
    await menu.getByText("Đã đăng nhập").waitFor();
    assert.doesNotMatch(await page.locator("body").innerText(), new RegExp(fixture.SESSION.contestant), address);
  }
  await page.goto(ADDRESS.contest);
  await view(page, "ready").waitFor();
  assert.equal((await page.locator("body").innerText()).split(fixture.SESSION.contestant).length, 2, "once, on one's own page");
}));

const closing = (closes) => ({ answer: { contest: () => json(200, { ...fixture.contest, registration: { ...fixture.contest.registration, closes } }) } });
for (const [name, address] of Object.entries(ADDRESS)) {
  for (const [closes, isOffered] of [["2099-12-31T00:00:00.000Z", true], ["2021-12-13T00:00:00.000Z", false]]) {
    test(`${name}: registration that closes in ${closes.slice(0, 4)} is ${isOffered ? "offered" : "offered nowhere"}`, () => visiting(closing(closes), async (page) => {
      await page.goto(address);
      await page.waitForLoadState("networkidle");
      assert.equal(await page.locator("a[href*='register.html']:visible").count() > 0, isOffered);
    }));
  }
}

test("who shares a phone signs out first, and then finds the form", () => visiting({}, async (page) => {
  await signIn(page);
  await page.goto(ADDRESS.register);
  await page.getByRole("button", { name: "Đăng xuất để đăng ký cho người khác" }).click();
  await view(page, "form").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Đăng ký dự thi");
  await page.getByRole("navigation", { name: "Cuộc thi này" }).getByRole("link", { name: "Đăng ký" }).waitFor();
}));

test("a session that has ended shows in the menu at once", () => visiting({ answer: { me: () => problem(401, "no_session", "Phiên đăng nhập đã hết hạn.") } }, async (page) => {
  await signIn(page);
  await page.goto(ADDRESS.contest);
  await view(page, "ready").waitFor();
  await page.getByRole("navigation", { name: "Cuộc thi này" }).getByRole("link", { name: "Đăng nhập" }).waitFor();
}));

// ---- erasing

test("one script erases accounts, and it asks for the secret", () => {
  const erasing = files("js/", ".mjs").filter((file) => /"DELETE", `contests\/[^`]*\/me`/.test(read(file)));
  assert.deepEqual(erasing, ["js/account/erase-page.mjs"]);
});

test("the way to the page that erases is a link, and nothing is erased by following it", () => visiting({}, async (page, server) => {
  await signIn(page);
  await page.goto(ADDRESS.contest);
  await page.getByText("Dữ liệu cá nhân của bạn").click();
  await page.getByRole("link", { name: "Xóa tài khoản của tôi" }).click();
  await view(page, "form").waitFor();
  for (const lost of ["Giải thưởng", "Giấy chứng nhận", "Biên nhận", fixture.PSEUDONYM, "Đặng Thị Ơn"]) await page.getByText(lost).first().waitFor();
  await page.getByRole("button", { name: "Xóa vĩnh viễn tài khoản này" }).click();
  await page.getByRole("alert").getByText("Nhập mật khẩu của bạn").waitFor();
  assert.deepEqual(asked(server, "erase"), []);
}));

test("a wrong secret erases nothing", () => visiting({ answer: { "sign-in": () => problem(401, "wrong_credentials", "Chưa đúng.") } }, async (page, server) => {
  await signIn(page);
  await page.goto(ADDRESS.erase);
  await askToErase(page, "sai mật khẩu");
  await page.getByRole("alert").getByText("Tài khoản chưa bị xóa").waitFor();
  assert.deepEqual(asked(server, "erase"), []);
  await page.reload();
  await view(page, "form").waitFor();
}));

test("the right secret erases the account that it belongs to, says so, and leaves nothing in the browser", () => visiting({}, async (page, server) => {
  await signIn(page);
  await page.goto(ADDRESS.erase);
  await view(page, "form").waitFor();
  await page.evaluate(([contest, code]) => localStorage.setItem(`hoithi.sheet.${contest}.tuan-1.${code}.1`, "{}"), [fixture.CONTEST, fixture.SESSION.contestant]);
  await askToErase(page, SECRET);
  await view(page, "done").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Tài khoản đã được xóa");
  assert.deepEqual(JSON.parse(asked(server, "sign-in")[0].body), { identifier: fixture.SESSION.contestant, secret: SECRET });
  assert.deepEqual(asked(server, "erase").map(({ body }) => body), [""]);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => /session|sheet/.test(key))), []);
}));

test("an erasure whose answer is lost is said to be uncertain, and a second try settles it", () => visiting({ answer: { erase: () => LOST } }, async (page, server) => {
  await signIn(page);
  await page.goto(ADDRESS.erase);
  await askToErase(page, SECRET);
  await page.getByRole("alert").getByText("chưa biết tài khoản đã được xóa hay chưa").waitFor();
  server.state.answer.erase = () => problem(401, "no_session", "Bạn chưa đăng nhập.");
  await page.getByRole("button", { name: "Xóa vĩnh viễn tài khoản này" }).click();
  await view(page, "done").waitFor();
  assert.equal(asked(server, "sign-in").length, 1, "an erased account could not sign in again");
}));
