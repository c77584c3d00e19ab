// People of an office on a running program, each at a computer of their own: from a printed slip to a desk, and back to it
// whenever a session has ended.

import assert from "node:assert/strict";
import { view, visitor } from "./chromium.mjs";
import { totp } from "./totp.mjs";

export const STAFF_SECRET = "một câu dài dễ nhớ của tôi";
const STEP_MS = 31_000; // a code counts once: the next one is the next half minute's

/** `program` is one of `ownProgram`; `viewport` is that of everybody's screen. */
export function officeOf(browser, program, viewport) {
  const opened = [];

  /** Somebody at a computer of their own. */
  async function somebody() {
    const one = await visitor(browser, program.url, { viewport, acceptDownloads: true });
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

  /** From the slip to the first page; `second` gives the second factor, and is an app where nothing else is said. */
  async function enrol(slip, name, login, second = withApp) {
    const person = await somebody();
    const { page } = person;
    await page.goto(`/organizer/index.html#moi=${slip}`);
    await page.getByLabel("Họ và tên").fill(name);
    await page.getByLabel("Tên đăng nhập").fill(login);
    await page.getByLabel("Mật khẩu").fill(STAFF_SECRET);
    await page.getByRole("button", { name: "Tiếp tục" }).click();
    await page.waitForFunction(() => location.hash === "", null); // the code does not stay in the address
    await second(person);
    await view(page, "contests").waitFor();
    return person;
  }

  async function signInOver(person, second, secret = STAFF_SECRET) {
    const over = person.page.getByRole("dialog", { name: "Đăng nhập" });
    await over.getByLabel("Mật khẩu").fill(secret);
    await person.page.keyboard.press("Enter");
    await over.getByLabel("Mã 6 số").fill(second);
    await person.page.keyboard.press("Enter");
    await over.waitFor({ state: "detached" });
  }

  return {
    somebody, code, enrol, signInOver,
    /** Opens a page; where the session has ended meanwhile, signs in again over it. */
    async visit(person, address, shown) {
      const { page } = person;
      await page.goto(address);
      const over = page.getByRole("dialog", { name: "Đăng nhập" });
      const there = view(page, shown);
      await over.or(there).filter({ visible: true }).first().waitFor();
      if (await over.isVisible()) await signInOver(person, await code(person));
      await there.waitFor();
    },
    /** Presses a button and gives the second factor once more where that is asked for; `done` is what is there afterwards. */
    async confirmed(person, press, done) {
      const over = person.page.getByRole("dialog", { name: "Xác nhận lại" });
      await press();
      await over.or(done).filter({ visible: true }).first().waitFor();
      if (!(await over.isVisible())) return;
      await over.getByLabel("Mã xác nhận").fill(await code(person));
      await person.page.keyboard.press("Enter");
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
