// The pictures of the README: a demo server (BASE_URL, no --data) as a visitor sees it. Writes docs/images/.

import { launch, DESK, PHONE, view, visitor } from "./support/chromium.mjs";
import { BASE_URL } from "./support/running.mjs";
import { REPOSITORY } from "./support/pages.mjs";
import { fillRegistration } from "./support/states.mjs";

const FOLDER = `${REPOSITORY}docs/images/`;
const CONTEST = "thi-thu"; // the demo's open contest
const ROUND = "tuan-1";
const PLAYED = "thai-nguyen-2021";

const browser = await launch();
const { page } = await visitor(browser, BASE_URL, { viewport: DESK });
const ready = () => view(page, "ready").waitFor();
const picture = (name) => page.screenshot({ path: `${FOLDER}${name}.png`, animations: "disabled" });

await page.goto("/");
await ready();
await picture("contests");

await page.goto(`/contest.html?c=${CONTEST}`);
await ready();
await picture("contest");

await page.goto(`/results.html?c=${PLAYED}`);
await ready();
await picture("results");

await page.setViewportSize(PHONE);
await page.goto(`/register.html?c=${CONTEST}`);
await fillRegistration(page);
await page.getByRole("button", { name: "Đăng ký", exact: true }).click();
await page.getByRole("link", { name: "Vào thi ngay" }).click();
await page.goto(`/round.html?c=${CONTEST}&r=${ROUND}`);
await page.getByRole("button", { name: "Bắt đầu lượt 1" }).click();
await view(page, "paper").waitFor();
await page.locator("#cau-1 input").first().check();
await page.locator("#cau-1").scrollIntoViewIfNeeded();
await picture("round");
await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
await page.getByRole("button", { name: "Vẫn nộp bài" }).click();
await page.getByText("Chữ ký của biên nhận đúng").waitFor();
await view(page, "receipt").scrollIntoViewIfNeeded();
await picture("receipt");
await browser.close();
