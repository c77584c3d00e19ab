// Results and documents on the stand-in server: how far each round is, what would be published, documents in parts, a later
// publication, and the way to official results.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { CONTEST, consoleRoutes, LEAD, PLAN, withSession } from "./support/console.mjs";
import * as has from "./support/desk.mjs";
import { askToPostpone, later, STORED } from "./support/desk-states.mjs";
import { json, problem } from "./support/stand-in.mjs";
import { visit } from "./support/visit.mjs";
import { documentBytes } from "../../static-site/js/organizer/download.mjs";
import { stopsOf, versionsOf } from "../../static-site/js/organizer/rail.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const at = (check, { desk = {}, answer = {}, me = LEAD, now = has.CLOSED_AT, own = { file: { ...STORED } }, routes = [] } = {}) =>
  visit(browser, { now, routes: [...routes, ...has.deskRoutes(desk), ...consoleRoutes({ me, ...own })], answer }, async (page, server) => {
    await withSession(page, me);
    await page.goto(`/organizer/results.html?c=${CONTEST}`);
    await view(page, "list").waitFor();
    await check(page, server, own);
  }, { viewport: { width: 1366, height: 768 } });
const published = { now: has.PUBLISHED_AT, desk: { overview: has.PUBLISHED, documents: has.DOCUMENTS } };
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const asked = (server, name) => server.state.asked.filter((request) => request.name === name);
const body = (server, name) => JSON.parse(asked(server, name).at(-1).body);
const card = (page, name) => page.getByRole("article").filter({ has: page.getByRole("heading", { name, exact: true }) });

test("stops are passed, reached or ahead, through corrections to official results", () => {
  const round = { opens: "o", closes: "c", publishes: "p" };
  const versions = (...statuses) => statuses.map((status, at) => ({ version: at + 1, status }));
  const told = (phase, ...statuses) => stopsOf({ ...round, phase }, versions(...statuses)).map(({ name, state, at }) => `${name}|${state}|${at ?? ""}`);
  assert.deepEqual(told("ahead"), ["Mở|ahead|o", "Đóng|ahead|c", "Xếp hạng|ahead|", "Công bố tạm thời|ahead|p", "Công nhận chính thức|ahead|"]);
  assert.deepEqual(told("ranked", "provisional").map((stop) => stop.split("|")[1]), ["done", "done", "now", "ahead", "ahead"], "a version that is not public is no stop");
  assert.deepEqual(told("published", "provisional", "provisional").slice(3), ["Công bố tạm thời, bản 1|done|", "Điều chỉnh, bản 2|now|", "Công nhận chính thức|ahead|"]);
  assert.deepEqual(told("published", "provisional", "official", "provisional").slice(3), ["Công bố tạm thời, bản 1|done|", "Công nhận chính thức, bản 2|done|", "Điều chỉnh, bản 3|now|", "Công nhận chính thức|ahead|"]);
  assert.deepEqual(told("published", "provisional", "official").slice(3), ["Công bố tạm thời, bản 1|done|", "Công nhận chính thức, bản 2|now|"]);
  assert.deepEqual(stopsOf({}, versions("official")).map(({ name }) => name), ["Công nhận chính thức, bản 1"]);
  assert.deepEqual(versionsOf({ id: "t", version: 3 }, [{ round: "t", version: 2, status: "provisional" }, { round: "x", version: 9, status: "official" }]).map(({ version }) => version), [2, 3]);
});

test("winners stand with names and figures, open ties and warnings, under a mark that it is not public", () => at(async (page) => {
  await press(page, "Xem trước kết quả: Tuần thứ Nhất");
  await view(page, "preview").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), "preview-title");
  const rows = await page.locator("[data-ref='winners'] tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.deepEqual(rows[0], ["Giải Nhất", "1", "Nguyễn Thị Hồng Nhung (SC7K2M9A)", "Phường Bách Quang", "100", "3.195 (lệch 0)", "1:01,999", "09h05 phút 07,120 giây, 13/12/2021", "1.000.000 đồng"]);
  assert.deepEqual([rows[2][2], rows[2][5]], ["Tài khoản đã xóa (SC7K2M9D)", "không dự đoán"]);
  for (const sentence of ["Xem trước, chưa công bố. Không chép", "Còn chờ giá trị bốc thăm", "nhanh hơn thời gian tối thiểu", "Hạng 2: Đỗ Văn Ẩm (SC7K2M9B); Đặng Thị Ơn (SC7K2M9C)", "Tổng tiền giải: 1.700.000 đồng."]) await page.getByText(sentence).first().waitFor();
  assert.equal(await page.locator(".hc-watermark").isVisible(), true);
  await press(page, "Về Kết quả và văn bản");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Xem trước kết quả");
}));

test("what is public already bears no mark, and a list that is not ready says so at the round", async () => {
  await at(async (page) => {
    await press(page, "Xem kết quả có tên: Tuần thứ Nhất");
    await page.getByText("Đây là bản 2, đã công bố.").waitFor();
    assert.equal(await page.locator(".hc-watermark").isVisible(), false);
  }, { ...published, desk: { ...published.desk, results: { ...has.RESULTS, is_published: true, edition: 2, awaits_draw: false } } });
  await at(async (page) => {
    await press(page, "Xem trước kết quả: Tuần thứ Nhất");
    await card(page, "Tuần thứ Nhất").getByRole("alert").getByText("Danh sách đang được lập.").waitFor();
  }, { answer: { results: () => problem(409, "review_being_made", "Danh sách đang được lập.") } });
});

test("documents stand by version: the newest open, older ones struck out, with size, hash and status", () => at(async (page) => {
  const first = card(page, "Tuần thứ Nhất");
  const newest = first.locator("details").first();
  assert.equal(await newest.getAttribute("open"), "");
  assert.equal(await first.locator("details").nth(1).getAttribute("open"), null);
  await page.getByText("Bản 1, đã bị bản mới hơn thay").click();
  assert.equal(await first.locator("details").nth(1).locator("[data-old]").first().evaluate((name) => getComputedStyle(name).textDecorationLine), "line-through");
  const row = newest.getByRole("row", { name: /Phụ lục danh sách đạt giải/ });
  assert.deepEqual(await row.locator("td").allTextContents(), ["9,4 MB", has.DOCUMENTS.versions[1].files[1].sha256, "Tải về"]);
  await newest.getByText("Giấy chứng nhận, phần 2").waitFor();
  await newest.getByText("Chưa làm được: kế hoạch không ghi ai được biểu dương.").waitFor();
  await newest.getByText("Tạm thời", { exact: true }).waitFor();
  await page.getByText("Báo cáo tổng kết").waitFor();
}, published));

test("a document comes in parts, which are joined, and is kept only with the hash that the list names", async () => {
  await at(async (page, server) => {
    const [saved] = await Promise.all([page.waitForEvent("download"), press(page, "Tải về: Phụ lục danh sách đạt giải, Tuần thứ Nhất: Bản 2")]);
    assert.equal(saved.suggestedFilename(), "annex.pdf");
    assert.equal(readFileSync(await saved.path(), "utf8"), has.BYTES.repeat(3));
    await page.getByText("Đã tải annex.pdf. Mã SHA-256 đã tính lại và khớp").waitFor();
    assert.deepEqual(asked(server, "part").map(({ path }) => path.split("/documents/")[1]), [1, 2, 3].map((n) => `tuan-1/2/annex.pdf/parts/${n}`));
  }, published);
  await at(async (page) => {
    await press(page, "Tải về: Thông báo kết quả, Tuần thứ Nhất: Bản 2");
    await page.getByText("notice.docx tải về không khớp với mã SHA-256 của tệp nên không được lưu.").waitFor();
  }, { ...published, answer: { part: () => ({ status: 200, body: "khác", headers: { "content-type": "application/octet-stream" } }) } });
});

test("what holds dates of birth asks for a second factor first", () => at(async (page, server) => {
  const saved = page.waitForEvent("download");
  await press(page, "Tải về: Danh sách trao giải, Tuần thứ Nhất: Bản 2");
  const over = page.getByRole("dialog", { name: "Xác nhận lại" });
  await over.getByLabel("Mã xác nhận").fill("123456");
  await page.keyboard.press("Enter");
  assert.equal((await saved).suggestedFilename(), "winners.xlsx");
  assert.equal(asked(server, "part").length, 2);
}, { ...published, answer: { part: (usual, tries) => (tries === 1 ? problem(403, "step_up_needed", "Cần xác nhận lại.") : usual()) } }));

test("parts are read in their order, and another hash gives nothing", async () => {
  const parts = ["a", "b", "c"].map((text) => new Blob([text]));
  const sha256 = createHash("sha256").update("abc").digest("hex");
  const read = (path) => Promise.resolve(parts[Number(path.split("/").at(-1)) - 1]);
  const told = [];
  const whole = await documentBytes("x", { parts: 3, sha256 }, { onPart: (part, of) => told.push([part, of]), readPart: read });
  assert.equal(await whole.text(), "abc");
  assert.deepEqual(told, [[1, 3], [2, 3], [3, 3]]);
  assert.equal(await documentBytes("x", { parts: 2, sha256 }, { onPart: () => {}, readPart: read }), null);
});

test("a later publication is shown with its weekday before it is written, and written with the reason", () => {
  let reason = null;
  const own = { file: { ...STORED } };
  const save = ["PUT", /\/files\/contest\.toml$/, "save", (text, _match, request) => {
    reason = decodeURIComponent(request.headers.reason);
    own.file = { text, etag: '"v1"' };
    own.saves = 1;
    return json(202, { version_id: "v1" }, { etag: '"v1"' });
  }];
  return at(async (page, server) => {
    await press(page, "Hoãn công bố: Tuần thứ Nhất");
    await page.getByText("Đang định công bố lúc 08h00, Thứ Hai 20/12/2021, còn").waitFor();
    await press(page, "Về Kết quả và văn bản");
    await askToPostpone(page);
    await page.getByText("Công bố mới: 14h00, Thứ Hai 20/12/2021, còn").waitFor();
    assert.deepEqual(body(server, "plan").set, [{ path: ["rounds", "tuan-1", "publishes"], value: "14h00 20/12/2021" }]);
    assert.equal(asked(server, "save").length, 0);
    await press(page, "Hoãn công bố");
    await page.getByText("Đã hoãn: kết quả Tuần thứ Nhất công bố lúc 14h00, Thứ Hai 20/12/2021.").waitFor();
    assert.equal(reason, "Còn xem lại hai bài");
    await press(page, "Về Kết quả và văn bản");
    await card(page, "Tuần thứ Nhất").getByText("14h00, Thứ Hai 20/12/2021").waitFor();
  }, { own, routes: [save], answer: { plan: later("2021-12-20T07:00:00.000Z"), report: () => json(200, { version_id: "v1", status: "accepted", errors: [], warnings: [] }) } });
});

test("once the round has closed a second person approves the later publication", () => at(async (page, server) => {
  await askToPostpone(page);
  await page.getByText("Công bố mới:").waitFor();
  await press(page, "Hoãn công bố");
  await page.getByText("cần người thứ hai duyệt: đề nghị đã được gửi. Nếu không ai duyệt trước 08h00, Thứ Hai 20/12/2021, kết quả vẫn công bố theo giờ cũ.").waitFor();
  const { kind, toml, reason } = body(server, "propose");
  assert.deepEqual([kind, reason, toml.startsWith(PLAN.toml)], ["plan", "Còn xem lại hai bài", true]);
  assert.match(await page.getByRole("link", { name: "Xem đề nghị này" }).getAttribute("href"), /decisions\.html\?c=.+&p=abcdefghijklmnop$/);
}, { answer: { plan: later("2021-12-20T07:00:00.000Z"), save: () => problem(403, "needs_proposal", "Cần hai người.") } }));

test("an earlier moment, one that cannot be read, and a plan that somebody changed are told", async () => {
  await at(async (page, server) => {
    await askToPostpone(page, "07h00 20/12/2021");
    await page.getByRole("link", { name: "Thời điểm mới phải muộn hơn 08h00, Thứ Hai 20/12/2021" }).waitFor();
    await page.getByLabel("Công bố lúc nào").fill("mai");
    await press(page, "Xem thời điểm mới");
    await page.getByRole("link", { name: "Không đọc được thời điểm." }).waitFor();
    assert.equal(asked(server, "save").length, 0);
  }, { answer: { plan: (usual, tries) => {
    if (tries === 1) return later("2021-12-20T00:00:00.000Z")(usual);
    const answer = JSON.parse(usual().body);
    return json(200, { ...answer, facts: { ...answer.facts, timeline: [] }, errors: [{ message: "Không đọc được thời điểm." }] });
  } } });
  await at(async (page) => {
    await askToPostpone(page);
    await page.getByText("Công bố mới:").waitFor();
    await press(page, "Hoãn công bố");
    await page.getByText("Có người vừa lưu kế hoạch.").waitFor();
    assert.equal(await page.getByLabel("Lý do").first().inputValue(), "Còn xem lại hai bài");
  }, { answer: { plan: later("2021-12-20T07:00:00.000Z"), save: () => problem(409, "changed_meanwhile", "Có người vừa lưu tệp này.") } });
});

test("recognition is proposed with number and date, tried at once, and read on its own page", () => at(async (page, server) => {
  await press(page, "Công nhận kết quả: Tuần thứ Nhất");
  await page.getByLabel("Số quyết định công nhận").fill("12/QĐ-BTC");
  await page.getByLabel("Ngày quyết định").fill("24/12/2021");
  await page.locator("#reason").fill("Công nhận kết quả tuần thứ Nhất");
  await page.locator("[data-ref='recognize-form']").getByRole("button", { name: "Gửi và tính thử" }).click();
  await page.waitForURL(/decisions\.html\?c=.+&p=abcdefghijklmnop$/);
  assert.deepEqual(body(server, "propose"), { kind: "decisions", changes: [{ action: "recognize", round: "tuan-1" }], reason: "Công nhận kết quả tuần thứ Nhất", decision: { number: "12/QĐ-BTC", date: "24/12/2021" } });
  assert.equal(asked(server, "try").length, 1);
}, published));

test("what stands over the contest is offered for recognition only where its rounds are official already", async () => {
  const { versions } = has.DOCUMENTS;
  const overall = { ...versions[1], round: "overall", round_name: null, version: 2 };
  const official = [1, 2].map((n) => ({ ...versions[1], round: `tuan-${n}`, version: n === 1 ? 2 : 1, status: "official" }));
  const overview = { ...has.PUBLISHED, rounds: has.PUBLISHED.rounds.map((round, n) => ({ ...round, phase: "published", version: n === 0 ? 2 : 1 })) };
  for (const [all, isOffered] of [[[...versions, overall], false], [[...official, overall], true], [[...official, { ...overall, status: "official" }], false]]) {
    await at(async (page) => {
      await card(page, "Toàn cuộc thi").waitFor();
      assert.equal(await page.getByRole("button", { name: "Công nhận kết quả: Toàn cuộc thi" }).isVisible(), isOffered);
    }, { ...published, desk: { overview, documents: { versions: all } } });
  }
});

test("whoever takes results only downloads; an organizer cannot move the end of a round that is open", async () => {
  await at(async (page) => {
    assert.deepEqual(await page.getByRole("article").getByRole("button", { name: /Hoãn|Công nhận|Xem/ }).allTextContents(), []);
    assert.equal(await page.getByRole("button", { name: /^Tải về: Thông báo/ }).first().isVisible(), true);
  }, { ...published, me: has.OFFICIAL });
  await at(async (page) => {
    assert.deepEqual(await page.getByRole("article").getByRole("button", { name: /Hoãn|Công nhận|Xem/ }).allTextContents(), ["Xem kết quả có tên", "Công nhận kết quả"]);
  }, { ...published, me: has.ORGANIZER });
});
