// People of an office on a running program, each at a computer of their own: from a printed slip to a desk, and back to it
// whenever a session has ended.

import assert from "node:assert/strict";
import { view, visitor } from "./chromium.mjs";
import { totp } from "./totp.mjs";

export const STAFF_SECRET = "một câu dài dễ nhớ của tôi";
const STEP_MS = 31_000; // a code counts once: the next one is the next half minute's

/** The computer itself, which looks who sits before it. */
const DEVICE = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };

/** `program` is one of `ownProgram`; `viewport` is that of everybody's screen. */
export function officeOf(browser, program, viewport) {
  const opened = [];

  /** Somebody at a computer of their own. */
  async function somebody(site = program.url) {
    const one = await visitor(browser, site, { viewport, acceptDownloads: true });
    one.page.setDefaultTimeout(20_000);
    opened.push(one);
    return one;
  }

  /** The code that somebody's app shows; the clock goes on to the next one where it was used already. */
  async function code(person) {
    const now = await program.now();
    const step = Math.floor(now / 30_000);
    if (person.usedStep === step) {
      await program.moveTo(now + STEP_MS);
      return code(person);
    }
    person.usedStep = step;
    return totp(person.key, now);
  }

  /** An authenticator app and a printed card: what the second step of a new account asks for. */
  async function withApp(person) {
    const { page } = person;
    await view(page, "app").waitFor();
    person.key = await page.locator("[data-text='appKey']").textContent();
    await page.getByLabel("Mã 6 số").fill(await code(person));
    await page.getByRole("button", { name: "Xác nhận" }).click();
    await view(page, "card").waitFor();
    person.card = await page.locator("[data-ref='card-codes'] li").allTextContents();
    await page.getByRole("button", { name: "Đã cất thẻ, vào bàn làm việc" }).click();
  }

  /** A passkey of the computer, once the account is there. App and card stay in a drawer from then on. */
  async function withPasskey(person) {
    const { context, page } = person;
    await withApp(person);
    await view(page, "contests").waitFor();
    const device = await context.newCDPSession(page);
    await device.send("WebAuthn.enable");
    await device.send("WebAuthn.addVirtualAuthenticator", { options: DEVICE });
    await page.goto("/organizer/settings.html");
    await page.getByLabel("Tên của khóa").fill("Máy tính ở bàn");
    await page.getByRole("button", { name: "Thêm khóa truy cập" }).click();
    await page.getByText("Đã thêm khóa Máy tính ở bàn.").waitFor();
    delete person.key;
    person.hasPasskey = true;
    await page.getByRole("button", { name: "Đăng xuất" }).click(); // the page leads to the first one by itself
    await signInOver(person);
  }

  /** Second factors; there are no passkeys at the number of a machine, but at its name. */
  const app = { site: program.url, take: withApp };
  const passkey = { site: program.url.replace("127.0.0.1", "localhost"), take: withPasskey };

  /** From the slip to the first page; `second` is an app where nothing else is said. */
  async function enrol(slip, name, login, second = app) {
    const person = await somebody(second.site);
    const { page } = person;
    await page.goto(`/organizer/index.html#moi=${slip}`);
    await page.getByLabel("Họ và tên").fill(name);
    await page.getByLabel("Tên đăng nhập").fill(login);
    await page.getByLabel("Mật khẩu").fill(STAFF_SECRET);
    await page.getByRole("button", { name: "Tiếp tục" }).click();
    await page.waitForFunction(() => location.hash === "", null); // the code does not stay in the address
    await second.take(person);
    await view(page, "contests").waitFor();
    return person;
  }

  /** Signs in over the page by both factors, or by a passkey alone where the person has one and nothing else is given. */
  async function signInOver(person, second, secret = STAFF_SECRET) {
    const over = person.page.getByRole("dialog", { name: "Đăng nhập" });
    if (person.hasPasskey && !second) {
      await over.getByRole("button", { name: "Đăng nhập bằng khóa truy cập" }).click();
      return over.waitFor({ state: "detached" });
    }
    await over.getByLabel("Mật khẩu").fill(secret);
    await person.page.keyboard.press("Enter");
    await over.getByLabel("Mã 6 số").fill(second ?? (await code(person)));
    await person.page.keyboard.press("Enter");
    await over.waitFor({ state: "detached" });
  }

  /** Gives the second factor once more, in a dialog that asks for it. */
  async function confirm(person, over) {
    if (person.hasPasskey) return over.getByRole("button", { name: "Xác nhận bằng khóa truy cập" }).click();
    await over.getByLabel("Mã xác nhận").fill(await code(person));
    await person.page.keyboard.press("Enter");
  }

  return {
    somebody, code, enrol, signInOver, passkey,
    /** Opens a page; where the session has ended meanwhile, signs in again over it. */
    async visit(person, address, shown) {
      const { page } = person;
      await page.goto(address);
      const over = page.getByRole("dialog", { name: "Đăng nhập" });
      const there = view(page, shown);
      await over.or(there).filter({ visible: true }).first().waitFor();
      if (await over.isVisible()) await signInOver(person);
      await there.waitFor();
    },
    /** Presses a button and gives the second factor once more where that is asked for; `done` is what is there afterwards. */
    async confirmed(person, press, done) {
      const over = person.page.getByRole("dialog", { name: "Xác nhận lại" });
      await press();
      await over.or(done).filter({ visible: true }).first().waitFor();
      if (!(await over.isVisible())) return;
      await confirm(person, over);
      await done.waitFor();
    },
    noFaults() {
      for (const { faults } of opened) assert.deepEqual(faults, []);
    },
    /** Everybody's screen, for whoever has named a folder and wants to see what went wrong. */
    async picture(folder) {
      if (folder) for (const [place, { page }] of opened.entries()) await page.screenshot({ path: `${folder}/somebody-${place + 1}.png`, fullPage: true });
    },
    async close() {
      for (const { context } of opened) await context.close();
    },
  };
}
