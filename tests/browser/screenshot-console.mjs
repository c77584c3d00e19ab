// The pictures of the guide for organizers: the console of a demo server (BASE_URL, no --data). Writes docs/images/.

import { DESK, launch, view, visitor } from "./support/chromium.mjs";
import { BASE_URL } from "./support/running.mjs";
import { REPOSITORY } from "./support/pages.mjs";

const OPEN = "thi-thu"; // the demo's open contest
const PLAYED = "thai-nguyen-2021";

const browser = await launch();
const { page } = await visitor(browser, BASE_URL, { viewport: DESK });
const picture = (name) => page.screenshot({ path: `${REPOSITORY}docs/images/console-${name}.png`, animations: "disabled" });

async function show(name, address, shown) {
  await page.goto(`/organizer/${address}`);
  await view(page, shown).waitFor();
  await picture(name);
}

/** A request to the organizers' API as the page itself would send it. */
const send = (method, path, body) => page.evaluate(async ([how, where, what]) => {
  const { session } = JSON.parse(sessionStorage.getItem("hoithi.organizer.session"));
  const options = { method: how, headers: { authorization: `Bearer ${session}`, "content-type": "application/json" }, body: JSON.stringify(what) };
  const answer = await fetch(`/v1/organizer/${where}`, options);
  return answer.json();
}, [method, path, body]);

const invited = await fetch(`${BASE_URL}/_local/invite`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ role: "organizer", contest: OPEN }) });
await show("enrol", `#moi=${(await invited.json()).code}`, "enrol");

await show("contests", "index.html#trinh-dien", "contests");
await show("home", `index.html?c=${OPEN}`, "contest");
await page.goto(`/organizer/plan.html?c=${OPEN}`);
await view(page, "edit").waitFor();
await picture("plan");
await show("people", `people.html?c=${OPEN}`, "files");
await show("settings", "settings.html", "settings");
await show("results", `results.html?c=${PLAYED}`, "list");

const change = { action: "void", round: "tuan-1", question: "q01" };
const { proposal } = await send("POST", `contests/${PLAYED}/proposals`, { changes: [change], reason: "Câu hỏi có hai đáp án đúng" });
await send("POST", `contests/${PLAYED}/proposals/${proposal}/preview`, {});
await page.goto(`/organizer/decisions.html?c=${PLAYED}&p=${proposal}`);
await page.getByText("Giải thưởng", { exact: true }).first().waitFor({ timeout: 180_000 });
await picture("decisions");

await page.goto(`/organizer/watch.html?c=${OPEN}`);
await view(page, "watch").waitFor();
await page.getByRole("button", { name: "Đếm ngay" }).click();
await page.getByRole("button", { name: "Chép bảng" }).waitFor({ timeout: 180_000 }).catch(() => null);
await picture("watch");

await page.goto(`/organizer/log.html?c=${PLAYED}`);
await view(page, "log").waitFor();
await page.getByRole("button", { name: "Kiểm tra chuỗi" }).click();
await page.getByText("Chuỗi liền mạch").waitFor();
await picture("log");

// Whoever becomes somebody else has the page anew.
await Promise.all([page.waitForEvent("load"), page.getByLabel("Đang xem thử, trong vai").selectOption("author")]);
await show("banks", `banks.html?c=${OPEN}`, "files");
await page.goto(`/organizer/paper.html?c=${OPEN}`);
await view(page, "paper").waitFor();
await page.getByRole("button", { name: "Xem đề này" }).click();
await page.locator("#cau-1").waitFor();
await page.getByRole("heading", { name: /đề số 1/ }).scrollIntoViewIfNeeded();
await picture("paper");
await page.goto("/organizer/help.html");
await page.getByText("Đang xem thử, trong vai").waitFor();
await picture("help");
await browser.close();
