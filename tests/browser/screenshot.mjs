// The pictures of the README, taken from the running demo (BASE_URL): `cargo xtask screenshot`.

import { DESK, PHONE, launch, view, visitor } from "./support/chromium.mjs";
import { REPOSITORY } from "./support/pages.mjs";
import { fillRegistration } from "./support/states.mjs";

const BASE_URL = process.env.BASE_URL;
const IMAGES = `${REPOSITORY}docs/images/`;
const OPEN = "/round.html?c=thi-thu&r=tuan-1";
const PUBLISHED = "/results.html?c=thai-nguyen-2021&r=tuan-4";

const browser = await launch();
try {
  const office = await visitor(browser, BASE_URL, { viewport: DESK });
  await office.page.goto(PUBLISHED);
  await view(office.page, "ready").waitFor();
  await office.page.screenshot({ path: `${IMAGES}results.png` });

  const { page } = await visitor(browser, BASE_URL, { viewport: PHONE });
  await page.goto(OPEN.replace("round", "register"));
  await fillRegistration(page);
  await page.getByRole("button", { name: "Đăng ký", exact: true }).click();
  await view(page, "done").waitFor();
  await page.goto(OPEN);
  await page.getByRole("button", { name: "Bắt đầu lượt 1" }).click();
  await view(page, "paper").waitFor();
  await page.locator("#cau-1 input").first().check();
  await page.screenshot({ path: `${IMAGES}round.png` });
} finally {
  await browser.close();
}
