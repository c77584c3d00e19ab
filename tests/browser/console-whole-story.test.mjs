// The whole story of an office without a terminal, on a running program: from a printed invitation to an official result with
// its documents, by pages alone. Each test is a chapter and goes on from the one before.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { CONTESTANT_SECRET, contestantsOf } from "./support/contestants.mjs";
import { officeOf } from "./support/office.mjs";
import { ownProgram } from "./support/own-program.mjs";
import { REPOSITORY } from "./support/pages.mjs";
import { fillRegistration } from "./support/states.mjs";

const CONTEST = "cai-cach-2026";
const ROUND = "vong-1";
const ROUND_NAME = "Vòng thi chung";
const UNITS = `${REPOSITORY}contests/song-cong-cchc-2021/units.csv`;
const MINUTE_MS = 60_000;
const at = (page, more = "") => `/organizer/${page}.html?c=${CONTEST}${more}`;

/** A bank of a dozen questions; of question n the n-th letter is right, from the beginning again after D. */
const rightOf = (question) => "dabc"[Number(question.slice(1)) % 4];
const BANK = ["STT,Câu hỏi,A,B,C,D,Đáp án", ...Array.from({ length: 12 }, (_, at) => {
  const number = at + 1;
  const options = ["Một", "Hai", "Ba", "Bốn"].map((word) => `${word} thủ tục trong nhóm số ${number}`);
  return [number, `Nhóm thủ tục hành chính số ${number} có bao nhiêu thủ tục được cắt giảm?`, ...options, rightOf(`q${number}`).toUpperCase()].join(",");
})].join("\n");
const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Chapters after one that failed are left out: only that one says what is wrong. */
let hasBroken = false;
const chapter = (name, tell) => test(name, async (context) => {
  if (hasBroken) return context.skip("an earlier chapter failed");
  hasBroken = true;
  await tell().catch((error) => office.picture(process.env.PICTURES).then(() => Promise.reject(error)));
  office.noFaults();
  hasBroken = false;
});

let browser;
let program;
let office;
let contestants;
let lead;
let second;
let author;
const told = {};

before(async () => {
  browser = await launch();
  program = await ownProgram("2026-03-02T08:00:00+07:00");
  office = officeOf(browser, program, { width: 1366, height: 768 });
  contestants = contestantsOf(program, CONTEST);
});
after(async () => {
  await office?.close();
  await browser.close();
  await program?.stop();
});

const button = (page, name) => page.getByRole("button", { name, exact: true }).first();
const later = async (milliseconds) => program.moveTo((await program.now()) + milliseconds);
const published = async (path) => (await fetch(`${program.url}/contests/${CONTEST}/${path}`, { cache: "no-store" })).json();

/** A lead prints a slip; whoever gets it has an account by it. */
async function invited(role, title, name, login, factor) {
  const { page } = lead;
  await office.visit(lead, "/organizer/settings.html", "settings");
  await page.getByLabel("Người được mời").fill(title);
  await page.getByLabel("Vai trò", { exact: true }).selectOption(role);
  await page.getByLabel("Cho cuộc thi nào").selectOption(CONTEST);
  await office.confirmed(lead, () => button(page, "Làm phiếu cấp quyền").click(), view(page, "slip"));
  const slip = await page.locator("[data-text='slipCode']").textContent();
  await button(page, "Đã in hoặc đã trao phiếu").click();
  return office.enrol(slip, name, login, factor);
}

/** The other lead finds what waits on the first page of the contest, reads it, and approves it; `done` is told then. */
async function approved(reason, done) {
  const { page } = second;
  await office.visit(second, at("index"), "contest");
  await page.getByRole("link", { name: `Xem đề nghị: ${reason}` }).click();
  await view(page, "proposal").waitFor();
  await page.getByText("Trang vừa tính lại từ nội dung nhận được và khớp.").waitFor();
  const isTyped = await page.getByLabel(`Gõ tên “${ROUND_NAME}” để xác nhận`).isVisible();
  if (isTyped) await page.getByLabel(`Gõ tên “${ROUND_NAME}” để xác nhận`).fill(ROUND_NAME);
  await office.confirmed(second, () => button(page, isTyped ? "Duyệt đúng bản này" : "Duyệt").click(), done(page));
}

/** What was sent to be tried is tried as soon as the clock has gone on, and appears by itself. */
async function tried(page) {
  await view(page, "proposal").waitFor();
  await later(10_000);
  await page.getByText("Đang chờ một Thường trực khác duyệt").waitFor();
}

chapter("a slip becomes an account with an app and a card", async () => {
  lead = await office.enrol(program.invitation, "Nguyễn Thị Lan", "nguyen.lan");
  assert.equal(lead.card.length, 10);
  await lead.page.getByText("Nguyễn Thị Lan, Thường trực Ban Tổ chức (mọi cuộc thi)").waitFor();
});

chapter("a contest is made from a preset by the form, beside its checker and its rules", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Lập cuộc thi mới" }).click();
  await page.getByLabel("Mã cuộc thi").fill(CONTEST);
  await button(page, "Bắt đầu từ mẫu “Một vòng, mỗi người thi một lần”").click();
  await view(page, "edit").waitFor();
  const step = (title) => page.getByRole("button", { name: new RegExp(`^${title}`) }).click();
  const fill = (label, value) => page.getByLabel(label, { exact: true }).first().fill(value);
  await fill("Tên cuộc thi", "Cuộc thi tìm hiểu cải cách hành chính năm 2026");
  await fill("Cơ quan tổ chức", "UBND thành phố Sông Công");
  await step("2. Thời gian các vòng");
  await fill("Mở", "08h00 09/03/2026");
  await fill("Đóng", "17h00 13/03/2026");
  await fill("Công bố kết quả", "08h00 16/03/2026");
  await fill("Tệp câu hỏi", "bank-vong-1.csv");
  await page.getByText("08h00 thứ Hai 09/03/2026, còn 6 ngày 23 giờ").first().waitFor();
  await step("3. Đăng ký");
  await fill("Mở đăng ký", "08h00 04/03/2026");
  await step("7. Giải thưởng");
  await page.locator("[data-ref='verdict']").getByText("4").first().waitFor();
  for (const [place, amount] of [1_000_000, 500_000, 300_000, 100_000].entries()) await page.locator(`#k-prizes-${place}-amount`).fill(String(amount));
  await page.locator("[data-ref='verdict']").getByText("Không có lỗi").waitFor();
  await page.getByText("3.400.000 đồng").first().waitFor(); // the sum of all prizes
  await button(page, "Lưu kế hoạch").click();
  await page.getByText("Kế hoạch đã được nhận và có hiệu lực.").waitFor();
});

chapter("units with a fault are told row by row, mended and dropped again", async () => {
  const { page } = lead;
  await office.visit(lead, at("people"), "files");
  const card = page.getByRole("article", { name: "Danh sách đơn vị" });
  const note = card.locator("[data-ref='note']");
  const good = readFileSync(UNITS, "utf8");
  await card.getByLabel("Chọn tệp").setInputFiles(file("don vi.csv", good.replace("Phường Cải Đan,song-cong", "Phường Cải Đan,song-khong")));
  await note.getByText("Chưa nhận: 1 chỗ phải sửa").waitFor();
  await card.getByRole("row", { name: /song-khong/ }).waitFor();
  await page.locator("[data-ref='folder-input']").setInputFiles([file("don vi.csv", good)]);
  await note.getByText("Đã nhận 99 dòng").waitFor();
  await card.getByRole("row", { name: /^Đã sửa.*song-khong/ }).waitFor();
});

chapter("a question author and a second lead come by slips, each at a computer of their own, one of which has a passkey", async () => {
  author = await invited("author", "Tổ trưởng Tổ ra đề", "Trần Văn Hòa", "tran.hoa");
  second = await invited("lead", "Phó Trưởng ban", "Lê Văn Hải", "le.hai", office.passkey);
  await second.page.getByText(`Lê Văn Hải, Thường trực Ban Tổ chức (${CONTEST})`).waitFor();
});

chapter("the author's bank is mended until it is sealed, and its paper is seen as contestants will", async () => {
  const { page } = author;
  await office.visit(author, at("banks"), "files");
  const card = page.getByRole("article", { name: `Ngân hàng câu hỏi: ${ROUND_NAME}` });
  const note = card.locator("[data-ref='note']");
  await card.getByLabel("Chọn tệp").setInputFiles(file("ngan hang.csv", BANK.replace(/,B$/m, ",H")));
  await note.getByText("Chưa nhận: 1 chỗ phải sửa").waitFor();
  await card.getByLabel("Chọn tệp").setInputFiles(file("ngan hang.csv", BANK));
  await note.getByText("Đã nhận 12 dòng").waitFor();
  await card.getByText(/^12 câu, đã niêm phong\. Mã niêm phong: [0-9a-f]{64}\./).waitFor();
  await office.visit(author, at("paper"), "paper");
  await button(page, "Xem đề này").click();
  await page.getByText("Vòng thi chưa mở: đề này còn là bí mật.").waitFor();
  assert.equal(await page.locator(".ht-question[id^='cau-']").count(), 10);
  await office.visit(lead, at("index"), "contest");
  await lead.page.getByText(`${ROUND_NAME}: ngân hàng 12 câu đã nạp và niêm phong.`).waitFor();
});

chapter("contestants register and play, most of them unseen, one by the pages", async () => {
  await program.moveTo("2026-03-09T08:20:00+07:00");
  const { units } = await published("contest.json");
  told.units = units.filter(({ parent }) => parent).slice(0, 3);
  const names = ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Văn Cường", "Lê Thị Dung", "Hoàng Văn Đức", "Vũ Thị Giang", "Đỗ Văn Hùng"];
  told.people = [];
  for (const [place, name] of names.entries()) {
    const person = await contestants.register({ number: place + 1, name, unit: told.units[place % 3].code });
    await contestants.play(person, ROUND, { right: 10 - place, rightOf, prediction: 8 });
    told.people.push(person);
  }
  const visitor = await office.somebody();
  const { page } = visitor;
  await page.goto(`/register.html?c=${CONTEST}`);
  await fillRegistration(page, { isPlain: true });
  await button(page, "Đăng ký").click();
  await view(page, "done").waitFor();
  told.visitor = { page, code: await page.locator("[data-text='code']").textContent() };
  await page.goto(`/round.html?c=${CONTEST}&r=${ROUND}`);
  await button(page, "Bắt đầu lượt 1").click();
  await view(page, "paper").waitFor();
  for (const question of await page.locator(".ht-question[id^='cau-']").all()) await question.locator("input").first().check();
  await page.getByLabel("Câu hỏi dự đoán").fill("8");
  await button(page, "Nộp bài").click();
  await page.getByText("Chữ ký của biên nhận đúng với khóa công khai của cuộc thi.").waitFor();
});

chapter("participation is watched by unit and by hour while the round is open", async () => {
  const { page } = lead;
  await office.visit(lead, at("watch"), "watch");
  await button(page, "Đếm ngay").click();
  await page.getByText("Đã yêu cầu đếm.").waitFor();
  await later(40_000);
  await office.visit(lead, at("watch"), "watch");
  await page.getByText(/^Số liệu nội bộ lúc 08h2\d, Thứ Hai 09\/03\/2026/).waitFor();
  assert.deepEqual(await page.locator(".ht-figures dd").allTextContents(), ["8", "8", "8", "0"]);
  await page.getByText("Bảng số liệu theo giờ").click();
  assert.deepEqual(await page.locator("[data-ref='hours'] tr").first().locator("th, td").allTextContents(), ["08h00, Thứ Hai 09/03/2026", "8", "8"]);
  await page.getByLabel("Tìm đơn vị").fill(told.units[0].name);
  const row = page.locator("[data-ref='units'] tr").filter({ hasText: told.units[0].name }).first();
  assert.ok(Number(await row.locator("td").nth(2).textContent()) >= 3, "people of that unit have played");
});

chapter("the end of the round is moved later", async () => {
  const { page } = lead;
  await office.visit(lead, at("plan"), "edit");
  const part = page.getByRole("region", { name: "Gia hạn vòng đang mở" });
  await part.getByText(`${ROUND_NAME} đóng lúc 17h00, Thứ Sáu 13/03/2026`).waitFor();
  await part.getByLabel("Thêm bao nhiêu phút").fill("30");
  await part.getByText("Hạn mới: 17h30, Thứ Sáu 13/03/2026.").waitFor();
  await office.confirmed(lead, () => button(part, "Gia hạn").click(), part.getByText(`Đã gia hạn: ${ROUND_NAME} đóng lúc 17h30, Thứ Sáu 13/03/2026.`));
  assert.equal(Date.parse((await published("contest.json")).rounds[0].closes), Date.parse("2026-03-13T17:30:00+07:00"));
});

chapter("somebody who has lost the secret is looked up, and gets a slip from two people", async () => {
  const person = told.people[5];
  const { page } = lead;
  await office.visit(lead, at("people"), "files");
  await page.getByLabel("Tra theo").selectOption("citizen_id");
  await page.getByLabel("Số căn cước").fill(person.citizenId);
  await button(page, "Tra cứu").click();
  await page.getByRole("heading", { name: person.name }).waitFor();
  await page.getByText(/^Đã nộp lúc 08h2\d, Thứ Hai 09\/03\/2026$/).waitFor();
  await page.getByLabel("Xem căn cước tại chỗ").check();
  await page.getByLabel("Ai đối chiếu, và lý do").fill("Bà Lan xem căn cước tại phường");
  await button(page, "Đề nghị cấp phiếu").click();
  await page.getByText("phiếu chỉ hiện một lần, trên màn hình của người duyệt").waitFor();

  await approved("Bà Lan xem căn cước tại phường", (of) => view(of, "slip"));
  const slip = await second.page.locator("[data-text='slipCode']").textContent();
  await button(second.page, "Đã in hoặc đã trao phiếu").click();
  await second.page.getByText("Phiếu đã được trao; mã không hiện lại nữa.").waitFor();

  const own = await office.somebody();
  await own.page.goto(`/lost-secret.html?c=${CONTEST}`);
  await own.page.getByLabel("Số căn cước, số điện thoại hoặc mã dự thi").fill(person.citizenId);
  await own.page.getByLabel("Mã trên phiếu").fill(slip.toLowerCase());
  await own.page.getByLabel("Mật khẩu mới", { exact: true }).fill("mật khẩu khác hẳn");
  await button(own.page, "Đặt mật khẩu mới").click();
  await view(own.page, "done").waitFor();
  assert.equal((await contestants.signIn(person.code, CONTESTANT_SECRET)).status, 401, "the old one is gone");
  assert.equal((await contestants.signIn(person.code, "mật khẩu khác hẳn")).status, 200);
});

chapter("after the end, who would win is seen before anybody else sees it", async () => {
  const { page } = lead;
  await program.moveTo("2026-03-13T17:40:00+07:00");
  await office.visit(lead, at("results"), "list");
  await button(page, `Xem trước kết quả: ${ROUND_NAME}`).click();
  await view(page, "preview").waitFor();
  await page.getByText("Xem trước, chưa công bố.").waitFor();
  const first = page.locator("[data-ref='winners'] tr").first();
  assert.match(await first.textContent(), /Giải Nhất.*Nguyễn Văn An/);
  const index = await fetch(`${program.url}/contests/${CONTEST}/rounds/${ROUND}/index.json`);
  assert.equal(index.status, 404, "nothing is public");
});

chapter("a proposal to disqualify somebody and to rekey a question shows what it changes, and another lead approves exactly that", async () => {
  const { page } = lead;
  await office.visit(lead, at("decisions"), "list");
  const [, question] = /^(q\d+)$/.exec(await page.locator("[data-ref='items'] button").first().getAttribute("aria-label").then((label) => /\((q\d+)\)/.exec(label)[1]));
  await page.getByText(`Câu ${question}:`).click();
  await button(page, `Đổi đáp án câu này (${question})`).click();
  await page.getByLabel("Đáp án mới").fill(rightOf(question) === "a" ? "B" : "A");
  await button(page, "Thêm thay đổi").click();
  await page.getByLabel("Việc cần làm").last().selectOption("disqualify");
  await page.getByLabel("Mã dự thi hoặc mã công khai").last().fill(told.people[0].code);
  await page.getByLabel("Lý do", { exact: true }).fill("Một người nhờ thi hộ; một câu sai đáp án");
  await button(page, "Gửi và tính thử").click();
  await tried(page);
  const rows = page.getByRole("region", { name: "Bảng giải đổi người nhận" }).locator("tbody tr");
  assert.match(await rows.first().textContent(), /Giải Nhất.*Nguyễn Văn An/);
  await page.getByText(`Mã SHA-256 của bản đang đọc: `).waitFor();
  assert.equal(await page.getByRole("button", { name: "Duyệt đúng bản này" }).isVisible(), false, "nobody approves their own");
  const hash = /[0-9a-f]{64}/;
  told.hash = hash.exec(await page.locator("[data-ref='preview-part']").innerText())[0];

  await approved("Một người nhờ thi hộ; một câu sai đáp án", (of) => of.getByText("Bạn đã duyệt.").first());
  assert.equal(hash.exec(await second.page.locator("[data-ref='preview-part']").innerText())[0], told.hash, "the same bytes");
  await later(MINUTE_MS);
  await second.page.getByText("Kết quả khớp với bản tính thử đã duyệt.").waitFor();
});

chapter("results come out in their minute, with what was decided and why", async () => {
  await program.moveTo("2026-03-16T08:00:00+07:00");
  await later(MINUTE_MS);
  const pointer = await published(`rounds/${ROUND}/index.json`);
  told.version = pointer.version;
  assert.equal(pointer.status, "provisional");
  const results = await published(`rounds/${ROUND}/${pointer.path}results.json`);
  assert.notEqual(results.winners[0].full_name, "Nguyễn Văn An");
  assert.ok(JSON.stringify([pointer.history, results.changes]).includes("Một người nhờ thi hộ; một câu sai đáp án"));
  const { page } = told.visitor;
  await page.goto(`/results.html?c=${CONTEST}&r=${ROUND}`);
  await page.getByText(/Bạn xếp hạng \d với/).waitFor();
});

chapter("a decision recognizes the results, and they are official", async () => {
  const { page } = lead;
  await office.visit(lead, at("results"), "list");
  await button(page, `Công nhận kết quả: ${ROUND_NAME}`).click();
  await page.getByLabel("Số quyết định công nhận").fill("12/QĐ-UBND");
  await page.getByLabel("Ngày quyết định").fill("16/03/2026");
  await page.locator("#reason").fill("Công nhận kết quả Cuộc thi");
  await page.locator("[data-ref='recognize-form']").getByRole("button", { name: "Gửi và tính thử" }).click();
  await tried(page);
  await approved("Công nhận kết quả Cuộc thi", (of) => of.getByText("Bạn đã duyệt.").first());
  await later(MINUTE_MS);
  await second.page.getByText("Kết quả khớp với bản tính thử đã duyệt.").waitFor();
  const pointer = await published(`rounds/${ROUND}/index.json`);
  assert.deepEqual([pointer.status, pointer.version], ["official", told.version + 1]);
  await told.visitor.page.reload();
  await told.visitor.page.getByText("12/QĐ-UBND").first().waitFor();
});

chapter("every document of the official version is downloaded, with the hash that the list names", async () => {
  const { page } = lead;
  await office.visit(lead, at("results"), "list");
  await page.getByText(`Công nhận chính thức, bản ${told.version + 1}`).waitFor();
  const newest = page.locator("details[open]");
  const rows = await newest.locator("tbody tr").all();
  assert.ok(rows.length >= 5, `${rows.length} documents`);
  for (const row of rows) {
    const get = row.getByRole("button");
    if (!(await get.isVisible())) continue;
    const sha256 = /[0-9a-f]{64}/.exec(await row.textContent())[0];
    const saved = page.waitForEvent("download");
    await get.click();
    const over = page.getByRole("dialog", { name: "Xác nhận lại" });
    const isAsked = await Promise.race([saved.then(() => false), over.waitFor().then(() => true)]);
    if (isAsked) {
      await over.getByLabel("Mã xác nhận").fill(await office.code(lead));
      await page.keyboard.press("Enter");
    }
    const bytes = readFileSync(await (await saved).path());
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256, (await saved).suggestedFilename());
  }
});

chapter("the log tells it all, and its chain holds", async () => {
  const { page } = lead;
  await office.visit(lead, at("log"), "log");
  for (const row of [/Nguyễn Thị Lan Nạp tệp units\.csv/, /Trần Văn Hòa Nạp tệp bank-vong-1\.csv/, /Lê Văn Hải .*[Dd]uyệt/, /Một người nhờ thi hộ; một câu sai đáp án/]) await page.getByRole("row", { name: row }).first().waitFor();
  await button(page, "Kiểm tra chuỗi").click();
  await page.getByText(/^Chuỗi liền mạch: đã tính lại cả \d+ mục/).waitFor();
});
