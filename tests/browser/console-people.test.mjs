// Looking contestants up, correcting them, slips for lost secrets, and papers, on the stand-in server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { AUTHOR, CONTEST, consoleRoutes, LEAD, OVERVIEW, REPORT, withSession } from "./support/console.mjs";
import * as has from "./support/desk.mjs";
import { lookUpOne } from "./support/desk-states.mjs";
import { contest } from "./support/fixture.mjs";
import { json, problem } from "./support/stand-in.mjs";
import { visit } from "./support/visit.mjs";
import { findAll } from "../../static-site/js/organizer/find-all.mjs";
import { difference, faultsOf, fileOf, inTree, without, withUnit } from "../../static-site/js/organizer/unit-list.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const at = (name, shown, check, { desk = {}, answer = {}, me = LEAD, routes = [], query = `?c=${CONTEST}` } = {}) =>
  visit(browser, { now: has.CLOSED_AT, routes: [...routes, ...has.deskRoutes(desk), ...consoleRoutes({ me, report: desk.report })], answer }, async (page, server) => {
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

// ---- the list of units

/** The contest with other units. */
const UNITS = (units) => ["GET", new RegExp(`^/v1/organizer/contests/${CONTEST}/public$`), "public", () => json(200, { ...contest, units })];
const WATCHED = { ...has.FIGURES, units: [{ ...has.FIGURES.units[0], unit: "bac-son", registered: 6771, contestants: 4877 }] };

const TREE = [
  { code: "thanh-pho", name: "Thành phố Sông Công", parent: null, level: "city", members: null },
  { code: "an-chau", name: "Xã Ân Châu", parent: "thanh-pho", level: "ward", members: 300 },
  { code: "bac-son", name: "Phường Bắc Sơn", parent: "thanh-pho", level: "ward", members: 1200 },
  { code: "to-1", name: "Tổ dân phố 1", parent: "bac-son", level: "hamlet", members: null },
];

test("units stand below the one that they belong to, and what is wrong with one is told by its field", () => {
  assert.deepEqual(inTree(TREE).map(({ code, depth }) => [code, depth]), [["thanh-pho", 0], ["an-chau", 1], ["bac-son", 1], ["to-1", 2]]);
  assert.deepEqual(inTree([{ code: "a", parent: "nobody" }]).map(({ depth }) => depth), [0], "whose parent is missing stands at the top");
  const unit = { code: "moi", name: "Xã Mới", parent: null, level: "ward", members: null };
  const faults = (more, was) => faultsOf({ ...unit, ...more }, TREE, was);
  assert.deepEqual(faults({}), {});
  assert.deepEqual(faults({ code: "Xã Mới" }), { code: "form" });
  assert.deepEqual(faults({ code: "bac-son" }), { code: "taken" });
  assert.deepEqual(faults({ code: "bac-son" }, "bac-son"), {}, "its own code is not taken");
  assert.deepEqual(faults({ name: "" }), { name: "missing" });
  for (const members of [0, -1, 1.5, NaN]) assert.deepEqual(faults({ members }), { members: "number" }, String(members));
  assert.deepEqual(faults({ parent: "nobody" }), { parent: "unknown" });
  assert.deepEqual(faults({ code: "thanh-pho", parent: "to-1" }, "thanh-pho"), { parent: "circle" });
  assert.equal(without(TREE, "bac-son"), null, "another one belongs to it");
  assert.equal(without(TREE, "to-1").length, 3);
  const changed = withUnit(withUnit(without(TREE, "to-1"), { ...TREE[1], members: 310 }, "an-chau"), unit);
  assert.deepEqual(difference(TREE, changed), { added: 1, changed: 1, gone: 1 });
  assert.deepEqual(difference(TREE, TREE.map((of) => ({ ...of }))), { added: 0, changed: 0, gone: 0 });
  assert.equal(fileOf([{ ...unit, name: '=Xã "Mới"' }]), '\uFEFF"Mã";"Tên";"Đơn vị cấp trên";"Cấp";"Số thành viên"\r\n"moi";"=Xã ""Mới""";"";"ward";""\r\n', "as it is: nobody opens it in Excel");
});

test("units are edited one by one and saved as one file, by the card that tells what is wrong with it", () => people(async (page, server) => {
  const part = page.getByRole("region", { name: "Các đơn vị", exact: true });
  await part.getByText("Đang hiện 4 trên 4 đơn vị.").waitFor();
  assert.deepEqual(await part.getByRole("row", { name: /Phường Bắc Sơn/ }).getByRole("cell").evaluateAll((cells) => cells.slice(1, 4).map((cell) => cell.textContent)), ["1.200", "6.771", "4.877"]);
  await part.getByLabel("Tìm đơn vị").fill("an chau");
  await part.getByText("Đang hiện 1 trên 4 đơn vị.").waitFor();
  await part.getByRole("button", { name: "Sửa đơn vị Xã Ân Châu" }).click();
  await part.getByLabel("Số thành viên").fill("ba trăm");
  await part.getByRole("button", { name: "Ghi vào danh sách" }).click();
  await part.getByText("Nhập số thành viên bằng chữ số, hoặc để trống nếu chưa biết").first().waitFor();
  await part.getByLabel("Số thành viên").fill("1.310");
  await part.getByRole("button", { name: "Ghi vào danh sách" }).click();
  await part.getByText("Chưa lưu: 0 đơn vị thêm, 1 đơn vị sửa, 0 đơn vị bỏ.").waitFor();
  assert.equal(await page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))), true, "nothing is lost by mistake");
  await part.getByRole("button", { name: "Thêm đơn vị" }).click();
  await part.getByLabel("Mã", { exact: true }).fill("bach-quang");
  await part.getByLabel("Tên", { exact: true }).fill("Phường Bách Quang");
  await part.getByLabel("Đơn vị cấp trên").selectOption("thanh-pho");
  await part.getByRole("button", { name: "Ghi vào danh sách" }).click();
  assert.equal(server.state.asked.filter(({ name }) => name === "upload").length, 0, "nothing is sent before it is saved");
  await part.getByRole("button", { name: "Lưu danh sách đơn vị" }).click();
  await page.getByRole("article", { name: "Danh sách đơn vị" }).getByText("tệp có hiệu lực từ bây giờ").waitFor();
  const [upload] = server.state.asked.filter(({ name }) => name === "upload");
  assert.equal(upload.path.split("/").at(-1), "units.csv");
  assert.match(upload.body, /"an-chau";"Xã Ân Châu";"thanh-pho";"ward";"1310"/);
  assert.match(upload.body, /"bach-quang";"Phường Bách Quang";"thanh-pho";"";""/);
  await part.getByRole("button", { name: "Lưu danh sách đơn vị" }).waitFor({ state: "hidden" });
}, { routes: [UNITS(TREE)], desk: { watch: WATCHED, report: { ...REPORT, status: "accepted", rows: 5, errors: [], warnings: [] }, overview: { ...OVERVIEW, rounds: OVERVIEW.rounds.map((round) => ({ ...round, phase: "open" })) } } }));

test("a list that is refused stays in hand, and a unit to which others belong is not dropped", () => people(async (page) => {
  const part = page.getByRole("region", { name: "Các đơn vị", exact: true });
  await part.getByRole("button", { name: "Sửa đơn vị Phường Bắc Sơn" }).click();
  await part.getByRole("button", { name: "Bỏ đơn vị này" }).click();
  await part.getByText("Có đơn vị khác thuộc đơn vị này").waitFor();
  await part.getByRole("button", { name: "Thôi" }).click();
  await part.getByRole("button", { name: "Sửa đơn vị Tổ dân phố 1" }).click();
  await part.getByRole("button", { name: "Bỏ đơn vị này" }).click();
  await part.getByRole("button", { name: "Lưu danh sách đơn vị" }).click();
  await page.getByRole("article", { name: "Danh sách đơn vị" }).getByText("Người khác vừa thay tệp này").waitFor();
  await part.getByText("Chưa lưu: 0 đơn vị thêm, 0 đơn vị sửa, 1 đơn vị bỏ.").waitFor();
  await part.getByRole("button", { name: "Bỏ các thay đổi chưa lưu" }).click();
  await part.getByText("Đang hiện 4 trên 4 đơn vị.").waitFor();
}, { routes: [UNITS(TREE)], answer: { upload: () => problem(409, "changed_meanwhile", "Người khác đã lưu bản mới.") } }));

test("whoever only reads sees the units and edits none", () => people(async (page) => {
  await page.getByText("Đang hiện 4 trên 4 đơn vị.").waitFor();
  assert.equal(await page.getByRole("button", { name: /Sửa đơn vị|Thêm đơn vị/ }).count(), 0);
}, { routes: [UNITS(TREE)], me: has.AUDITOR }));
