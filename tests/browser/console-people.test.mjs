// Looking contestants up, correcting them, slips for lost secrets, and papers, on the stand-in server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { AUTHOR, CONTEST, consoleRoutes, LEAD, OVERVIEW, withSession } from "./support/console.mjs";
import * as has from "./support/desk.mjs";
import { lookUpOne } from "./support/desk-states.mjs";
import { contest } from "./support/fixture.mjs";
import { json, problem } from "./support/stand-in.mjs";
import { visit } from "./support/visit.mjs";
import { findAll } from "../../static-site/js/organizer/find-all.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const at = (name, shown, check, { desk = {}, answer = {}, me = LEAD, query = `?c=${CONTEST}` } = {}) =>
  visit(browser, { now: has.CLOSED_AT, routes: [...has.deskRoutes(desk), ...consoleRoutes({ me })], answer }, async (page, server) => {
    await withSession(page, me);
    await page.goto(`/organizer/${name}.html${query}`);
    await view(page, shown).waitFor();
    await check(page, server);
  }, { viewport: { width: 1366, height: 768 } });
const people = (check, more) => at("people", "files", check, more);
const paper = (check, more) => at("paper", "paper", check, more);
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const bodies = (server, name) => server.state.asked.filter((request) => request.name === name).map(({ body }) => JSON.parse(body));

test("a search goes on while there is more, waits where it is told to, and ends when somebody stops it", async () => {
  const pages = [{ people: ["a"], next: "2", end: "continues" }, { people: ["b", "c"], next: null, end: "all" }];
  const asked = [];
  const pauses = [];
  let calls = 0;
  const page = async (form) => {
    asked.push(form);
    if ((calls += 1) === 2) throw Object.assign(new Error("soon"), { status: 429, retryAfterSeconds: 3 });
    return pages[form.next ? 1 : 0];
  };
  const told = [];
  const ways = { page, onPage: (found, count) => told.push([found.length, count]), isStopped: () => false, pause: async (of) => pauses.push(of) };
  assert.deepEqual(await findAll({ by: "name", value: "x" }, ways), { found: ["a", "b", "c"], end: "all" });
  assert.deepEqual(asked, [{ by: "name", value: "x" }, { by: "name", value: "x", next: "2" }, { by: "name", value: "x", next: "2" }]);
  assert.ok(pauses.every((of) => of >= 1000) && pauses.includes(3000), String(pauses));
  assert.deepEqual(told, [[1, 1], [3, 2]]);
  calls = 5;
  assert.deepEqual(await findAll({}, { ...ways, isStopped: () => told.length > 2 }), { found: ["a"], end: "stopped" });
  await assert.rejects(findAll({}, { ...ways, isStopped: () => false, page: async () => { throw Object.assign(new Error("no"), { status: 403 }); } }));
});

test("by a number the card is there at once: attempts with times and state, no score, no answer", () => people(async (page, server) => {
  await page.getByLabel("Tra theo").selectOption("citizen_id");
  await page.getByLabel("Số căn cước").fill("019190000017");
  await press(page, "Tra cứu");
  await page.getByRole("heading", { name: "Đặng Thị Ơn" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), "card-title");
  assert.deepEqual(bodies(server, "search"), [{ by: "citizen_id", value: "019190000017" }]);
  assert.deepEqual(await page.locator("[data-ref='attempts'] tr").evaluateAll((rows) => rows.map((row) => row.cells[4].textContent)), ["Đã nộp lúc 09h05, Thứ Ba 14/12/2021", "Hết giờ, không nộp", "Đang làm bài"]);
  assert.doesNotMatch(await page.locator("[data-ref='card']").innerText(), /[Đđ]iểm|đáp án/);
  assert.ok(!page.url().includes("019190000017"), "no number stands in an address");
}));

test("by name several pages are added up with a pause, and a card is opened by its code", () => people(async (page, server) => {
  await page.getByLabel("Tra theo").selectOption("name");
  await page.getByLabel("Họ và tên").fill("nguyen van");
  await page.getByLabel("Trong đơn vị").selectOption(contest.units[1].code);
  await press(page, "Tra cứu");
  await page.getByText("Đang tìm: đã đọc 1 phần, thấy 1 người.").waitFor();
  await page.getByRole("progressbar", { name: "Đang tìm theo tên" }).waitFor();
  await page.getByText("Đã đọc hết: thấy 3 người.").waitFor();
  const asked = { by: "name", value: "nguyen van", unit: contest.units[1].code };
  assert.deepEqual(bodies(server, "search"), [asked, { ...asked, next: "p2" }]);
  await press(page, "Xem thẻ: Nguyễn Văn B (SC7K2M0B)");
  await page.getByRole("heading", { name: "Đặng Thị Ơn" }).waitFor();
  assert.deepEqual(bodies(server, "search").at(-1), { by: "code", value: "SC7K2M0B" });
  await press(page, "Đóng thẻ này");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Xem thẻ: Nguyễn Văn B (SC7K2M0B)");
}));

test("a search by name is stopped by a press", () => people(async (page, server) => {
  await page.getByLabel("Tra theo").selectOption("name");
  await page.getByLabel("Họ và tên").fill("nguyen van");
  await press(page, "Tra cứu");
  await press(page, "Dừng tìm");
  await page.getByText("Đã dừng, thấy 1 người.").waitFor();
  assert.ok(bodies(server, "search").length <= 2);
}));

test("nobody found, too many found and a refusal each end in a sentence", async () => {
  for (const [reply, sentence] of [
    [() => json(200, { people: [], next: null, end: "all" }), "Không thấy ai. Kiểm tra lại từng ký tự"],
    [() => json(200, { people: [{ ...has.CARD, attempts: null }], next: null, end: "many_found" }), "Thấy nhiều hơn 1 người. Chọn đơn vị"],
    [() => json(200, { people: [], next: null, end: "pages_used_up" }), "Đã đọc đủ 25 phần mà chưa hết"],
    [() => problem(422, "invalid_fields", "Sai.", { errors: [{ field: "value", code: "x", message: "Mã dự thi chưa đúng." }] }), "Mã dự thi chưa đúng."],
    [() => problem(409, "too_many_accounts", "Cuộc thi có quá nhiều tài khoản."), "Cuộc thi có quá nhiều tài khoản."],
  ]) {
    await people(async (page) => {
      await page.getByLabel("Mã dự thi").fill("SC7K2M9C");
      await press(page, "Tra cứu");
      await page.getByText(sentence).first().waitFor();
    }, { answer: { search: reply } });
  }
});

const correct = async (page, unit = contest.units[1]) => {
  await page.getByLabel("Đơn vị đúng").selectOption(unit.code);
  await page.locator("#unit-reason").fill("Chọn nhầm khi đăng ký");
  await press(page, "Sửa đơn vị");
};

test("a unit is corrected at once, or by two people once a round has closed", async () => {
  await people(async (page, server) => {
    await lookUpOne(page);
    await press(page, "Sửa đơn vị");
    await page.getByRole("link", { name: "Chọn đơn vị đúng" }).waitFor();
    await correct(page);
    await page.getByText(`Đã sửa: đơn vị bây giờ là ${contest.units[1].name}.`).waitFor();
    assert.deepEqual(bodies(server, "correct-unit"), [{ unit: contest.units[1].code, reason: "Chọn nhầm khi đăng ký" }]);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), "card-note");
  });
  await people(async (page) => {
    await lookUpOne(page);
    await correct(page);
    await page.getByText("Đơn vị chưa thay đổi cho đến khi có người duyệt.").waitFor();
    assert.match(await page.getByRole("link", { name: "Xem đề nghị này" }).getAttribute("href"), /p=abcdefghijklmnop$/);
  }, { desk: { needsTwo: true } });
  await people(async (page) => {
    await lookUpOne(page);
    await correct(page);
    await page.locator("#new-unit-error").getByText("Không có đơn vị này.").waitFor();
  }, { answer: { "correct-unit": () => problem(422, "invalid_fields", "Sai.", { errors: [{ field: "unit", code: "x", message: "Không có đơn vị này." }] }) } });
});

test("a slip is asked for with who checked and why, never while the person plays, and waits for another", async () => {
  await people(async (page, server) => {
    await lookUpOne(page);
    await page.getByLabel("Đơn vị của người đó xác nhận").check();
    await page.getByLabel("Ai đối chiếu, và lý do").fill("Bà Lan");
    await press(page, "Đề nghị cấp phiếu");
    await page.getByText("phiếu chỉ hiện một lần, trên màn hình của người duyệt").waitFor();
    assert.deepEqual(bodies(server, "reset"), [{ checked: "through_unit", reason: "Bà Lan" }]);
  });
  await people(async (page) => {
    await lookUpOne(page);
    await page.getByLabel("Xem căn cước tại chỗ").check();
    await page.getByLabel("Ai đối chiếu, và lý do").fill("Bà Lan");
    await press(page, "Đề nghị cấp phiếu");
    await page.getByText("Người này đang làm bài.").first().waitFor();
    assert.equal(await page.getByLabel("Ai đối chiếu, và lý do").inputValue(), "Bà Lan");
  }, { answer: { reset: () => problem(409, "attempt_open", "Người này đang làm bài.") } });
});

test("an auditor looks up and corrects nothing; an erased account shows no name", () => people(async (page) => {
  await lookUpOne(page);
  await page.getByText("Người này đã xóa tài khoản").waitFor();
  assert.equal(await page.getByRole("button", { name: "Đề nghị cấp phiếu" }).isVisible(), false);
}, { me: has.AUDITOR, desk: { card: has.ERASED } }));

// ---- papers

test("a paper is drawn by its number, ticked without anything being sent or kept, and another by chance", () => paper(async (page, server) => {
  await press(page, "Xem đề này");
  await page.getByText("Tuần thứ Nhất, đề số 1, 15 phút. Lần xem này có trong nhật ký.").waitFor();
  await page.locator("#cau-1").getByLabel("Chính phủ").check();
  await page.getByText("Đã trả lời 1/3 câu").waitFor();
  assert.equal(await page.locator(".hc-watermark").isVisible(), true);
  await press(page, "Xem đề khác");
  await page.waitForFunction(() => !document.querySelector("[data-ref='shown']").textContent.includes("đề số 1,"));
  await page.getByText("Đã trả lời 0/3 câu").waitFor();
  const [first, other] = bodies(server, "see-paper").map(({ seed }) => seed);
  assert.equal(first, 1);
  assert.ok(Number.isInteger(other) && other >= 0 && other < 2 ** 32);
  assert.deepEqual(await page.evaluate(() => [Object.keys(localStorage).filter((key) => key.includes("sheet")).length, Object.keys(sessionStorage).length]), [0, 1]);
}));

test("a number that is none and a round without a bank are told", () => paper(async (page, server) => {
  for (const text of ["", "-1", "4294967296", "một"]) {
    await page.getByLabel("Số đề").fill(text);
    await press(page, "Xem đề này");
    await page.getByRole("link", { name: "Nhập số đề từ 0 đến 4294967295" }).waitFor();
  }
  assert.equal(bodies(server, "see-paper").length, 0);
  await page.getByLabel("Số đề").fill("4294967295");
  await press(page, "Xem đề này");
  await page.getByText("Vòng này chưa có ngân hàng.").first().waitFor();
}, { answer: { "see-paper": () => problem(409, "no_bank", "Vòng này chưa có ngân hàng.") } }));

test("before the opening only authors see papers, and are told that they are secret", async () => {
  await paper(async (page) => {
    await page.getByText("trước giờ mở chỉ Tổ ra đề xem được").waitFor();
    assert.equal(await page.getByRole("button", { name: "Xem đề này" }).isVisible(), false);
  }, { desk: { overview: OVERVIEW } });
  await paper(async (page) => {
    assert.deepEqual(await page.getByLabel("Vòng thi").locator("option").allTextContents(), ["Tuần thứ Nhất", "Tuần thứ Hai"]);
    await press(page, "Xem đề này");
    await page.getByText("Vòng thi chưa mở: đề này còn là bí mật.").waitFor();
  }, { me: AUTHOR, desk: { overview: OVERVIEW, isSecret: true } });
});
