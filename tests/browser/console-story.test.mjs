// The story of an office on a running program: from a printed slip to a contest with an accepted plan and a sealed bank, two
// people who save at once, a session that ends in the middle, and the log of all that. Each test goes on from the one before.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import * as standIn from "./support/console.mjs";
import { officeOf, STAFF_SECRET as SECRET } from "./support/office.mjs";
import { ownProgram } from "./support/own-program.mjs";
import { REPOSITORY } from "./support/pages.mjs";

const CONTEST = "lang-son-dan-van-kheo-2024";
const FOLDER = `${REPOSITORY}contests/${CONTEST}/`;
const IDLE_MS = 31 * 60_000;
const DESK = { width: 1366, height: 768 };
const at = (page) => `/organizer/${page}.html?c=${CONTEST}`;

let browser;
let program;
let lead;
let author;
let office;

before(async () => {
  browser = await launch();
  program = await ownProgram("2024-03-01T09:00:00+07:00");
  office = officeOf(browser, program, DESK);
});
after(async () => {
  await office?.close();
  await browser.close();
  await program?.stop();
});

test("a slip becomes an account, once", async () => {
  lead = await office.enrol(program.invitation, "Nguyễn Thị Lan", "nguyen.lan");
  assert.equal(lead.card.length, 10);
  await lead.page.getByText("Chưa có cuộc thi nào.").waitFor();
  await lead.page.getByText("Nguyễn Thị Lan, Thường trực Ban Tổ chức (mọi cuộc thi)").waitFor();
  const { page } = await office.somebody();
  await page.goto(`/organizer/index.html#moi=${program.invitation}`);
  await page.getByLabel("Họ và tên").fill("Ai Đó");
  await page.getByLabel("Tên đăng nhập").fill("ai.do");
  await page.getByLabel("Mật khẩu").fill(SECRET);
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await page.getByRole("alert").getByText("Mã chưa đúng, đã dùng hoặc đã hết hạn.").waitFor();
  assert.equal(await page.getByLabel("Họ và tên").inputValue(), "Ai Đó");
  office.noFaults();
});

test("whoever was invited by a slip that a lead printed has the role that stands on it", async () => {
  const { page } = lead;
  await page.goto("/organizer/settings.html");
  await page.getByLabel("Người được mời").fill("Tổ trưởng Tổ ra đề");
  await page.getByLabel("Vai trò", { exact: true }).selectOption("author");
  await page.getByLabel("Cho cuộc thi nào").selectOption({ label: "Cuộc thi chưa lập (nhập mã)" });
  await page.getByLabel("Mã cuộc thi sắp lập").fill(CONTEST);
  await page.getByRole("button", { name: "Làm phiếu cấp quyền" }).click();
  await view(page, "slip").waitFor();
  const slip = await page.locator("[data-text='slipCode']").textContent();
  await page.getByRole("button", { name: "Đã in hoặc đã trao phiếu" }).click();
  await page.getByText("Phiếu đã được trao.").waitFor();
  author = await office.enrol(slip, "Trần Văn Hòa", "tran.hoa");
  await author.page.getByText(`Trần Văn Hòa, Tổ ra đề (${CONTEST})`).waitFor();
  office.noFaults();
});

test("a plan is begun from a preset, is told its faults when it is saved, and is accepted once they are mended", async () => {
  const { page } = lead;
  await page.goto("/organizer/index.html");
  await page.getByRole("link", { name: "Lập cuộc thi mới" }).click();
  await page.getByLabel("Mã cuộc thi").fill(CONTEST);
  await page.getByRole("button", { name: "Bắt đầu từ mẫu “Thi hằng tuần, dự đoán số lượt thi”" }).click();
  await view(page, "edit").waitFor();
  await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
  await page.getByText("Đã lưu nhưng chưa được nhận: còn").waitFor();
  assert.match(page.url(), new RegExp(`c=${CONTEST}$`));
  await page.getByRole("button", { name: "Văn bản" }).click();
  await page.getByLabel("Tệp contest.toml").fill(readFileSync(`${FOLDER}contest.toml`, "utf8"));
  await page.locator("[data-ref='verdict']").getByText("Không có lỗi").waitFor();
  await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
  await page.getByText("Kế hoạch đã được nhận và có hiệu lực.").waitFor();
  await page.getByRole("link", { name: "Về Tổng quan cuộc thi" }).click();
  await page.getByText("Mở lúc 08h00, Thứ Hai 25/03/2024, còn").waitFor();
  await page.getByRole("link", { name: "Đến Đơn vị và thí sinh" }).first().waitFor();
  office.noFaults();
});

test("a bank with faults is mended until it is sealed, and the checklist says so", async () => {
  const { page } = author;
  await page.goto(at("banks"));
  const bank = page.getByRole("article", { name: "Ngân hàng câu hỏi: Tuần thứ Nhất" });
  const note = bank.locator("[data-ref='note']");
  const good = readFileSync(`${FOLDER}bank-tuan-1.csv`, "utf8");
  const wrong = (...rows) => good.split("\n").map((line, row) => (rows.includes(row) ? line.replace(/,[A-D],/, ",H,") : line)).join("\n");
  const put = (text) => bank.getByLabel("Chọn tệp").setInputFiles({ name: "de tuan 1.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await bank.getByText("Chưa niêm phong").waitFor();
  await put(wrong(3, 5));
  await note.getByText("Chưa nhận: 2 chỗ phải sửa").waitFor();
  await put(wrong(5, 12));
  await note.getByText("1 chỗ của lần trước đã sửa xong. 1 chỗ mới.").waitFor();
  await put(good);
  await note.getByText("Đã nhận 30 dòng").waitFor();
  await bank.getByText(/^30 câu, đã niêm phong\. Mã niêm phong: [0-9a-f]{64}\./).waitFor();
  assert.equal(await bank.getByRole("button", { name: "Tải tệp đang có" }).isVisible(), false, "banks never come out");
  const read = "Máy đọc được 30 câu hỏi với 120 phương án.";
  await bank.getByText(read).waitFor();
  const several = /,"?([A-D](?:,[A-D])*)"?,/; // a question with several right options counts on each of them
  const answers = good.split("\n").slice(1).flatMap((line) => line.match(several)?.[1].split(",") ?? []);
  const onEach = ["A", "B", "C", "D"].map((letter) => String(answers.filter((answer) => answer === letter).length));
  const letters = bank.getByRole("table", { name: "Số câu theo đáp án đúng" });
  assert.deepEqual(await letters.getByRole("cell").allTextContents(), onEach);
  await lead.page.goto(at("banks"));
  await lead.page.getByText(read).waitFor();
  assert.equal(await lead.page.getByRole("table", { name: "Số câu theo đáp án đúng" }).isVisible(), false, "a lead is told no answers");
  await lead.page.goto(at("index"));
  await lead.page.getByText("Tuần thứ Nhất: ngân hàng 30 câu đã nạp và niêm phong.").waitFor();
  office.noFaults();
});

test("units come by a card of their own and go back to a computer", async () => {
  const { page } = lead;
  await page.goto(at("people"));
  const units = page.getByRole("article", { name: "Danh sách đơn vị" });
  await units.getByLabel("Chọn tệp").setInputFiles(`${FOLDER}units.csv`);
  await units.locator("[data-ref='note']").getByText("Đã nhận 36 dòng").waitFor();
  const [copy] = await Promise.all([page.waitForEvent("download"), units.getByRole("button", { name: "Tải tệp đang có" }).click()]);
  assert.deepEqual(readFileSync(await copy.path()), readFileSync(`${FOLDER}units.csv`));
  office.noFaults();
});

test("of two who save a plan at once one is told, sees both versions, and loses nothing", async () => {
  const colleague = await office.enrol(await program.invite("organizer", CONTEST), "Phạm Thị Thư", "pham.thu");
  for (const { page } of [lead, colleague]) {
    await page.goto(at("plan"));
    await view(page, "edit").waitFor();
  }
  const save = async (page, label, value) => {
    await Promise.all([page.waitForResponse((answer) => answer.url().endsWith("/v1/organizer/plan")), page.getByLabel(label).fill(value)]);
    await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
  };
  await save(lead.page, "Cơ quan tổ chức", "Ban Dân vận và Hội Nông dân");
  await lead.page.getByText("Kế hoạch đã được nhận và có hiệu lực.").waitFor();
  await save(colleague.page, "Tên cuộc thi", "Cuộc thi “Dân vận khéo”");
  await view(colleague.page, "merge").waitFor();
  await colleague.page.getByLabel("Bản đang lưu: Ban Dân vận và Hội Nông dân").waitFor();
  await colleague.page.getByRole("button", { name: "Ghép theo lựa chọn" }).click();
  await view(colleague.page, "edit").waitFor();
  await colleague.page.getByRole("button", { name: "Lưu kế hoạch" }).click();
  await colleague.page.getByText("Kế hoạch đã được nhận và có hiệu lực.").waitFor();
  assert.equal(await colleague.page.getByLabel("Tên cuộc thi").inputValue(), "Cuộc thi “Dân vận khéo”");
  assert.equal(await colleague.page.getByLabel("Cơ quan tổ chức").inputValue(), "Ban Dân vận và Hội Nông dân");
  office.noFaults();
});

test("a session that ends while a plan is written is opened again over it, with a code of the card", async () => {
  const { page } = lead;
  await page.goto(at("plan"));
  await view(page, "edit").waitFor();
  await program.moveTo((await program.now()) + IDLE_MS);
  await page.getByLabel("Địa danh").fill("Lạng Sơn");
  await office.signInOver(lead, lead.card[0]);
  await page.getByText("1 thay đổi chưa lưu.").waitFor();
  assert.equal(await page.getByLabel("Địa danh").inputValue(), "Lạng Sơn");
  await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
  await page.getByText("Kế hoạch đã được nhận và có hiệu lực.").waitFor();
  await page.goto("/organizer/settings.html");
  await page.getByText("Thẻ dự phòng còn 9 mã.").waitFor();
  office.noFaults();
});

test("what asks for a second factor gets it, and ends in a sentence", async () => {
  const { page } = lead;
  await program.moveTo((await program.now()) + 6 * 60_000);
  await page.goto("/organizer/settings.html");
  await page.getByRole("button", { name: "Xem và sửa: Trần Văn Hòa" }).click();
  await page.getByLabel("Lý do").fill("Nghỉ phép");
  await page.getByRole("button", { name: "Khóa tài khoản" }).click();
  const over = page.getByRole("dialog", { name: "Xác nhận lại" });
  await over.getByLabel("Mã xác nhận").fill(await office.code(lead));
  await page.keyboard.press("Enter");
  await page.locator("[data-ref='settings-note']").getByText("Đã khóa tài khoản của Trần Văn Hòa.").waitFor();
  await author.page.goto(at("banks"));
  await author.page.getByRole("dialog", { name: "Đăng nhập" }).waitFor();
  office.noFaults();
});

test("a new card comes for a code of the app, and a new secret ends the other sessions", async () => {
  const { page } = lead;
  await page.getByLabel("Mã 6 số trong ứng dụng, hoặc một mã trên thẻ cũ").fill(await office.code(lead));
  await page.getByRole("button", { name: "Làm thẻ mới" }).click();
  await view(page, "card").waitFor();
  assert.equal(await page.locator("[data-ref='card-codes'] li").count(), 10);
  await page.getByRole("button", { name: "Đã cất thẻ" }).click();
  await page.getByText("Thẻ dự phòng còn 10 mã.").waitFor();
  await page.getByLabel("Mật khẩu đang dùng").fill("không phải câu của tôi");
  await page.getByLabel("Mật khẩu mới").fill(`${SECRET} nữa`);
  await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
  await page.locator("#secret-error").getByText("Mật khẩu đang dùng chưa đúng").waitFor();
  await page.getByLabel("Mật khẩu đang dùng").fill(SECRET);
  await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
  await page.locator("[data-ref='settings-note']").getByText("Đã đổi mật khẩu.").waitFor();
  assert.equal(await page.locator("[data-ref='sessions'] li").count(), 1);
  office.noFaults();
});

test("the log tells who did what, and its chain holds from the first entry to the last", async () => {
  const { page } = lead;
  await page.goto(at("log"));
  await page.getByRole("row", { name: /Trần Văn Hòa Nạp tệp bank-tuan-1\.csv/ }).first().waitFor();
  for (const name of ["contest", "platform"]) {
    if (name === "platform") await page.getByRole("link", { name: "Xem nhật ký tài khoản, toàn hệ thống" }).click();
    await page.getByRole("heading", { name: name === "platform" ? "Nhật ký tài khoản" : "Nhật ký của Cuộc thi" }).waitFor();
    await page.getByRole("button", { name: "Kiểm tra chuỗi" }).click();
    await page.getByText(/^Chuỗi liền mạch: đã tính lại cả \d+ mục/).waitFor();
  }
  await page.getByRole("row", { name: /Đổi quyền người dùng Tài khoản Trần Văn Hòa Nghỉ phép/ }).waitFor();
  office.noFaults();
});

test("while a round is open its end is moved later in one step, and contestants read the new one", async () => {
  const { page } = lead;
  await program.moveTo("2024-03-25T08:50:00+07:00");
  await page.goto(at("plan"));
  await office.signInOver(lead, await office.code(lead), `${SECRET} nữa`);
  const part = page.getByRole("region", { name: "Gia hạn vòng đang mở" });
  await part.getByText("Tuần thứ Nhất đóng lúc 00h00, Thứ Hai 01/04/2024, còn 6 ngày 15 giờ.").waitFor();
  await part.getByLabel("Thêm bao nhiêu phút").fill("30");
  await part.getByText("Hạn mới: 00h30, Thứ Hai 01/04/2024.").waitFor();
  await part.getByRole("button", { name: "Gia hạn" }).click();
  await part.getByText("Đã gia hạn: Tuần thứ Nhất đóng lúc 00h30, Thứ Hai 01/04/2024.").waitFor();
  const published = await (await fetch(`${program.url}/contests/${CONTEST}/contest.json`, { cache: "no-store" })).json();
  assert.equal(Date.parse(published.rounds[0].closes), Date.parse("2024-04-01T00:30:00+07:00"));
  office.noFaults();
});

/** Shapes a JSON value down to its member names. */
function shape(value) {
  if (Array.isArray(value)) return value.length > 0 ? [shape(value[0])] : [];
  if (value === null || typeof value !== "object") return "value";
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, shape(value[key])]));
}

test("the stand-in of the other tests answers in the shapes of the program", async () => {
  const { page } = lead;
  const read = (path) => page.evaluate(async (wanted) => {
    const { session } = JSON.parse(sessionStorage.getItem("hoithi.organizer.session"));
    return (await fetch(`/v1/organizer/${wanted}`, { headers: { authorization: `Bearer ${session}` } })).json();
  }, path);
  const routes = standIn.consoleRoutes({ overview: standIn.OVERVIEW, report: { ...standIn.REPORT, read: { ...standIn.REPORT.read, not_read: [] }, errors: [] } });
  const answered = (path) => {
    const [, pattern, , answer] = routes.find(([method, wanted]) => method === "GET" && wanted.test(`/v1/organizer/${path}`));
    return JSON.parse(answer("", pattern.exec(`/v1/organizer/${path}`)).body);
  };
  const loose = ({ passkeys: _passkeys, ...value }) => ({ ...value, roles: "value" }); // nobody here has one
  assert.deepEqual(shape(loose(await read("me"))), shape(loose(answered("me"))));
  const withoutProposals = ({ proposals: _proposals, ...value }) => value; // the extension waits here for another lead, and none there
  assert.deepEqual(shape(withoutProposals(await read(`contests/${CONTEST}`))), shape(withoutProposals(answered(`contests/${CONTEST}`))));
  for (const path of ["me/sessions", "contests", `contests/${CONTEST}/audit/1`]) assert.deepEqual(shape(await read(path)), shape(answered(path)), path);
  const people = ({ people: all }) => ({ people: all.map(loose) });
  assert.deepEqual(shape(people(await read("people"))), shape(people(answered("people"))));
  const report = await read(`contests/${CONTEST}/files/bank-tuan-1.csv/report`);
  assert.deepEqual(shape(report), shape(answered(`contests/${CONTEST}/files/bank-tuan-2.xlsx/report`)));
});
