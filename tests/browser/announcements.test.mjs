// What organizers tell on the page of a contest, where they write it and where it is read, on the stand-in server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, view } from "./support/chromium.mjs";
import { AUTHOR, CONTEST, consoleRoutes, LEAD, OVERVIEW, REPORT, withSession } from "./support/console.mjs";
import { contest as PUBLIC } from "./support/fixture.mjs";
import { json, problem } from "./support/stand-in.mjs";
import { visit } from "./support/visit.mjs";

const FILE = "announcements.csv";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A contest with these announcements, the newest first, that takes the file as the importer would. */
function contestWith(announcements, more = {}) {
  const kept = { announcements, saves: 0, files: [], phase: "ahead", report: { ...REPORT, status: "accepted", errors: [], warnings: [] }, ...more };
  const tag = () => (kept.saves ? `"${FILE}-${kept.saves}"` : null);
  const overview = () => ({ ...OVERVIEW, phase: kept.phase, files: [...OVERVIEW.files, ...(tag() ? [{ ...OVERVIEW.files[0], name: FILE, etag: tag() }] : [])] });
  const take = (body, _match, request) => {
    if ((request.headers["if-match"] ?? null) !== tag()) return problem(409, "changed_meanwhile", "Có người vừa lưu tệp này.");
    kept.saves += 1;
    kept.files.push(body);
    const lines = body.replace("\uFEFF", "").trim().split("\r\n").slice(1).map((line) => line.slice(1, -1).split('";"').map((cell) => cell.replaceAll('""', '"')));
    if (kept.report.status === "accepted") kept.announcements = lines.reverse().map(([day, text]) => ({ date: day.split("/").reverse().join("-"), text }));
    return json(202, { version_id: `v${kept.saves}`, etag: tag() });
  };
  kept.routes = [
    ["GET", /^\/v1\/organizer\/contests\/[^/]+$/, "overview", () => json(200, overview())],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+\/public$/, "public", () => json(200, { ...PUBLIC, announcements: kept.announcements.length ? kept.announcements : undefined })],
    ["PUT", /files\/announcements\.csv$/, "announce", take],
    ["GET", /files\/announcements\.csv\/report$/, "announce-report", () => json(200, { ...kept.report, file: FILE, version_id: `v${kept.saves}` })],
  ];
  return kept;
}

const home = (kept, check, { me = LEAD } = {}) => visit(browser, { now: OVERVIEW.now, routes: [...kept.routes, ...consoleRoutes({ me })] }, async (page) => {
  await withSession(page, me);
  await page.goto(`/organizer/index.html?c=${CONTEST}`);
  await view(page, "contest").waitFor();
  const part = page.getByRole("region", { name: "Thông báo trên trang cuộc thi" });
  await check(part, page);
}, { viewport: { width: 1366, height: 768 } });
const items = (part) => part.getByRole("listitem").locator("[data-text='text']").allTextContents();
const post = async (part, text) => {
  await part.getByLabel("Thông báo mới").fill(text);
  await part.getByRole("button", { name: "Đăng thông báo" }).click();
};
const LINES = [{ date: "2021-12-10", text: "Đổi hội trường." }, { date: "2021-12-09", text: "=Có tài liệu mới." }];

test("one line is told with today's day, above those that stand there", async () => {
  const kept = contestWith([]);
  await home(kept, async (part, page) => {
    await part.getByText("Chưa có thông báo nào.").waitFor();
    await post(part, "  ");
    await part.getByRole("link", { name: "Viết nội dung thông báo" }).waitFor();
    await post(part, "Vòng 1 kéo dài đến 17h00;\n xem “Thể lệ”, gọi là \"lùi giờ\".");
    await part.getByText("Đã đăng. Ai mở trang cuộc thi từ bây giờ đều thấy.").waitFor();
    assert.equal(await part.getByLabel("Thông báo mới").inputValue(), "");
    await part.getByText("11/12/2021", { exact: true }).waitFor();
    await post(part, "Có tài liệu mới.");
    await part.getByText("Có tài liệu mới.").waitFor();
    assert.deepEqual(await items(part), ["Có tài liệu mới.", "Vòng 1 kéo dài đến 17h00; xem “Thể lệ”, gọi là \"lùi giờ\"."]);
    assert.equal(await page.locator("#announcement-error").isVisible(), false);
  });
  assert.equal(kept.files[0], "\uFEFF\"Ngày\";\"Nội dung\"\r\n\"11/12/2021\";\"Vòng 1 kéo dài đến 17h00; xem “Thể lệ”, gọi là \"\"lùi giờ\"\".\"\r\n");
  await home(contestWith([], { phase: "draft" }), async (part) => {
    await post(part, "Sắp có thể lệ.");
    await part.getByText("Đã ghi. Cuộc thi còn là bản nháp").waitFor();
  });
});

test("what is taken away comes back into the field, and the others stay as they were written", async () => {
  const kept = contestWith(LINES);
  await home(kept, async (part) => {
    await part.getByRole("button", { name: "Gỡ thông báo: Đổi hội trường." }).click();
    await part.getByText("Đã gỡ. Nội dung vẫn ở ô bên trên").waitFor();
    assert.equal(await part.getByLabel("Thông báo mới").inputValue(), "Đổi hội trường.");
    assert.deepEqual(await items(part), ["=Có tài liệu mới."]);
    await part.getByRole("button", { name: "Gỡ thông báo: =Có tài liệu mới." }).click();
    await part.getByText("Chưa có thông báo nào.").waitFor();
  });
  assert.match(kept.files[0], /"09\/12\/2021";"=Có tài liệu mới\."/);
  assert.equal(kept.files[1], "\uFEFF\"Ngày\";\"Nội dung\"\r\n");
});

test("nobody writes over what somebody else wrote, and what was typed stays", async () => {
  const kept = contestWith(LINES);
  await home(kept, async (part) => {
    await part.getByText("Đổi hội trường.").waitFor();
    kept.saves += 1;
    kept.announcements = [{ date: "2021-12-11", text: "Của người khác." }, ...LINES];
    await post(part, "Của tôi.");
    await part.getByText("Người khác vừa sửa danh sách thông báo.").waitFor();
    assert.equal(await part.getByLabel("Thông báo mới").inputValue(), "Của tôi.");
    assert.deepEqual(await items(part), ["Của người khác.", "Đổi hội trường.", "=Có tài liệu mới."]);
    await part.getByRole("button", { name: "Đăng thông báo" }).click();
    await part.getByText("Đã đăng.").waitFor();
    assert.deepEqual((await items(part)).slice(0, 2), ["Của tôi.", "Của người khác."]);
  });
});

test("what the importer refuses is told in its words, and nothing has changed", async () => {
  const errors = [{ sheet: null, row: 3, column: "Nội dung", code: "too_long", message: "Dài quá 500 ký tự." }];
  await home(contestWith(LINES, { report: { ...REPORT, errors } }), async (part) => {
    await post(part, "Dài.");
    await part.getByRole("link", { name: "Dài quá 500 ký tự." }).waitFor();
    assert.equal(await part.getByLabel("Thông báo mới").inputValue(), "Dài.");
    assert.equal((await items(part)).length, 2);
  });
});

test("whoever may not write reads, and sees no part where there is nothing to read", async () => {
  const me = { ...AUTHOR };
  await home(contestWith(LINES), async (part) => {
    await part.getByText("Đổi hội trường.").waitFor();
    assert.equal(await part.getByRole("button").count(), 0);
  }, { me });
  await home(contestWith([]), async (part, page) => {
    await page.getByRole("heading", { name: "Các tệp của cuộc thi" }).waitFor();
    await page.waitForFunction(() => document.querySelector("[data-ref='announcements-part']").hidden);
    assert.equal(await part.count(), 0);
  }, { me });
});

test("on the contest's page the three newest are open and older ones are folded away; without any there is no part", async () => {
  const lines = ["Năm.", "Bốn.", "Ba.", "Hai.", "Một."].map((text, at) => ({ date: `2021-12-${15 - at}`, text }));
  const told = (announcements, check) => visit(browser, { now: "2021-12-15T02:00:00.000Z", answer: { contest: () => json(200, { ...PUBLIC, announcements }) } }, async (page) => {
    await page.goto(`/contest.html?c=${CONTEST}`);
    await view(page, "ready").waitFor();
    await check(page.getByRole("region", { name: "Thông báo", exact: true }));
  });
  await told(lines, async (part) => {
    assert.deepEqual(await part.locator("[data-text='text']:visible").allTextContents(), ["Năm.", "Bốn.", "Ba."]);
    await part.getByText("15/12/2021").waitFor();
    await part.getByText("Thông báo cũ hơn").click();
    assert.deepEqual(await part.locator("[data-text='text']:visible").allTextContents(), ["Năm.", "Bốn.", "Ba.", "Hai.", "Một."]);
  });
  await told(lines.slice(0, 3), async (part) => assert.equal(await part.getByText("Thông báo cũ hơn").isVisible(), false));
  await told(undefined, async (part) => assert.equal(await part.count(), 0));
});
