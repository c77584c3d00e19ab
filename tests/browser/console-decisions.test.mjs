// Decisions on the stand-in server: what is looked at, proposed, tried, read, approved by another person, and what is never
// lost or approved by mistake.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { AUTHOR, CONTEST, consoleRoutes, LEAD, withSession } from "./support/console.mjs";
import * as has from "./support/desk.mjs";
import { HOSTILE } from "./support/hostile.mjs";
import { json, LOST, problem } from "./support/stand-in.mjs";
import { visit } from "./support/visit.mjs";
import { faultsOf, sentChange, sentProposal } from "../../static-site/js/organizer/changes.mjs";
import { standing } from "../../static-site/js/organizer/standing.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const copy = (value) => JSON.parse(JSON.stringify(value));
/** A visit; the desk that the API has is given to `check` too, which may change it. */
const at = (query, shown, check, { desk = {}, answer = {}, me = LEAD, viewport = { width: 1366, height: 768 } } = {}) => {
  const own = copy(desk);
  return visit(browser, { now: has.CLOSED_AT, routes: [...has.deskRoutes(own), ...consoleRoutes({ me })], answer }, async (page, server) => {
    await withSession(page, me);
    await page.goto(`/organizer/decisions.html${query}`);
    await view(page, shown).waitFor();
    await check(page, server, own);
  }, { viewport });
};
const LIST = `?c=${CONTEST}`;
const ONE = `?c=${CONTEST}&p=abcdefghijklmnop`;
const proposal = (name, check, more = {}) => at(ONE, "proposal", check, { desk: { proposal: has.PROPOSALS[name] }, ...more });
const asked = (server, name) => server.state.asked.filter((request) => request.name === name);
const body = (server, name) => JSON.parse(asked(server, name).at(-1).body);
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const approve = async (page, name = "Tuần thứ Nhất") => {
  await page.getByLabel("Gõ tên “Tuần thứ Nhất” để xác nhận").fill(name);
  await press(page, "Duyệt đúng bản này");
};

// ---- what is looked at, and put into a proposal

test("whoever may propose takes people, ties and questions over; an auditor only reads", async () => {
  await at(LIST, "list", async (page, server) => {
    await press(page, "Đưa vào đề nghị: Nguyễn Thị Hồng Nhung (SC7K2M9A)");
    await press(page, "Xếp thứ tự nhóm này");
    await page.getByText("Câu q02: 12,50% trả lời đúng").click();
    await press(page, "Vô hiệu câu này (q02)");
    await press(page, "Đã đưa vào đề nghị, thay đổi 4");
    assert.equal(await page.evaluate(() => document.activeElement.id), "changes.3.action");
    await page.getByLabel("Lý do", { exact: true }).fill("Xem biên bản");
    await press(page, "Gửi và tính thử");
    await view(page, "error").waitFor(); // this stand-in has no proposal to show
    assert.deepEqual(body(server, "propose"), { kind: "decisions", reason: "Xem biên bản", changes: [
      { action: "disqualify", round: "tuan-1", contestant: "SC7K2M9A" },
      { action: "order", round: "tuan-1", contestant: "SC7K2M9B", place: 1 },
      { action: "order", round: "tuan-1", contestant: "SC7K2M9C", place: 2 },
      { action: "void", round: "tuan-1", question: "q02" },
    ] });
    assert.equal(asked(server, "try").length, 1);
    assert.equal(await page.evaluate(() => Object.keys(sessionStorage).join()), "hoithi.organizer.session", "nothing is left of what was sent");
  });
  await at(LIST, "list", async (page) => {
    await page.getByText("Sai giống nhau").waitFor();
    assert.equal(await page.getByRole("button", { name: "Đưa vào đề nghị" }).count(), 0);
    assert.equal(await page.getByRole("button", { name: "Lập đề nghị xử lý" }).isVisible(), false);
    await page.getByText("Chỉ Thường trực và Tổ thư ký lập được đề nghị.").waitFor();
  }, { me: has.AUDITOR });
});

test("the list goes on where there is more, and says how many were left out", () => at(LIST, "list", async (page) => {
  await page.getByText("Có 4 dòng; 2 dấu hiệu nhẹ hơn không nằm trong danh sách").waitFor();
  await press(page, "Hiện thêm 1 dòng");
  await page.getByText("4. Dưới thời gian tối thiểu").waitFor();
  assert.equal(await page.getByRole("button", { name: "Hiện thêm" }).isVisible(), false);
}));

test("where more lines do not come, those that are there stay, and it is tried again", () => at(LIST, "list", async (page) => {
  await press(page, "Hiện thêm 1 dòng");
  await page.getByRole("alert").filter({ hasText: "Máy chủ bận." }).waitFor();
  await page.getByText("1. Sai giống nhau").waitFor();
  await press(page, "Hiện thêm 1 dòng");
  await page.getByText("4. Dưới thời gian tối thiểu").waitFor();
  assert.equal(await page.getByText("Máy chủ bận.").isVisible(), false);
}, { answer: { "review-more": (usual, tries) => (tries === 1 ? problem(503, "busy", "Máy chủ bận.") : usual()) } }));

test("a list that is being made and questions that are still asked say so, each at its place, and proposals stay", () => at(LIST, "list", async (page) => {
  await page.getByRole("alert").filter({ hasText: "Danh sách đang được lập." }).waitFor();
  await page.getByRole("alert").filter({ hasText: "Ngân hàng còn dùng." }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Xử lý kết quả", exact: true }).count(), 4);
}, { answer: {
  review: () => problem(409, "review_being_made", "Danh sách đang được lập.", {}, { "retry-after": "60" }),
  items: () => problem(409, "bank_still_asked", "Ngân hàng còn dùng."),
} }));

test("those that wait for whoever looks stand on top, each with a way to it", () => at(LIST, "list", async (page) => {
  const note = page.getByRole("status").filter({ hasText: "Có 2 đề nghị đang chờ bạn duyệt" });
  assert.deepEqual(await note.getByRole("link").allTextContents(), ["Xử lý kết quả: Dùng tài khoản của người khác", "Đặt lại mật khẩu cho thí sinh: Theo đề nghị của đơn vị"]);
  assert.match(await note.getByRole("link").first().getAttribute("href"), /decisions\.html\?c=song-cong-cchc-2021&p=abcdefghijklmnoa$/);
}));

test("what is being written survives a reload and a session that ends, and is told at its fields", () => {
  let isEnded = false;
  const propose = (usual) => (isEnded ? problem(401, "no_session", "Phiên đã hết.") : problem(422, "invalid_fields", "Có chỗ sai.", { errors: [{ field: "changes.0.contestant", code: "unknown", message: "Không có người này." }, { field: "decision.date", code: "x", message: "Ngày chưa đúng." }] }));
  return at(LIST, "list", async (page) => {
    await press(page, "Lập đề nghị xử lý");
    await page.getByLabel("Việc cần làm").selectOption("disqualify");
    await page.getByLabel("Mã dự thi hoặc mã công khai").fill("SC000000");
    await page.getByLabel("Lý do", { exact: true }).fill("Xem biên bản");
    await page.reload();
    await press(page, "Viết tiếp đề nghị đang soạn (1 thay đổi)");
    assert.equal(await page.getByLabel("Mã dự thi hoặc mã công khai").inputValue(), "SC000000");
    await press(page, "Gửi và tính thử");
    await page.getByRole("link", { name: "Không có người này." }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "changes.0.contestant");
    assert.equal(await page.locator("[id='decision.date']").getAttribute("aria-invalid"), "true");
    isEnded = true;
    await press(page, "Gửi và tính thử");
    await page.getByRole("dialog", { name: "Đăng nhập" }).waitFor();
    assert.equal(await page.getByLabel("Lý do", { exact: true }).inputValue(), "Xem biên bản");
  }, { answer: { propose } });
});

test("changes come and go by keyboard, fields are those of the action, and the contest as a whole is offered where it may be", () => at(LIST, "list", async (page) => {
  await page.getByRole("button", { name: "Lập đề nghị xử lý" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "changes.0.action");
  const fields = () => page.locator(".hc-entry [data-part]:visible").evaluateAll((all) => all.map(({ dataset }) => dataset.part));
  const rounds = () => page.getByLabel("Vòng thi").last().locator("option").allTextContents();
  for (const [action, expected, over] of [
    ["disqualify", ["action", "round", "contestant", "attempt"], false], ["reinstate", ["action", "round", "contestant", "attempt"], true],
    ["void", ["action", "round", "question"], false], ["rekey", ["action", "round", "question", "answer"], false],
    ["order", ["action", "round", "contestant", "place"], true], ["forfeit", ["action", "round", "contestant"], true], ["recognize", ["action", "round"], true],
  ]) {
    await page.getByLabel("Việc cần làm").selectOption(action);
    assert.deepEqual(await fields(), expected, action);
    assert.equal((await rounds()).includes("Toàn cuộc thi"), over, action);
  }
  await press(page, "Thêm thay đổi");
  assert.equal(await page.evaluate(() => document.activeElement.id), "changes.1.action");
  await page.getByRole("button", { name: "Bỏ thay đổi 1" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "changes.0.action");
}));

test("a change is sent with the parts that its action has, and what is missing is told", () => {
  const typed = { action: "disqualify", round: "tuan-1", contestant: " SC1 ", attempt: "2", question: "q01", place: "3" };
  assert.deepEqual(sentChange(typed), { action: "disqualify", round: "tuan-1", contestant: "SC1", attempt: 2 });
  const whole = { changes: [typed], reason: " Vì thế ", number: "12/QĐ-BTC", date: " 24/12/2021" };
  assert.deepEqual(faultsOf(whole), []);
  assert.deepEqual(sentProposal(whole), { kind: "decisions", changes: [sentChange(typed)], reason: "Vì thế", decision: { number: "12/QĐ-BTC", date: "24/12/2021" } });
  const fields = (state) => faultsOf({ changes: [], reason: "x", number: "", date: "", ...state }).map(({ field }) => field);
  assert.deepEqual(fields({ reason: " " }), ["changes", "reason"]);
  assert.deepEqual(fields({ changes: [{ action: "" }] }), ["changes.0.action", "changes.0.round"]);
  assert.deepEqual(fields({ changes: [{ action: "order", round: "t", contestant: "A", place: "0" }] }), ["changes.0.place"]);
  assert.deepEqual(fields({ changes: [{ action: "disqualify", round: "t", contestant: "A", attempt: "hai" }] }), ["changes.0.attempt"]);
  assert.deepEqual(fields({ changes: [{ action: "recognize", round: "t" }] }), ["decision.number", "decision.date"]);
  assert.deepEqual(fields({ changes: [{ action: "recognize", round: "t" }], number: "1" }), ["decision.date"]);
  assert.deepEqual(fields({ changes: [typed], number: "1" }), ["decision.date"], "a number without its day is no decision");
  assert.deepEqual(fields({ changes: [typed], date: "1/1/2021" }), ["decision.number"]);
});

test("a bank that takes two people is proposed by its hash from the card, and the card says what to do after", () => {
  const desk = { overview: has.RUNNING };
  const bytes = "một ngân hàng khác";
  return visit(browser, {
    now: has.OPEN_AT,
    routes: [...has.deskRoutes(desk), ...consoleRoutes({ me: AUTHOR })],
    answer: { upload: (usual, tries) => (tries < 3 ? problem(403, "needs_proposal", "Vòng thi mở trong vòng một ngày: cần hai người.") : usual()) },
  }, async (page, server) => {
    await withSession(page, AUTHOR);
    await page.goto(`/organizer/banks.html?c=${CONTEST}`);
    const card = page.getByRole("article", { name: "Ngân hàng câu hỏi: Tuần thứ Nhất" });
    const choose = () => card.getByLabel("Chọn tệp").setInputFiles({ name: "de.xlsx", mimeType: "text/plain", buffer: Buffer.from(bytes) });
    await choose();
    await card.getByText("Vòng thi mở trong vòng một ngày: cần hai người.").waitFor();
    await card.getByRole("button", { name: "Gửi đề nghị thay tệp" }).click();
    await card.getByText("Nhập lý do, để người duyệt và nhật ký có").waitFor();
    await card.getByLabel("Lý do thay tệp lúc này").fill("Câu 7 sai đáp án");
    await page.keyboard.press("Enter");
    await card.getByText("thả lại đúng tệp này thì nó có hiệu lực").waitFor();
    assert.deepEqual(body(server, "propose"), { kind: "bank", file: "bank-tuan-1.xlsx", sha256: createHash("sha256").update(bytes).digest("hex"), reason: "Câu 7 sai đáp án" });
    assert.match(await card.getByRole("link", { name: "Xem đề nghị này" }).getAttribute("href"), /p=abcdefghijklmnop$/);
    await choose();
    await card.getByRole("button", { name: "Gửi đề nghị thay tệp" }).waitFor();
    await choose();
    await card.getByText("Đã nhận 30 dòng").waitFor();
    assert.equal(await card.getByRole("button", { name: "Gửi đề nghị thay tệp" }).isVisible(), false);
  });
});

test("home leads to each proposal that waits", () => {
  const desk = { overview: { ...has.RANKED, proposals: [has.LIST[0]] } };
  return visit(browser, { now: has.CLOSED_AT, routes: [...has.deskRoutes(desk), ...consoleRoutes({})] }, async (page) => {
    await withSession(page, LEAD);
    await page.goto(`/organizer/index.html?c=${CONTEST}`);
    await page.getByRole("link", { name: "Xem đề nghị: Dùng tài khoản của người khác" }).click();
    await page.waitForURL(/decisions\.html\?c=song-cong-cchc-2021&p=abcdefghijklmnoa$/);
  });
});

// ---- one proposal

test("the difference is told in order: prizes with names, the sum, the prediction, ranks, each round, documents", () => proposal("you", async (page) => {
  const cells = await page.getByRole("region", { name: "Bảng giải đổi người nhận" }).locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.deepEqual(cells, [
    ["Giải Nhất", "Tuần thứ Nhất", "Nguyễn Thị Hồng Nhung (SC7K2M9A)", "Đỗ Văn Ẩm (SC7K2M9B)", "1.000.000 đồng"],
    ["Giải Nhì", "Tuần thứ Nhất", "Đỗ Văn Ẩm (SC7K2M9B)", "Đặng Thị Ơn (SC7K2M9C)", "500.000 đồng"],
    ["Giải Ba", "Tuần thứ Nhất", "Đặng Thị Ơn (SC7K2M9C)", "không ai", "200.000 đồng"],
  ]);
  const text = await page.locator("[data-ref='preview-part']").innerText();
  const places = ["3 giải đổi người nhận.", "trước 1.700.000 đồng, nay 1.500.000 đồng, giảm 200.000 đồng.", "trước 3.195, nay 3.194", "1.203 người đổi hạng", "Tuần thứ Nhất: bản 1 thành bản 2, tạm thời", "Tuần thứ Hai: bản 1 thành bản 2", "xếp hạng lại vì người đạt giải ở vòng trước thay đổi", "thong-bao-ket-qua.docx", `Mã SHA-256 của bản đang đọc: ${has.DIFFERENCE.sha256}.`, "khớp"].map((sentence) => text.indexOf(sentence));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.ok(places.every((place) => place >= 0), String(places));
}));

test("another person approves what they have read: its hash and the round's name go along, on a phone too", () => proposal("you", async (page, server, desk) => {
  await press(page, "Duyệt đúng bản này");
  await page.getByRole("link", { name: "Gõ lại tên “Tuần thứ Nhất”" }).waitFor();
  assert.equal(asked(server, "approve").length, 0);
  await approve(page, " Tuần thứ Nhất ");
  const over = page.getByRole("dialog", { name: "Xác nhận lại" });
  await over.getByLabel("Mã xác nhận").fill("123456");
  await page.keyboard.press("Enter");
  await page.getByText("Bạn đã duyệt. Máy ghi quyết định rồi công bố bản kết quả mới trong vài phút").waitFor();
  assert.deepEqual(body(server, "approve"), { preview_sha256: has.DIFFERENCE.sha256, round_name: "Tuần thứ Nhất" });
  assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), "done");
  assert.equal(await page.getByRole("button", { name: "Duyệt đúng bản này" }).isVisible(), false);
  Object.assign(desk.proposal, { status: "applied", waits_for: null, applied: { at: has.CLOSED_AT, versions: [{ round: "tuan-1", version: 2 }], differs: [] } });
  await page.getByText("Đã có hiệu lực lúc 17h05, Chủ Nhật 19/12/2021.").waitFor();
  await page.getByText("Tuần thứ Nhất: bản 2", { exact: true }).waitFor();
  await page.getByText("Kết quả khớp với bản tính thử đã duyệt.").waitFor();
}, { viewport: { width: 360, height: 740 }, answer: { approve: (usual, tries) => (tries === 1 ? problem(403, "step_up_needed", "Cần xác nhận lại.") : usual()) } }));

test("whoever would rather not confirm again has approved nothing, and what was typed stays", () => proposal("you", async (page) => {
  await approve(page);
  await page.getByRole("dialog", { name: "Xác nhận lại" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Bạn chưa xác nhận lại nên chưa có gì thay đổi.").waitFor();
  assert.equal(await page.getByLabel("Gõ tên “Tuần thứ Nhất” để xác nhận").inputValue(), "Tuần thứ Nhất");
}, { answer: { approve: () => problem(403, "step_up_needed", "Cần xác nhận lại.") } }));

test("a name that is not the round's is refused at its field, and the form stays", () => proposal("you", async (page) => {
  await approve(page, "Tuần thứ Hai");
  await page.locator("#round_name-error").getByText("Gõ lại tên “Tuần thứ Nhất”").waitFor();
}, { answer: { approve: () => problem(422, "invalid_fields", "Có chỗ sai.", { errors: [{ field: "round_name", code: "unknown_word", message: "Từ này không dùng được." }] }) } }));

test("a preview that has gone stale is not approved: the page shows what stands now and offers to compute anew", () => proposal("you", async (page, server) => {
  await approve(page);
  await page.getByText("Kết quả đã đổi. Bản vừa đọc không còn là bản mới nhất, nên chưa duyệt.").waitFor();
  await page.getByText("Phải tính lại").first().waitFor();
  assert.equal(await page.getByRole("button", { name: "Duyệt đúng bản này" }).isVisible(), false);
  await press(page, "Tính lại");
  await page.getByText("Đã yêu cầu tính thử.").waitFor();
  await page.getByText("Đang tính thử: máy xếp hạng lại").waitFor();
  assert.equal(asked(server, "try").length, 1);
}, { answer: {
  approve: () => problem(409, "stale_preview", "Kết quả đã đổi."),
  proposal: (usual, tries) => (tries === 2 ? json(200, has.PROPOSALS.stale) : usual()),
} }));

test("bytes that do not have the hash they name are not shown as a difference and cannot be approved", () => at(ONE, "proposal", async (page) => {
  await page.getByText("Nội dung nhận được không khớp với mã này, nên không duyệt được.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Duyệt đúng bản này" }).isVisible(), false);
  assert.equal(await page.getByText("3 giải đổi người nhận.").isVisible(), false);
}, { desk: { proposal: { ...has.PROPOSALS.you, preview: { ...has.DIFFERENCE, text: has.DIFFERENCE.text.replace('"amount":1000000', '"amount":1000') } } } }));

test("what is shown comes from the bytes that are approved, whatever stands beside them", () => at(ONE, "proposal", async (page) => {
  await page.getByText("1.000.000 đồng", { exact: true }).waitFor();
}, { desk: { proposal: { ...has.PROPOSALS.you, preview: { ...has.DIFFERENCE, prizes: [] } } } }));

test("who moves in the ranking, which units' prizes pass and who is meant are told by name", async () => {
  await proposal("you", async (page) => {
    await page.getByText("Hủy kết quả của Nguyễn Thị Hồng Nhung (mã dự thi SC7K2M9A) ở Tuần thứ Nhất, mọi lượt.").waitFor();
    await page.getByText("Giải tập thể của Phường Bắc Sơn: Giải Ba → không có").waitFor();
    await page.getByText("Ai đổi hạng (3 người đứng cao nhất)").click();
    await page.getByText("hạng 1 → không còn hạng").waitFor();
    await page.getByText("hạng 2 → hạng 1").waitFor();
  });
});

test("a trial is waited for, through a lost answer too, and appears by itself", () => {
  let isLost = false;
  return proposal("computing", async (page, server, desk) => {
    await page.getByRole("progressbar").waitFor();
    isLost = true;
    await page.waitForTimeout(2500);
    isLost = false;
    Object.assign(desk.proposal, { ...has.PROPOSALS.own });
    await page.getByText("3 giải đổi người nhận.").waitFor();
    await page.getByText("Đang chờ một Thường trực khác duyệt: người lập không tự duyệt được.").waitFor();
    assert.equal(await page.getByRole("progressbar").isVisible(), false);
  }, { answer: { proposal: (usual) => (isLost ? LOST : usual()) } });
});

test("a proposal is withdrawn by whoever made it, and rejected with a reason by another", async () => {
  await proposal("own", async (page, server) => {
    await press(page, "Rút đề nghị");
    await page.getByText("Đã rút đề nghị. Không có gì thay đổi.").waitFor();
    assert.equal(asked(server, "withdraw").length, 1);
  });
  await proposal("you", async (page, server) => {
    await press(page, "Từ chối đề nghị");
    await page.getByRole("link", { name: "Nhập lý do từ chối" }).waitFor();
    await page.getByLabel("Lý do từ chối").fill("Chưa có văn bản");
    await press(page, "Từ chối đề nghị");
    await page.getByText("Đã từ chối. Không có gì thay đổi; người lập thấy lý do ở trang này.").waitFor();
    await page.getByText("Lý do từ chối: Chưa có văn bản").waitFor();
    assert.deepEqual(body(server, "reject"), { reason: "Chưa có văn bản" });
  });
});

test("a slip for a lost secret is shown once: it is printed, the tab is not closed by mistake, then it is gone", () => proposal("reset", async (page, server) => {
  await press(page, "Duyệt");
  await view(page, "slip").waitFor();
  assert.deepEqual(body(server, "approve"), { preview_sha256: has.PROPOSALS.reset.preview.sha256 });
  await page.getByText(has.SLIP.code, { exact: true }).waitFor();
  await page.getByText("Mã dự thi: SC7K2M9C").waitFor();
  await page.getByText("Dùng một lần, trước 17h30, Thứ Ba 21/12/2021, còn 2 ngày 0 giờ.").waitFor();
  const isKept = await page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
  assert.equal(isKept, true);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByText(has.SLIP.code, { exact: true }).isVisible(), true);
  assert.equal(await page.getByRole("button", { name: "In phiếu" }).isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  await press(page, "Đã in hoặc đã trao phiếu");
  await page.getByText("Phiếu đã được trao; mã không hiện lại nữa.").waitFor();
  assert.equal((await page.content()).includes(has.SLIP.code), false);
  assert.equal(await page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))), false);
}));

test("every state says in one sentence where it stands", () => {
  const told = Object.fromEntries(Object.entries(has.PROPOSALS).map(([name, of]) => [name, standing(of, "Asia/Ho_Chi_Minh")]));
  assert.equal(new Set(["draft", "computing", "you", "own", "others", "refused", "approved", "applied", "stale", "expired", "rejected", "withdrawn", "bank-approved"].map((name) => told[name])).size, 13);
  assert.ok(Object.values(told).every((sentence) => /[.]$/.test(sentence)), JSON.stringify(told));
});

test("what other kinds would change is shown as what stands there and what would", async () => {
  for (const [name, before, after, told] of [
    ["plan", 'publishes = "2021-12-20T08:00"', 'publishes = "2021-12-20T14:00"'],
    ["extension", 'closes = "2021-12-19T16:30"', 'closes = "2021-12-19T17:00"', "Hạn mới đã có hiệu lực. Đang chờ bạn xem lại"],
    ["bank", "a1".repeat(32), "b2".repeat(32)],
    ["unit", "Xã Ân Châu", "Phường Bách Quang", "Sửa đơn vị của Đặng Thị Ơn (mã dự thi SC7K2M9C)."],
    ["roles", "không có", "Thường trực Ban Tổ chức (mọi cuộc thi)", "Đổi quyền của Vũ Thị Ẩn."],
  ]) {
    await proposal(name, async (page) => {
      const sides = page.locator("[data-ref='plain'] section");
      assert.deepEqual([await sides.first().locator("li").allTextContents(), await sides.last().locator("li").allTextContents()], [[before], [after]], name);
      if (told) assert.equal(await page.getByText(told).isVisible(), true, told);
      assert.equal(await page.getByRole("button", { name: "Duyệt", exact: true }).isVisible(), true);
      assert.equal(await page.getByLabel("Gõ tên").isVisible(), false);
    });
  }
});

test("names, reasons and refusals are text, whatever stands in them", () => {
  const hostile = HOSTILE.slice(0, 25);
  const people = hostile.map((full_name, at) => ({ code: `SC${at}`, contestant: `p${at}`, full_name, unit: null, unit_name: full_name }));
  const desk = { review: { ...has.REVIEW, note: hostile[0], lines: hostile.map((text, number) => ({ ...has.REVIEW.lines[0], number, name: text, sentence: text, figures: text, people })) }, proposals: hostile.map((reason) => ({ ...has.LIST[0], reason })) };
  return at(LIST, "list", async (page) => {
    await page.getByText("24. ").first().waitFor({ state: "attached" });
    const content = await page.evaluate(() => document.body.textContent);
    assert.deepEqual(hostile.filter((text) => !content.includes(text)), []);
    assert.equal(await page.evaluate(() => document.querySelectorAll("main img, main iframe, main script, main object").length), 0);
  }, { desk });
});
