// The whole story of one contestant on a running server, told by the browser: register, sign in again,
// answer, reload, lose the network, hand in, keep the receipt, and find the own rank on publication day.
// BASE_URL and S3_URL name a `hoithi serve` whose clock stands before 10/12/2021.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, view, visitor } from "./support/chromium.mjs";
import * as fixture from "./support/fixture.mjs";
import { overContest } from "./support/over-contest.mjs";
import { BASE_URL, moveClockTo, now, published, until, upload } from "./support/running.mjs";
import { askToErase, fillRegistration } from "./support/states.mjs";

const CONTEST = "song-cong-cchc-2021";
const ROUND = "tuan-1";
const SECRET = "mật khẩu dài";
const at = (page) => `/${page}.html?c=${CONTEST}&r=${ROUND}`;

let browser;
let page;
let context;
let faults;
const told = {};

before(async () => {
  assert.ok(BASE_URL && process.env.S3_URL, "BASE_URL and S3_URL must name a running hoithi serve");
  browser = await launch();
  ({ context, page, faults } = await visitor(browser, BASE_URL, { acceptDownloads: true }));
});
after(() => browser.close());

/** Shapes two JSON values down to their member names, so that the stand-in cannot drift from the server. */
function shape(value) {
  if (Array.isArray(value)) return value.length > 0 ? [shape(value[0])] : [];
  if (value === null || typeof value !== "object") return "value";
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, shape(value[key])]));
}

test("an uploaded contest appears on the page", async () => {
  assert.ok((await now()) < "2021-12-10", "start the server with --clock 2021-12-01T08:00:00+07:00");
  await upload(CONTEST);
  const ready = (contest) => contest?.units.length > 40 && contest.rounds.every(({ key_commitment: commitment }) => commitment);
  await until("contest.json with units and both banks", async () => ready(await published(`${CONTEST}/contest.json`)));
  await page.goto("/");
  await page.getByRole("link", { name: /Tìm hiểu công tác cải cách hành chính/ }).click();
  await page.getByRole("heading", { level: 1, name: /thành phố Sông Công năm 2021/ }).waitFor();
  await page.getByText("Từ 08h30, Thứ Hai 13/12/2021 đến trước 16h30, Chủ Nhật 19/12/2021 (giờ Việt Nam)").first().waitFor();
  await page.getByRole("rowheader", { name: "Giải Khuyến khích" }).waitFor();
  await page.getByText("Nghị định số 61/2018/NĐ-CP").first().waitFor();
});

test("registration names every mistake, then gives a contestant code", async () => {
  await moveClockTo("2021-12-13T07:00:00+07:00");
  await page.goto(at("register"));
  await fillRegistration(page, { citizenId: "019190", secret: SECRET });
  await page.getByRole("button", { name: "Đăng ký", exact: true }).click();
  await page.getByRole("alert").getByText(/12 chữ số/).waitFor();
  assert.equal(await page.getByLabel("Họ và tên").inputValue(), "Đặng Thị Ơn");
  await page.getByLabel("Số căn cước").fill("019190000017");
  await page.getByRole("button", { name: "Đăng ký", exact: true }).click();
  await view(page, "done").waitFor();
  told.code = await page.locator("[data-text='code']").textContent();
  assert.ok(told.code.length >= 6);
});

test("the same person cannot register twice, and the page says what to do", async () => {
  const second = await visitor(browser, BASE_URL);
  await second.page.goto(at("register"));
  await fillRegistration(second.page, { secret: SECRET });
  await second.page.getByRole("button", { name: "Đăng ký", exact: true }).click();
  await second.page.getByRole("alert").getByText(/đăng nhập/).first().waitFor();
  await second.context.close();
});

test("before the opening the round waits and says until when", async () => {
  await page.goto(at("round"));
  await page.getByText("Vòng thi mở lúc 08h30, Thứ Hai 13/12/2021").waitFor();
  assert.equal(await page.getByRole("button", { name: /Bắt đầu lượt/ }).isVisible(), false);
});

test("signing in with the contestant code leads back to the round", async () => {
  await moveClockTo("2021-12-13T08:30:00+07:00");
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await page.waitForURL(/contest\.html/); // a page that goes somewhere by itself is not sent elsewhere meanwhile
  await page.goto(at("round"));
  await view(page, "sign-in").getByRole("link", { name: "Đăng nhập" }).click();
  await page.getByLabel("Số căn cước, số điện thoại hoặc mã dự thi").fill(told.code);
  await page.getByLabel("Mật khẩu", { exact: true }).fill("không phải mật khẩu");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Mật khẩu", { exact: true }).fill(SECRET);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByRole("button", { name: "Bắt đầu lượt 1" }).waitFor();
});

test("answers survive a reload and a lost network, and end in a verified receipt", async () => {
  await page.getByRole("button", { name: "Bắt đầu lượt 1" }).click();
  await view(page, "paper").waitFor();
  const questions = page.locator(".ht-question[id^='cau-']");
  assert.equal(await questions.count(), 10);
  for (const question of await questions.all()) {
    const asked = /Chọn (\d+) phương án/.exec(await question.textContent());
    for (let option = 0; option < Number(asked?.[1] ?? 1); option += 1) await question.locator("input").nth(option).check();
  }
  await page.getByText("Đã trả lời 10/10 câu").waitFor();
  const chosen = await page.locator(".ht-question input:checked").count();
  await page.getByLabel("Câu hỏi dự đoán").fill("3.200");
  await page.reload();
  await view(page, "paper").waitFor();
  assert.equal(await page.locator(".ht-question input:checked").count(), chosen);
  await context.setOffline(true);
  await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
  await page.getByText("đang gửi lại…").waitFor();
  await context.setOffline(false);
  await page.getByText("Chữ ký của biên nhận đúng với khóa công khai của cuộc thi.").waitFor();
  told.receipt = await page.locator("[data-text='receipt']").textContent();
  assert.ok(told.receipt.startsWith(`hoithi/receipt/1\n${CONTEST}\n${ROUND}\n`));
});

test("the receipt can be saved, and is the same when asked for again", async () => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Lưu thành tệp" }).click()]);
  assert.equal(download.suggestedFilename(), `bien-nhan-${CONTEST}-${ROUND}-luot-1.txt`);
  assert.equal(readFileSync(await download.path(), "utf8"), told.receipt);
  await page.getByRole("button", { name: "Mã QR" }).click();
  const code = page.getByRole("img", { name: "Mã QR của biên nhận" });
  await code.waitFor();
  assert.ok((await code.evaluate((canvas) => canvas.width)) > 50, "a code is drawn");
  await page.goto(at("round"));
  await page.getByRole("button", { name: "Bắt đầu lượt 2" }).waitFor();
  await page.getByRole("button", { name: "Xem biên nhận: Lượt 1" }).click();
  await view(page, "receipt").waitFor();
  assert.equal(await page.locator("[data-text='receipt']").textContent(), told.receipt);
});

test("the account panel shows the codes and what is left", async () => {
  await page.goto(at("contest"));
  await page.getByText("Đã dùng 1 lượt, còn 2 lượt").waitFor();
  told.pseudonym = await page.locator("[data-text='pseudonym']").textContent();
  assert.equal(told.receipt.split("\n")[3], told.pseudonym);
  assert.match(await page.locator("[data-ref='referral-link']").getAttribute("href"), /register\.html\?c=song-cong-cchc-2021&ref=\w+/);
});

test("after closing the round is shut, and the result is promised for its minute", async () => {
  await moveClockTo("2021-12-19T16:30:00+07:00");
  await page.goto(at("round"));
  await page.getByText("Vòng thi đã đóng lúc 16h30, Chủ Nhật 19/12/2021").waitFor();
  await page.goto(at("results"));
  await page.getByText("Kết quả công bố lúc 08h00, Thứ Hai 20/12/2021").waitFor();
});

test("on publication day the own rank is there, signed in and by code", async () => {
  await moveClockTo("2021-12-20T08:00:00+07:00");
  await until("the published pointer", () => published(`${CONTEST}/rounds/${ROUND}/index.json`));
  await page.goto(at("results"));
  await page.getByText(/Bạn xếp hạng 1 với/).waitFor();
  const stranger = await visitor(browser, BASE_URL);
  await stranger.page.goto(at("results"));
  await stranger.page.getByLabel("Mã công khai").fill(told.pseudonym);
  await stranger.page.getByRole("button", { name: "Tra hạng" }).click();
  await stranger.page.getByText(/Mã này xếp hạng 1 với/).waitFor();
  await stranger.page.getByLabel("Mã công khai").fill("khong-co-ma-nay");
  await stranger.page.getByRole("button", { name: "Tra hạng" }).click();
  await stranger.page.getByText("Không có mã này trong bảng xếp hạng").waitFor();
  assert.deepEqual(stranger.faults, []);
  await stranger.context.close();
});

test("units are listed and sort, and every published file can be fetched", async () => {
  const attempts = page.getByRole("columnheader", { name: "Lượt thi" });
  await attempts.getByRole("button").click();
  assert.equal(await attempts.getAttribute("aria-sort"), "descending");
  assert.match(await page.locator("[data-ref='units'] tr").first().textContent(), /Bách Quang/);
  const links = await page.locator("[data-ref='files'] a").evaluateAll((list) => list.map((link) => link.href));
  assert.ok(links.length >= 4);
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
});

test("anyone can check the round in the browser, and the contestant finds the own sheet on the ledger", async () => {
  await page.getByRole("link", { name: "Tự kiểm tra vòng thi này" }).click();
  await page.getByText("Mọi điều đã kiểm tra đều đúng.").first().waitFor();
  assert.equal(await page.locator("[data-ref='steps'] li:not([data-kind='good'])").count(), 0);
  await page.getByLabel("Hoặc chọn tệp biên nhận").setInputFiles({ name: "bien-nhan.txt", mimeType: "text/plain", buffer: Buffer.from(told.receipt) });
  await page.getByText("Bài thi của biên nhận nằm ở dòng 1 của sổ cái").waitFor();
  await page.getByLabel("Biên nhận", { exact: true }).fill(told.receipt.replace("\n1\n", "\n2\n"));
  await page.getByRole("button", { name: "Kiểm tra biên nhận" }).click();
  await page.getByText("Chữ ký của biên nhận không đúng").waitFor();
  await page.getByLabel("Biên nhận", { exact: true }).fill(told.receipt.replaceAll("\n", ""));
  await page.getByRole("button", { name: "Kiểm tra biên nhận" }).click();
  await page.getByText("Bài thi của biên nhận nằm ở dòng 1 của sổ cái").waitFor();
});

test("who has won downloads the own certificate from the page of the contest", async () => {
  await page.goto(at("contest"));
  const certificates = page.getByRole("region", { name: "Giấy chứng nhận của bạn" });
  await certificates.getByText("Theo kết quả tạm thời").first().waitFor();
  const saved = page.waitForEvent("download");
  await certificates.getByRole("button", { name: /Tải giấy chứng nhận \(PDF\): Giải .*, Tuần thứ Nhất/ }).click();
  const download = await saved;
  assert.match(download.suggestedFilename(), /^Giấy chứng nhận - Giải .* Tuần thứ Nhất\.pdf$/);
  assert.match(readFileSync(await download.path(), "latin1"), /^%PDF-/);
});

test("before the last round the contest stands provisionally, without prizes", async () => {
  await until("the standings", () => published(`${CONTEST}/standings.json`));
  await page.goto(at("results"));
  await page.getByRole("link", { name: "Toàn cuộc thi" }).click();
  await page.getByText("Sau 1 vòng đã công bố (trong 2 vòng): Tuần thứ Nhất.").waitFor();
  const first = page.locator("tbody tr:visible").first();
  assert.match(await first.textContent(), /^1Phường Bách Quang/);
  assert.doesNotMatch(await page.locator("main").innerText(), /Giải Nhất/);
});

test("anyone can check the whole contest in a narrow browser, and is told what was changed", async () => {
  const narrow = await visitor(browser, BASE_URL, { viewport: { width: 360, height: 740 } });
  const checked = async () => {
    await narrow.page.goto(`/verify.html?c=${CONTEST}`);
    await narrow.page.locator("[data-ref='verdict']:visible").waitFor();
    const wide = await narrow.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, "nothing is wider than the screen");
    return narrow.page.locator("[data-ref='steps'] li").evaluateAll((lines) => lines.map((line) => `${line.dataset.kind} ${line.textContent}`));
  };
  const steps = await checked();
  assert.equal(steps[0], "part Tuần thứ Nhất");
  assert.equal(steps.at(-1), "good Bảng tổng hợp sau 1 vòng thi đã tính lại từ các vòng thi: trùng khớp.");
  assert.deepEqual(steps.slice(1).filter((step) => !step.startsWith("good ")), []);
  await narrow.page.getByRole("heading", { name: "Tự kiểm tra cuộc thi", level: 1 }).waitFor();
  assert.equal(await narrow.page.getByRole("heading", { name: "Kiểm tra biên nhận của bạn" }).count(), 0, "a receipt is of a round");
  assert.equal(await narrow.page.getByRole("link", { name: "Về trang kết quả" }).getAttribute("href"), `/results.html?c=${CONTEST}`);
  await narrow.page.route("**/standings.json", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace('"attempts":', '"attempts":1') });
  });
  assert.match((await checked()).at(-1), /^error song-cong-cchc-2021\/standings\.json: khác với kết quả tính lại/);
  assert.deepEqual(narrow.faults, []);
  await narrow.context.close();
});

test("the stand-in of the other tests speaks in the server's shapes", async () => {
  const contest = await published(`${CONTEST}/contest.json`);
  // The server may tell more than the page needs, never less than the stand-in tells.
  const told = (real, standIn, where) => assert.deepEqual(Object.keys(standIn).filter((name) => !(name in real)), [], where);
  const { announcements: _announcements, page: _page, ...always } = fixture.contest; // nothing is announced here, and nothing shown
  told(contest, always, "contest.json");
  for (const part of ["registration", "attempt", "prediction", "ranking", "consent"]) told(contest[part], fixture.contest[part], part);
  for (const list of ["rounds", "units", "prizes", "collective", "rules"]) told(contest[list][0], fixture.contest[list][0], list);
  const pointer = await published(`${CONTEST}/rounds/${ROUND}/index.json`);
  assert.deepEqual(shape(pointer), shape(JSON.parse(fixture.published["index.json"])));
  const results = await published(`${CONTEST}/rounds/${ROUND}/${pointer.path}results.json`);
  assert.deepEqual(shape(results), shape(JSON.parse(fixture.published["v1/results.json"])));
  const manifest = await published(`${CONTEST}/rounds/${ROUND}/${pointer.path}manifest.json`);
  assert.deepEqual(shape(manifest), shape(JSON.parse(fixture.published["v1/manifest.json"])));
});

test("the contestant takes the own data along, then erases the account", async () => {
  await page.goto(at("contest"));
  await page.getByText("Dữ liệu cá nhân của bạn").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Tải dữ liệu của tôi" }).click()]);
  const held = JSON.parse(readFileSync(await download.path(), "utf8"));
  assert.equal(held.full_name, "Đặng Thị Ơn");
  assert.equal(held.rounds[0].attempts[0].receipt, told.receipt);
  await page.getByRole("link", { name: "Xóa tài khoản của tôi" }).click();
  await askToErase(page, "không phải mật khẩu");
  await page.getByRole("alert").getByText("Tài khoản chưa bị xóa").waitFor();
  await askToErase(page, SECRET);
  await page.getByText("Tài khoản đã được xóa").waitFor();
  await page.goto(at("sign-in"));
  await page.getByLabel("Số căn cước, số điện thoại hoặc mã dự thi").fill(told.code);
  await page.getByLabel("Mật khẩu", { exact: true }).fill(SECRET);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByRole("alert").getByText("chưa đúng").first().waitFor();
});

test("after the last round the units that won stand first, with the versions of rounds from which that follows", async () => {
  await moveClockTo("2021-12-26T16:30:00+07:00");
  await moveClockTo("2021-12-27T08:00:00+07:00");
  await until("final standings", async () => (await published(`${CONTEST}/standings.json`))?.status === "final");
  await page.goto(`/results.html?c=${CONTEST}&r=overall`);
  await page.getByText("Chưa phải kết quả chính thức").waitFor();
  await page.getByText("Tính từ kết quả các vòng: Tuần thứ Nhất (bản 1); Tuần thứ Hai (bản 1).").waitFor();
  assert.deepEqual(await page.locator("[data-ref='unit-winners'] :is(dt, dd)").allTextContents(), ["Giải Nhất", "Phường Bách Quang"]);
  const links = await page.locator("[data-ref='files'] a").evaluateAll((list) => list.map((link) => link.href));
  assert.deepEqual(links.map((link) => link.split("/").at(-1)), ["manifest.json", "ranking.csv", "results.json", "units.csv"]);
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
});

test("what the stand-in says over the contest has the server's shapes", async () => {
  const told = (path) => JSON.parse(overContest.final[path]);
  const standings = await published(`${CONTEST}/standings.json`);
  assert.deepEqual({ ...shape(standings), overall: null }, { ...shape(told("standings.json")), overall: null });
  for (const path of ["overall/index.json", "overall/v1/manifest.json"]) assert.deepEqual(shape(await published(`${CONTEST}/${path}`)), shape(told(path)), path);
  const results = await published(`${CONTEST}/overall/v1/results.json`);
  assert.deepEqual({ ...shape(results), winners: null }, { ...shape(told("overall/v1/results.json")), winners: null });
});

test("nothing went wrong behind the pages", () => {
  assert.deepEqual(faults, []);
});
