// Passkeys on a running program, with a device that Chromium plays, and another authenticator app for the same account. Each
// test has an account of its own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view, visitor } from "./support/chromium.mjs";
import { ownProgram } from "./support/own-program.mjs";
import { totp } from "./support/totp.mjs";

const SECRET = "một câu dài dễ nhớ của tôi";
const STEP_UP_MS = 6 * 60_000;
const DESK = { width: 1366, height: 768 };
const DEVICE = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };

let browser;
let program;

before(async () => {
  browser = await launch();
  program = await ownProgram("2024-03-01T09:00:00+07:00");
});
after(async () => {
  await browser.close();
  await program?.stop();
});

const byName = () => program.url.replace("127.0.0.1", "localhost");

async function post(path, body) {
  const answer = await fetch(`${program.url}/v1/organizer/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return JSON.parse(text);
}

/** Lets a lead with an account of this name, who has just signed in, visit the page. */
async function asLead(login, check, { isByNumber = false, prepare = "" } = {}) {
  const begun = await post("enrolments", { code: await program.invite("lead"), login, name: "Nguyễn Thị Lan", secret: SECRET });
  const key = new URL(begun.totp_uri).searchParams.get("secret");
  const opened = await post("enrolments/confirm", { ticket: begun.ticket, totp: totp(key, await program.now()) });
  const { context, page, faults } = await visitor(browser, isByNumber ? program.url : byName(), { viewport: DESK });
  try {
    if (prepare) await page.addInitScript(prepare);
    const device = await context.newCDPSession(page);
    await device.send("WebAuthn.enable");
    const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", { options: DEVICE });
    await page.goto("/organizer/help.html");
    await page.evaluate((session) => sessionStorage.setItem("hoithi.organizer.session", session), JSON.stringify(opened));
    await check({ page, device, authenticatorId, key });
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

const note = (page) => page.locator("[data-ref='settings-note']");

async function addKey(page, name) {
  await page.goto("/organizer/settings.html");
  await page.getByText("Bạn chưa có khóa truy cập nào.").waitFor();
  await page.getByLabel("Tên của khóa").fill(name);
  await page.getByRole("button", { name: "Thêm khóa truy cập" }).click();
  await note(page).getByText(`Đã thêm khóa ${name}.`).waitFor();
  await page.getByText(`${name}: thêm lúc`).waitFor();
}

async function signOut(page) {
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  return page.getByRole("dialog", { name: "Đăng nhập" });
}

test("a passkey that was added in the settings opens the console and confirms what asks for it, until it is removed", () => asLead("lan.1", async ({ page, device, authenticatorId }) => {
  await page.goto("/organizer/settings.html");
  await page.getByRole("button", { name: "Thêm khóa truy cập" }).click();
  await page.getByRole("alert").getByText("Đặt tên cho khóa").waitFor();
  await addKey(page, "Máy tính cơ quan");
  const over = await signOut(page);
  await over.getByRole("button", { name: "Đăng nhập bằng khóa truy cập" }).click();
  await view(page, "contests").waitFor();
  await over.waitFor({ state: "detached" });

  await program.moveTo((await program.now()) + STEP_UP_MS);
  await page.goto("/organizer/settings.html");
  await page.getByText("Máy tính cơ quan: thêm lúc").getByText("dùng gần nhất lúc").waitFor();
  await page.getByLabel("Người được mời").fill("Thường trực thứ hai");
  await page.getByLabel("Vai trò", { exact: true }).selectOption("lead");
  await page.getByLabel("Cho cuộc thi nào").selectOption("*");
  await page.getByRole("button", { name: "Làm phiếu cấp quyền" }).click();
  const again = page.getByRole("dialog", { name: "Xác nhận lại" });
  await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await again.getByRole("button", { name: "Xác nhận bằng khóa truy cập" }).click();
  await again.getByRole("alert").getByText("Chưa nhận được khóa truy cập").waitFor();
  await device.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  await again.getByRole("button", { name: "Xác nhận bằng khóa truy cập" }).click();
  await view(page, "slip").waitFor();
  await page.getByRole("button", { name: "Đã in hoặc đã trao phiếu" }).click();

  await page.getByRole("button", { name: "Gỡ khóa Máy tính cơ quan" }).click();
  await note(page).getByText("Đã gỡ khóa Máy tính cơ quan").waitFor();
  await page.getByText("Bạn chưa có khóa truy cập nào.").waitFor();
  const closed = await signOut(page);
  await closed.getByRole("button", { name: "Đăng nhập bằng khóa truy cập" }).click();
  await closed.getByRole("alert").getByText("Khóa truy cập chưa được nhận").waitFor();
}));

test("a device makes one key for an account, and says so", () => asLead("lan.2", async ({ page }) => {
  await addKey(page, "Máy tính");
  await page.getByLabel("Tên của khóa").fill("Máy tính lần nữa");
  await page.getByRole("button", { name: "Thêm khóa truy cập" }).click();
  await page.getByRole("alert").getByText("Thiết bị này đã có khóa truy cập").waitFor();
}));

test("a browser that does not know the form in JSON yet has passkeys all the same", () => asLead("lan.3", async ({ page }) => {
  assert.equal(await page.evaluate(() => PublicKeyCredential.parseRequestOptionsFromJSON ?? PublicKeyCredential.prototype.toJSON ?? null), null);
  await addKey(page, "Máy cũ");
  const over = await signOut(page);
  await over.getByLabel("Tên đăng nhập").fill("lan.3");
  await over.getByRole("button", { name: "Đăng nhập bằng khóa truy cập" }).click();
  await view(page, "contests").waitFor();
}, { prepare: "for (const name of ['parseRequestOptionsFromJSON', 'parseCreationOptionsFromJSON']) delete PublicKeyCredential[name]; delete PublicKeyCredential.prototype.toJSON;" }));

test("at an address of numbers the page leads to where passkeys are", () => asLead("lan.4", async ({ page }) => {
  await page.goto("/organizer/settings.html");
  const there = page.getByRole("link", { name: "Mở trang này theo tên máy (localhost)" });
  assert.equal(await there.getAttribute("href"), `${byName()}/organizer/settings.html`);
  assert.equal(await page.getByRole("button", { name: "Thêm khóa truy cập" }).count(), 0);
  const over = await signOut(page);
  const link = over.getByRole("link", { name: "Muốn dùng khóa truy cập?" });
  assert.equal(await link.getAttribute("href"), `${byName()}/organizer/index.html`);
  assert.equal(await over.getByRole("button", { name: "Đăng nhập bằng khóa truy cập" }).count(), 0);
}, { isByNumber: true }));

test("another app takes the place of the first one once it has shown a code", () => asLead("lan.5", async ({ page, key }) => {
  await page.goto("/organizer/settings.html");
  await page.getByRole("button", { name: "Chuyển sang ứng dụng khác" }).click();
  await view(page, "app").waitFor();
  await page.getByRole("button", { name: "Thôi, giữ ứng dụng cũ" }).click();
  await note(page).getByText("Chưa có gì thay đổi").waitFor();
  await page.getByRole("button", { name: "Chuyển sang ứng dụng khác" }).click();
  await view(page, "app").waitFor();
  const next = await page.locator("[data-text='appKey']").textContent();
  assert.notEqual(next.replace(/\s/g, ""), key);
  const code = page.getByLabel("Mã 6 số ứng dụng mới đang hiện");
  await code.fill(totp(key, await program.now()));
  await page.getByRole("button", { name: "Xác nhận", exact: true }).click();
  await page.getByRole("alert").getByText("Mã chưa đúng hoặc đã quá 15 phút").waitFor();
  await code.fill(totp(next, await program.now()));
  await page.getByRole("button", { name: "Xác nhận", exact: true }).click();
  await note(page).getByText("Đã chuyển sang ứng dụng mới").waitFor();
  await program.moveTo((await program.now()) + STEP_UP_MS);
  const over = await signOut(page);
  await over.getByLabel("Tên đăng nhập").fill("lan.5");
  await over.getByLabel("Mật khẩu").fill(SECRET);
  await page.keyboard.press("Enter");
  await over.getByLabel("Mã 6 số").fill(totp(next, await program.now()));
  await page.keyboard.press("Enter");
  await view(page, "contests").waitFor();
}));
