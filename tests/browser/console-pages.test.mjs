// The pages of the console on the stand-in server: a session that ends in the middle, files that cannot go, a chain that
// does not hold, and the rules that pages work with.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { AUTHOR, chainOf, CONTEST, consoleRoutes, HEALTH, LEAD, OVERVIEW, REPORT, withSession } from "./support/console.mjs";
import { REPOSITORY } from "./support/pages.mjs";
import { json, LOST, problem } from "./support/stand-in.mjs";
import { visit } from "./support/visit.mjs";
import { begun, follow } from "../../static-site/js/organizer/chain.mjs";
import { compared, counts, csvOf, filtered, linesOf } from "../../static-site/js/organizer/faults.mjs";
import { may } from "../../static-site/js/organizer/roles.mjs";
import { inOrder, isLitter, roleOf } from "../../static-site/js/organizer/sort-files.mjs";
import { localTime, moment, momentAndLeft } from "../../static-site/js/organizer/time.mjs";

const NOW = "2021-12-11T04:30:00.000Z";
const DESK = { width: 1366, height: 768 };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const copy = (value) => JSON.parse(JSON.stringify(value));
const ADDRESS = (page) => `/organizer/${page}.html?c=${CONTEST}`;
/** A visit of somebody who is signed in; `desk` is what the organizers' API has. */
const at = (page, shown, check, { desk = {}, answer = {}, me = LEAD, routes = [], address = ADDRESS(page) } = {}) =>
  visit(browser, { now: NOW, routes: [...routes, ...consoleRoutes({ overview: copy(OVERVIEW), me, ...desk })], answer }, async (tab, server) => {
    await withSession(tab, me);
    await tab.goto(address);
    await view(tab, shown).waitFor();
    await check(tab, server);
  }, { viewport: DESK });
const asked = (server, name) => server.state.asked.filter((request) => request.name === name);
const file = (name, text = "a") => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const card = (page, name) => page.getByRole("article", { name });

// ---- sessions

const ended = () => problem(401, "no_session", "Phiên làm việc đã hết.");

async function signInOver(page) {
  const over = page.getByRole("dialog", { name: "Đăng nhập" });
  await over.getByText("nội dung đang nhập vẫn còn trên trang").waitFor();
  await over.getByLabel("Mật khẩu").fill("một câu dài dễ nhớ của tôi");
  await page.keyboard.press("Enter");
  await over.getByLabel("Mã 6 số").fill("123456");
  await page.keyboard.press("Enter");
  await over.waitFor({ state: "detached" });
}

test("a session that ends in the middle is opened again over the page, and the request goes once more", () => at("settings", "settings", async (page, server) => {
  await page.getByLabel("Người được mời").fill("Đồng chí Phó Trưởng ban");
  await page.getByLabel("Vai trò", { exact: true }).selectOption("organizer");
  await page.getByLabel("Cho cuộc thi nào").selectOption(CONTEST);
  await page.getByRole("button", { name: "Làm phiếu cấp quyền" }).click();
  assert.equal(await page.locator("#over-login").inputValue(), LEAD.login);
  assert.equal(await page.evaluate(() => document.activeElement.id), "over-secret");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").isVisible(), true, "nothing can be done without a session");
  await signInOver(page);
  await view(page, "slip").waitFor();
  await page.getByText("BG78-8KEG-P9M6-DB8B-S9HK-R03B", { exact: true }).waitFor();
  assert.deepEqual(asked(server, "invite").map(({ body }) => JSON.parse(body)), Array(2).fill({ name: "Đồng chí Phó Trưởng ban", role: "organizer", scope: CONTEST }));
}, { answer: { invite: (usual, tries) => (tries === 1 ? ended() : usual()) } }));

test("several requests that find the session ended ask for one sign-in", () => {
  let isEnded = false;
  const whileOpen = (usual) => (isEnded ? ended() : usual());
  const second = (usual) => {
    isEnded = false;
    return usual();
  };
  return at("settings", "settings", async (page, server) => {
    isEnded = true;
    await page.reload();
    await signInOver(page);
    await view(page, "settings").waitFor();
    assert.equal(asked(server, "second").length, 1);
    assert.ok(asked(server, "people").length >= 3 && asked(server, "own-sessions").length >= 3, "each was asked once more");
  }, { answer: { people: whileOpen, "own-sessions": whileOpen, second } });
});

test("a wrong secret or code is said at its field, and a ticket that ran out is begun anew", () => at("settings", "settings", async (page) => {
  await page.getByLabel("Mã 6 số trong ứng dụng, hoặc").fill("1");
  await page.getByRole("button", { name: "Làm thẻ mới" }).click();
  const over = page.getByRole("dialog", { name: "Đăng nhập" });
  await over.getByLabel("Mật khẩu").fill("sai");
  await page.keyboard.press("Enter");
  await over.getByText("Chưa đúng.").waitFor();
  assert.equal(await over.getByLabel("Mật khẩu").getAttribute("aria-invalid"), "true");
  await page.keyboard.press("Enter");
  await over.getByLabel("Mã 6 số").fill("1");
  await page.keyboard.press("Enter");
  await over.getByText("Chưa đúng.").waitFor();
  await over.getByRole("button", { name: "Quay lại bước trước" }).click();
  await signInOver(page);
}, { answer: {
  first: (usual, tries) => (tries === 1 ? problem(401, "wrong_credentials", "Chưa đúng.") : usual()),
  second: (usual, tries) => (tries === 1 ? problem(401, "wrong_credentials", "Chưa đúng.") : usual()),
}, routes: [["POST", /\/me\/recovery$/, "recovery", (() => {
  let tries = 0;
  return () => (tries++ === 0 ? ended() : json(200, { recovery: ["A"] }));
})()]] }));

test("somebody else who signs in over the page starts on the first page, with nothing of whoever was there", () => at("plan", "begin", async (page) => {
  await page.getByRole("button", { name: "Mở biểu mẫu trống" }).click();
  await page.getByRole("dialog").waitFor();
  await page.locator("#over-login").fill("tran.hoa");
  await signInOver(page);
  await view(page, "contests").waitFor();
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), ["hoithi.organizer.session"]);
}, { answer: {
  plan: (usual, tries) => (tries === 1 ? ended() : usual()),
  second: () => json(201, { session: "ng2.phien", expires_at: NOW, idle_seconds: 1800, me: AUTHOR }),
} }));

test("a second factor is asked for again; whoever would rather not has changed nothing and lost nothing", () => at("settings", "settings", async (page, server) => {
  await page.getByRole("button", { name: "Xem và sửa: Trần Văn Hòa" }).click();
  await page.getByLabel("Lý do").fill("Đi làm lại");
  await page.getByRole("button", { name: "Mở khóa tài khoản" }).click();
  const over = page.getByRole("dialog", { name: "Xác nhận lại" });
  await over.waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Bạn chưa xác nhận lại nên chưa có gì thay đổi.").waitFor();
  assert.equal(await page.getByLabel("Lý do").inputValue(), "Đi làm lại");
  await page.getByRole("button", { name: "Mở khóa tài khoản" }).click();
  await over.getByLabel("Mã xác nhận").fill("123456");
  await page.keyboard.press("Enter");
  await page.getByText("Đã mở khóa tài khoản của Trần Văn Hòa.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), "settings-note");
  assert.equal(asked(server, "change-person").length, 3);
}, { answer: { "change-person": (usual, tries) => (tries < 3 ? problem(403, "step_up_needed", "Cần xác nhận lại.") : usual()) } }));

// ---- the demo

test("in the demo nobody signs in or gives a factor, and one is who one wants to be", () => {
  const opened = (person, me) => ({ session: `${me.id}.phien`, expires_at: "2021-12-11T16:30:00.000Z", idle_seconds: 1800, me, person });
  const routes = [["POST", /^\/_local\/organizer-session$/, "open-demo", (body) => {
    const { person } = JSON.parse(body);
    return json(200, opened(person, person === "author" ? AUTHOR : LEAD));
  }], ...consoleRoutes({ overview: copy(OVERVIEW), me: LEAD })];
  return visit(browser, { now: NOW, routes, answer: { "change-person": (usual, tries) => (tries < 2 ? problem(403, "step_up_needed", "Cần xác nhận lại.") : usual()) } }, async (page, server) => {
    const people = () => asked(server, "open-demo").map(({ body }) => JSON.parse(body).person);
    await page.goto("/organizer/index.html#trinh-dien");
    await view(page, "contests").waitFor();
    assert.equal(new URL(page.url()).hash, "");
    assert.deepEqual(people(), ["lead"]);
    await page.goto("/organizer/settings.html");
    await view(page, "settings").waitFor();
    await page.getByLabel("Đang xem thử, trong vai").selectOption("second");
    await page.waitForFunction(() => JSON.parse(sessionStorage.getItem("hoithi.organizer.session")).person === "second");
    await view(page, "settings").waitFor();
    assert.deepEqual(people(), ["lead", "second"]);
    await page.getByRole("button", { name: "Xem và sửa: Trần Văn Hòa" }).click();
    await page.getByLabel("Lý do").fill("Đi làm lại");
    await page.getByRole("button", { name: "Mở khóa tài khoản" }).click();
    await page.getByText("Đã mở khóa tài khoản của Trần Văn Hòa.").waitFor();
    assert.deepEqual(people(), ["lead", "second", "second"], "a factor is given by being somebody anew");
  }, { viewport: DESK });
});

// ---- the first page

test("whoever holds a slip of paper types its code, from wherever they were asked to sign in", () => visit(browser, { now: NOW, routes: consoleRoutes({}) }, async (page, server) => {
  for (const start of ["/organizer/index.html", ADDRESS("banks")]) {
    await page.goto(start);
    await page.getByRole("dialog").getByRole("link", { name: "Có phiếu cấp quyền mới?" }).click();
    await view(page, "enrol").waitFor();
    await page.getByRole("button", { name: "Tiếp tục" }).click();
    await page.getByRole("alert").getByRole("link", { name: "Nhập mã trên phiếu cấp quyền" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "code");
  }
  await page.getByLabel("Mã trên phiếu").fill(" bg78 8keg p9m6 db8b s9hk r03b ");
  await page.getByLabel("Họ và tên").fill("Nguyễn Thị Lan");
  await page.getByLabel("Tên đăng nhập").fill("nguyen.lan");
  await page.getByLabel("Mật khẩu").fill("một câu dài dễ nhớ của tôi");
  await page.getByRole("button", { name: "Tiếp tục" }).click();
  await view(page, "app").waitFor();
  assert.equal(JSON.parse(asked(server, "enrol")[0].body).code, "bg78 8keg p9m6 db8b s9hk r03b");
  await page.getByRole("button", { name: "Làm lại từ bước 1" }).click();
  await view(page, "enrol").waitFor();
  assert.equal(await page.locator("#code").inputValue(), "bg78 8keg p9m6 db8b s9hk r03b", "the slip is not used up");
}, { viewport: DESK }));

test("each line that is not met leads to the page that cures it, for whoever may", async () => {
  await at("index", "contest", async (page) => {
    const unmet = page.getByRole("list").filter({ hasText: "Chưa" }).getByRole("link");
    assert.deepEqual(await unmet.allTextContents(), ["Đến Ngân hàng câu hỏi", "Mời thêm một Thường trực"]);
    assert.match(await unmet.first().getAttribute("href"), new RegExp(`banks\\.html\\?c=${CONTEST}$`));
    await page.getByText("Mở lúc 08h30, Thứ Hai 13/12/2021, còn 1 ngày 21 giờ").waitFor();
    await page.getByText("Còn 2 việc chưa xong.").waitFor();
  });
  await at("index", "contest", async (page) => {
    assert.deepEqual(await page.locator(".hc-check a").allTextContents(), ["Đến Ngân hàng câu hỏi"]);
    assert.deepEqual(await page.getByRole("navigation", { name: "Bàn làm việc" }).getByRole("link").allTextContents(), ["Các cuộc thi", "Tổng quan", "Ngân hàng câu hỏi", "Xem đề", "Người dùng", "Trợ giúp"]);
  }, { me: AUTHOR });
});

// ---- files

const asAuthor = { me: AUTHOR };
const FIRST = "Ngân hàng câu hỏi: Tuần thứ Nhất";
const SECOND = "Ngân hàng câu hỏi: Tuần thứ Hai";

test("a file that cannot go is told why, before anything is sent", () => at("banks", "files", async (page, server) => {
  const bank = card(page, SECOND);
  const note = bank.locator("[data-ref='note']");
  for (const [chosen, sentence] of [
    [file("de-thi.docx"), "de-thi.docx không dùng được cho “Ngân hàng câu hỏi: Tuần thứ Hai”: mục này nhận tệp .xlsx. Tệp chưa được gửi."],
    [{ ...file("lon.xlsx"), buffer: Buffer.alloc(4 * 1024 * 1024 + 1) }, "lon.xlsx lớn hơn 4 MiB nên chưa được gửi."],
    [file("rong.xlsx", ""), "rong.xlsx không có nội dung nên chưa được gửi."],
  ]) {
    await bank.getByLabel("Chọn tệp").setInputFiles(chosen);
    await note.getByText(sentence).waitFor();
  }
  assert.equal(asked(server, "upload").length, 0);
  await bank.getByLabel("Chọn tệp").setInputFiles({ ...file("vua.xlsx"), buffer: Buffer.alloc(4 * 1024 * 1024, "a") });
  await note.getByText("Chưa nhận: 2 chỗ phải sửa").waitFor();
  assert.equal(asked(server, "upload").length, 1);
}, asAuthor));

test("mended and dropped again: what is gone and what is new is told, filtered and given to Excel", () => {
  const desk = { report: copy(REPORT) };
  return at("banks", "files", async (page) => {
    const bank = card(page, SECOND);
    const rows = bank.locator("[data-ref='faults']").getByRole("row");
    await bank.getByText("Đang hiện 3 trên 3 chỗ.").waitFor();
    desk.report.errors[1] = { sheet: "Câu hỏi", row: 20, column: "A", code: "empty", message: "Phương án A đang trống." };
    await bank.getByLabel("Chọn tệp").setInputFiles(file("bank-tuan-2.xlsx"));
    await bank.locator("[data-ref='note']").getByText("Chưa nhận: 2 chỗ phải sửa, nêu bên dưới. 1 chỗ của lần trước đã sửa xong. 1 chỗ mới.").waitFor();
    assert.deepEqual(await bank.getByLabel("Hiện những chỗ nào").locator("option").allTextContents(), ["Tất cả (4)", "Phải sửa (2)", "Nên xem lại (1)", "Mới so với lần trước (1)", "Đã sửa so với lần trước (1)"]);
    await bank.getByLabel("Hiện những chỗ nào").selectOption("new");
    assert.deepEqual(await rows.locator("td").allTextContents(), ["Phải sửa mới", "Câu hỏi", "20", "A", "Phương án A đang trống."]);
    const [table] = await Promise.all([page.waitForEvent("download"), bank.getByRole("button", { name: "Tải bảng lỗi" }).click()]);
    assert.equal(readFileSync(await table.path(), "utf8").split("\r\n")[1], '"Phải sửa";"mới";"Câu hỏi";"20";"A";"empty";"Phương án A đang trống."');
    await bank.getByLabel("Hiện những chỗ nào").selectOption("gone");
    assert.equal(await rows.locator("td").first().textContent(), "Đã sửa ");
    Object.assign(desk.report, { status: "accepted", errors: [], warnings: [] });
    await bank.getByLabel("Chọn tệp").setInputFiles(file("bank-tuan-2.xlsx"));
    await bank.locator("[data-ref='note']").getByText("Đã nhận 31 dòng; tệp có hiệu lực từ bây giờ.").waitFor();
  }, { ...asAuthor, desk });
});

test("what was read of a bank is told under its card, and how many answers fall on each letter to its authors", async () => {
  const sheets = (bank) => bank.getByRole("table", { name: "Theo trang tính" });
  const letters = (bank) => bank.getByRole("table", { name: "Số câu theo đáp án đúng" });
  await at("banks", "files", async (page) => {
    const bank = card(page, SECOND);
    await bank.getByText("Máy đọc được 29 câu hỏi với 116 phương án. Hãy so với tệp gốc. 1 câu có nhiều đáp án đúng. Câu còn chỗ phải sửa thì chưa được đếm.").waitFor();
    assert.deepEqual(await sheets(bank).locator("tbody").locator("th, td").allTextContents(), ["Câu hỏi", "29", "116"]);
    assert.deepEqual(await letters(bank).locator("th, td").allTextContents(), ["A", "B", "C", "D", "8", "8", "8", "6"]);
    assert.deepEqual(await bank.getByRole("list", { name: "Những phần không đọc" }).getByRole("listitem").allTextContents(), REPORT.read.not_read);
    assert.equal(await bank.getByText("chỉ Tổ ra đề xem được").isVisible(), false);
  }, asAuthor);
  await at("banks", "files", async (page) => {
    const bank = card(page, SECOND);
    await bank.getByText("Đáp án đúng rơi vào chữ nào bao nhiêu câu thì chỉ Tổ ra đề xem được.").waitFor();
    assert.equal(await letters(bank).isVisible(), false);
  });
});

test("after each try it is told anew what was read, of a file without sheets as of one without questions", () => {
  const desk = { report: { ...copy(REPORT), status: "accepted", errors: [], warnings: [], read: { parts: [{ name: null, questions: 30, options: 120 }], not_read: [], letters: { A: 15, B: 15 }, several: 0 } } };
  return at("banks", "files", async (page) => {
    const bank = card(page, SECOND);
    await bank.getByText("Máy đọc được 30 câu hỏi với 120 phương án. Hãy so với tệp gốc.").waitFor();
    await bank.getByText("Không có phần nào của tệp bị bỏ qua.").waitFor();
    assert.equal(await bank.getByRole("table", { name: "Theo trang tính" }).isVisible(), false);
    assert.equal(await bank.getByText("Câu còn chỗ phải sửa").isVisible(), false);
    Object.assign(desk.report, { ...copy(REPORT), read: { parts: [], not_read: [], letters: {}, several: 0 } });
    await bank.getByLabel("Chọn tệp").setInputFiles(file("bank-tuan-2.xlsx"));
    await bank.getByText("Máy chưa đọc được câu hỏi nào.").waitFor();
    assert.equal(await bank.getByRole("table", { name: "Số câu theo đáp án đúng" }).isVisible(), false);
    delete desk.report.read; // refused before anything was read
    await bank.getByLabel("Chọn tệp").setInputFiles(file("bank-tuan-2.xlsx"));
    await bank.getByText("Máy chưa đọc được câu hỏi nào.").waitFor({ state: "hidden" });
  }, { ...asAuthor, desk });
});

test("a connection that breaks leaves the file in hand, and it is sent again without choosing it again", () => {
  let isLost = true; // a browser tries once more by itself
  return at("banks", "files", async (page, server) => {
    const bank = card(page, SECOND);
    await bank.getByLabel("Chọn tệp").setInputFiles(file("bank-tuan-2.xlsx", "abc"));
    await bank.getByText("Đứt kết nối trong lúc gửi bank-tuan-2.xlsx: chưa biết tệp đã tới hay chưa.").waitFor();
    isLost = false;
    await bank.getByRole("button", { name: "Gửi lại" }).click();
    await bank.getByText("Chưa nhận: 2 chỗ phải sửa").waitFor();
    assert.equal(asked(server, "upload").at(-1).body, "abc");
    assert.equal(await bank.getByRole("button", { name: "Gửi lại" }).isVisible(), false);
  }, { ...asAuthor, answer: { upload: (usual) => (isLost ? LOST : usual()) } });
});

test("a file that somebody changed meanwhile is kept in hand, and goes in place of theirs only when that is said", () => {
  const conditions = [];
  const overview = copy(OVERVIEW);
  const changed = ["PUT", /\/files\/bank-tuan-2\.xlsx$/, "upload", (_body, _match, request) => {
    conditions.push(request.headers["if-match"]);
    const stored = overview.files.find(({ name }) => name === "bank-tuan-2.xlsx");
    if (conditions.length === 1) stored.etag = '"theirs"';
    return request.headers["if-match"] === stored.etag ? json(202, { version_id: "v1", etag: '"mine"' }) : problem(409, "changed_meanwhile", "Có bản mới.");
  }];
  return at("banks", "files", async (page) => {
    const bank = card(page, SECOND);
    await bank.getByLabel("Chọn tệp").setInputFiles(file("bank-tuan-2.xlsx"));
    await bank.getByText("Người khác vừa thay tệp này trong lúc bạn chọn.").waitFor();
    await bank.getByRole("button", { name: "Thay bản đang có bằng tệp của tôi" }).click();
    await bank.getByText("Chưa nhận: 2 chỗ phải sửa").waitFor();
    assert.deepEqual(conditions, ['"bank-tuan-2.xlsx-1"', '"theirs"']);
  }, { ...asAuthor, desk: { overview }, routes: [changed] });
});

test("a folder goes to its cards, whatever the page; what nobody knows or may is told by name", () => at("banks", "files", async (page, server) => {
  await page.getByLabel("Chọn nhiều tệp một lúc").setInputFiles([file("Ngân hàng tuần 1.xlsx"), file("bank-tuan-2.xlsx"), file("units.csv"), file("ghi-chu.pdf"), file("Thumbs.db"), file("bank-tuan-1.xlsx")]);
  await page.getByRole("list", { name: "Các tệp vừa thả" }).getByText("Đã xếp xong 2 tệp").waitFor();
  assert.deepEqual(await page.getByRole("list", { name: "Các tệp vừa thả" }).getByRole("listitem").allTextContents(), [
    "units.csv: là “Danh sách đơn vị”, vai trò của bạn không nạp được.",
    "Ngân hàng tuần 1.xlsx → Ngân hàng câu hỏi: Tuần thứ Nhất",
    "bank-tuan-2.xlsx → Ngân hàng câu hỏi: Tuần thứ Hai",
    "ghi-chu.pdf: không nhận ra là tệp gì. Thả riêng vào đúng khung, hoặc đặt lại tên như hướng dẫn.",
    "bank-tuan-1.xlsx: trùng với tệp khác cùng dành cho “Ngân hàng câu hỏi: Tuần thứ Nhất”, nên chưa gửi.",
    "Đã xếp xong 2 tệp; kết quả của từng tệp ở khung của nó.",
  ]);
  assert.deepEqual(asked(server, "upload").map(({ path }) => path.split("/").at(-1)), ["bank-tuan-1.xlsx", "bank-tuan-2.xlsx"]);
}, asAuthor));

test("a file is chosen by keyboard alone, and one sees where one is", () => at("banks", "files", async (page, server) => {
  const input = card(page, SECOND).getByLabel("Chọn tệp");
  const opened = page.waitForEvent("filechooser"); // long before, since a browser has to be told to hand it over
  for (let step = 0; step < 60 && !(await input.evaluate((element) => element === document.activeElement)); step += 1) await page.keyboard.press("Tab");
  assert.notEqual(await input.evaluate((element) => getComputedStyle(element.nextElementSibling).outlineStyle), "none");
  await page.keyboard.press("Enter");
  await (await opened).setFiles(file("bank-tuan-2.xlsx"));
  await card(page, SECOND).locator("[data-ref='note']").getByText("Chưa nhận: 2 chỗ phải sửa").waitFor();
  assert.equal(asked(server, "upload").length, 1);
}, asAuthor));

test("a file dropped on a card goes to it", () => at("people", "files", async (page, server) => {
  const dropped = await page.evaluateHandle(() => {
    const all = new DataTransfer();
    all.items.add(new File(["a"], "danh sách.csv"));
    return all;
  });
  await card(page, "Danh sách dự thi").locator("[data-ref='drop']").dispatchEvent("drop", { dataTransfer: dropped });
  await card(page, "Danh sách dự thi").getByText("Chưa nhận").first().waitFor();
  assert.equal(asked(server, "upload")[0].path.split("/").at(-1), "roster.csv");
}));

test("whoever may not write sees what there is and why they cannot", () => at("banks", "files", async (page) => {
  assert.equal(await card(page, SECOND).getByText("Chỉ Tổ ra đề nạp được ngân hàng câu hỏi.").isVisible(), true);
  assert.equal(await card(page, SECOND).getByLabel("Chọn tệp").isVisible(), false);
  await card(page, SECOND).getByText("Đang hiện 3 trên 3 chỗ.").waitFor();
}));

test("the record of a sealed bank is shown as it is printed, and the way back keeps its place", () => at("banks", "files", async (page, server) => {
  const opens = card(page, FIRST).getByRole("button", { name: "Biên bản niêm phong: Tuần thứ Nhất" });
  assert.equal(await card(page, SECOND).getByRole("button", { name: /Biên bản/ }).count(), 0);
  await opens.click();
  const record = page.getByRole("region", { name: "Biên bản niêm phong ngân hàng câu hỏi" });
  for (const text of ["Tuần thứ Nhất, mở lúc 08h30, Thứ Hai 13/12/2021", "30 câu", "Kiểm soát thủ tục hành chính: 18 câu", "Không ghi chủ đề: 2 câu", "09h15, Thứ Sáu 10/12/2021", "5e".repeat(32), "ĐẠI DIỆN TỔ RA ĐỀ"]) {
    await record.getByText(text, { exact: false }).first().waitFor();
  }
  await page.emulateMedia({ media: "print" });
  assert.equal(await record.getByText("ĐẠI DIỆN BAN TỔ CHỨC").isVisible(), true);
  assert.equal(await page.getByRole("button", { name: "In biên bản" }).isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Về các ngân hàng" }).click();
  await view(page, "files").waitFor();
  assert.equal(await opens.evaluate((button) => document.activeElement === button), true);
  assert.equal(asked(server, "seal").length, 1);
}));

// ---- how the platform is

const atHome = (check, options) => at("index", "contests", check, { address: "/organizer/index.html", ...options });
const late = { contest: CONTEST, round: "tuan-1", phase: "frozen", since: "2021-12-11T04:30:00.000Z" };

test("the first page says how the platform is, to whoever may know", async () => {
  await atHome(async (page) => {
    const part = page.getByRole("region", { name: "Hệ thống" });
    await part.getByText("Hệ thống chạy bình thường: không vòng thi nào chậm.").waitFor();
    await part.getByText("Rà soát việc đóng vòng thi: lần cuối lúc 11h57, Thứ Bảy 11/12/2021.").waitFor();
    await part.getByText("hệ thống có 2 cuộc thi").waitFor();
  });
  const sweeps = HEALTH.sweeps.map((sweep, place) => (place === 0 ? { ...sweep, is_late: true } : sweep));
  await atHome(async (page) => {
    await page.getByText("Có việc cần Kỹ thuật xem ngay.").waitFor();
    await page.getByText("lần cuối lúc 11h57, Thứ Bảy 11/12/2021, đã quá mười lăm phút.").waitFor();
    await page.getByText("Cuộc thi Sông Công, vòng tuan-1: đã chốt bài, chưa xếp hạng, lẽ ra xong từ 11h30, Thứ Bảy 11/12/2021.").waitFor();
  }, { desk: { health: { ...HEALTH, sweeps, late_rounds: [late] } } });
  const never = HEALTH.sweeps.map((sweep) => ({ ...sweep, at: null, is_late: true }));
  await atHome((page) => page.getByText("Chưa rà soát lần nào.").waitFor(), { desk: { health: { ...HEALTH, sweeps: never } } });
  await atHome(async (page, server) => {
    assert.equal(await page.getByRole("region", { name: "Hệ thống" }).count(), 0);
    assert.equal(asked(server, "health").length, 0);
  }, { me: { ...LEAD, roles: { [CONTEST]: ["author"] } } });
  await atHome((page) => page.getByText("Máy chủ đang bận").waitFor(), { answer: { health: () => problem(503, "busy", "Máy chủ đang bận.") } });
});

test("when personal data goes is said where the contest is", () => at("index", "contest", async (page) => {
  await page.getByText("Dữ liệu cá nhân của thí sinh tự xóa lúc 08h00, Thứ Ba 27/12/2022, theo kế hoạch.").waitFor();
}));

// ---- the log

test("the log is told in words, and its chain is computed to its end", () => at("log", "log", async (page) => {
  await page.getByText("Mục 201 đến 203, theo thứ tự thời gian.").first().waitFor();
  assert.equal(await page.getByRole("button", { name: "100 mục sau" }).isVisible(), false);
  await page.getByRole("button", { name: "100 mục trước" }).click();
  await page.getByText("Mục 101 đến 200, theo thứ tự thời gian.").first().waitFor();
  await page.getByRole("button", { name: "100 mục trước" }).click();
  await page.getByRole("row", { name: /Nguyễn Thị Lan Nạp tệp bank-tuan-100\.xlsx/ }).waitFor();
  await page.getByRole("button", { name: "100 mục sau" }).click();
  await page.getByText("Mục 101 đến 200, theo thứ tự thời gian.").first().waitFor();
  await page.getByRole("button", { name: "Đến những mục mới nhất" }).click();
  await page.getByText("Mục 201 đến 203, theo thứ tự thời gian.").first().waitFor();
  await page.getByRole("button", { name: "Kiểm tra chuỗi" }).click();
  await page.getByText("Chuỗi liền mạch: đã tính lại cả 203 mục").waitFor();
}, { desk: { log: chainOf(203) } }));

test("a chain that was tampered with breaks at its entry, and the page names it", () => {
  const log = chainOf(130);
  log[109] = { ...log[109], subject: "bank-khac.xlsx", text: log[109].text.replace("bank-tuan-110.xlsx", "bank-khac.xlsx") };
  return at("log", "log", async (page) => {
    await page.getByRole("button", { name: "Kiểm tra chuỗi" }).click();
    await page.getByText("Chuỗi đứt ở mục 111: mục 110 đứng trước nó đã bị sửa, hoặc mục 111 không phải mục nối tiếp.").waitFor();
  }, { desk: { log } });
});

test("a chain is held against the head that was signed and published", async () => {
  const log = chainOf(130);
  const hash = (end) => createHash("sha256").update(log[end - 1].text).digest("hex");
  const signed = (seq, sha256) => [["GET", new RegExp(`^/contests/${CONTEST}/audit\\.json$`), "audit-head", () => json(200, { schema: "hoithi/audit/1", contest: CONTEST, seq, sha256, signed_at: "2021-12-11T01:00:00.000Z" })]];
  const told = (sentence, routes) => at("log", "log", async (page) => {
    await page.getByRole("button", { name: "Kiểm tra chuỗi" }).click();
    await page.getByText(sentence).waitFor();
  }, { desk: { log }, routes });
  await told("Chưa có mã nào được ký và công bố", []);
  await told("Mục 105 khớp với mã đã ký và công bố lúc 08h00, Thứ Bảy 11/12/2021.", signed(105, hash(105)));
  await told("Mục 130 khớp với mã đã ký", signed(130, hash(130)));
  await told("Nhật ký đã bị viết lại: mục 105 nay khác", signed(105, hash(104)));
  await told("Nhật ký bị cắt bớt: mục 131 đã được ký và công bố, mà nay nhật ký chỉ còn đến mục 130.", signed(131, hash(130)));
});

test("each way in which a chain can be broken has its name", async () => {
  const sound = chainOf(5);
  const broken = async (change) => {
    const log = copy(sound);
    change(log);
    return (await follow(begun, log)).broken ?? null;
  };
  assert.equal(await broken(() => {}), null);
  assert.deepEqual(await broken((log) => log.splice(2, 1)), { kind: "gap", seq: 3 });
  assert.deepEqual(await broken((log) => log.reverse()), { kind: "gap", seq: 1 });
  assert.deepEqual(await broken((log) => { log[1].text = log[1].text.replace("bank", "bang"); log[1].subject = log[1].subject.replace("bank", "bang"); }), { kind: "previous", seq: 3 });
  assert.deepEqual(await broken((log) => { log[0].text = log[0].text.replace(/0{64}/, "1".repeat(64)); log[0].previous = "1".repeat(64); }), { kind: "previous", seq: 1 });
  assert.deepEqual(await broken((log) => { log[3].reason = "không có trong chuỗi"; }), { kind: "shown", seq: 4 });
  assert.deepEqual(await broken((log) => { log[4].text = "{"; }), { kind: "unreadable", seq: 5 });
  const [first, second] = [sound.slice(0, 2), sound.slice(2)];
  const middle = (await follow(begun, first)).end;
  assert.equal((await follow(middle, second)).end.seq, 5, "a chain is followed page by page");
});

// ---- parts that fail

test("a list of people that does not come leaves one's own account", () => at("settings", "settings", async (page) => {
  await page.getByRole("alert").filter({ hasText: "Phần này chưa hiện được. Máy chủ gặp lỗi." }).waitFor();
  await page.getByText("Phiên này, mở lúc 11h30, Thứ Bảy 11/12/2021").waitFor();
  await page.getByRole("button", { name: "Đổi mật khẩu" }).waitFor();
}, { answer: { people: () => json(503, {}) } }));

test("a report that does not come is said on its card, and the file can still be sent", () => at("banks", "files", async (page) => {
  await card(page, SECOND).getByText("Máy chủ gặp lỗi.").waitFor();
  await card(page, SECOND).getByLabel("Chọn tệp").setInputFiles(file("bank-tuan-2.xlsx"));
  await card(page, SECOND).getByText("Chưa nhận: 2 chỗ phải sửa").waitFor();
}, { ...asAuthor, answer: { "file-report": (usual, tries) => (tries <= 2 ? json(503, {}) : usual()) } })); // each card asks for its own

// ---- the rules that pages work with

test("pages offer to a role what the API does not refuse it", () => {
  const rules = readFileSync(`${REPOSITORY}crates/contest/src/organizers/roles.rs`, "utf8").match(/const fn roles[^]*?\n {4}}/)[0];
  const allowed = new Map([...rules.matchAll(/^ *(Self::.*) => &\[(.*)\],$/gm)].flatMap(([, actions, roles]) => actions.split(" | ").map((action) => [action.slice("Self::".length), roles.toLowerCase().split(", ")])));
  for (const action of ["readFiles", "writeFiles", "readBankReport", "writeBank", "seePaperBeforeOpening", "seePaper", "watch", "lookUp", "correctContestant", "propose", "readProposals", "approve", "extend", "previewResults", "review", "download", "readAudit", "seePeople", "managePeople", "endSessions"]) {
    const offered = ["lead", "organizer", "author", "official", "auditor", "it"].filter((role) => may({ roles: { [CONTEST]: [role] } }, action, CONTEST));
    assert.deepEqual(offered.sort(), allowed.get(action[0].toUpperCase() + action.slice(1)).sort(), action);
  }
  assert.equal(may({ roles: { a: ["lead"] } }, "readAudit", "b"), false);
  assert.equal(may({ roles: { a: ["lead"] } }, "readAudit", null), false);
  assert.equal(may({ roles: { "*": ["lead"] } }, "readAudit", "b"), true);
});

for (const [name, role] of [
  ["contest.toml", "plan"],
  ["units.xlsx", "units"],
  ["Danh sách đơn vị.xlsx", "units"],
  ["DANH SÁCH DỰ THI.csv", "roster"],
  ["Người không được dự thi.xlsx", "excluded"],
  ["bank-tuan-1.xlsx", "bank-tuan-1.xlsx"],
  ["Ngân hàng Tuần 2.xlsx", "bank-tuan-2.xlsx"],
  ["bank-tuan-12.xlsx", null],
  ["Ngân hàng.xlsx", null],
  ["ghi chú.docx", null],
  ["Logo TP.png", "logo"],
  ["Biểu trưng mới.JPG", "logo"],
  ["banner 2026.jpeg", "banner"],
  ["ảnh họp.png", null],
]) {
  test(`in a folder “${name}” is ${role ?? "nobody's"}`, () => assert.equal(roleOf(name, ["bank-tuan-1.xlsx", "bank-tuan-2.xlsx"]), role));
}

test("of a folder the plan goes first, and litter nowhere", () => {
  assert.equal(roleOf("Câu hỏi.xlsx", ["bank.xlsx"]), "bank.xlsx", "one bank only: it is that");
  assert.deepEqual(inOrder(["bank.xlsx", null, "units", "plan"].map((role) => ({ role }))).map(({ role }) => role), ["plan", "units", "bank.xlsx", null]);
  assert.deepEqual(["~$units.xlsx", ".DS_Store", "Thumbs.db", "units.csv"].filter((name) => !isLitter(name)), ["units.csv"]);
});

test("faults are compared with those of the try before", () => {
  const line = (row, kind = "error") => ({ kind, sheet: null, row, column: "A", code: "empty", message: `${row}` });
  const lines = compared([line(1), line(2), line(9, "warning")], [line(2), line(3), line(2, "warning")]);
  assert.deepEqual(lines.map(({ row, kind, state }) => [row, kind, state]), [[2, "error", "left"], [3, "error", "new"], [2, "warning", "new"], [1, "error", "gone"], [9, "warning", "gone"]]);
  assert.deepEqual(counts(lines), { all: 5, error: 2, warning: 1, new: 2, gone: 2 });
  assert.deepEqual(filtered(lines, "warning").length, 1);
  assert.deepEqual(compared(null, linesOf(REPORT)).map(({ state }) => state), ["left", "left", "left"]);
});

test("a table for Excel has its mark, its quotes, and no formula", () => {
  assert.equal(csvOf([["a", 'b"c'], ["=1+1", null], [-1, "@x"]]), '\uFEFF"a";"b""c"\r\n"\'=1+1";""\r\n"\'-1";"\'@x"\r\n');
});

test("times stand in the contest's zone, with the weekday and what is left", () => {
  assert.equal(moment("2021-12-25T17:30:00Z", "Asia/Ho_Chi_Minh"), "00h30, Chủ Nhật 26/12/2021");
  assert.equal(moment("2021-12-25T17:30:00Z", null), "00h30, Chủ Nhật 26/12/2021");
  assert.equal(moment("2021-12-25T17:30:00Z", "Europe/Paris"), "18h30, Thứ Bảy 25/12/2021 (giờ Europe/Paris)");
  assert.equal(momentAndLeft("2021-12-19T09:30:00Z", null, "2021-12-17T05:30:00Z"), "16h30, Chủ Nhật 19/12/2021, còn 2 ngày 4 giờ");
  assert.equal(momentAndLeft("2021-12-19T09:30:00Z", null, "2021-12-19T09:30:00Z"), "16h30, Chủ Nhật 19/12/2021");
  assert.equal(localTime("2021-12-31T17:00:00Z", null), "2022-01-01T00:00");
});
