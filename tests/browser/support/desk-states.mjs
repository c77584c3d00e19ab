// The states that organizers meet while a contest runs and after, each with the steps that lead there on the stand-in
// server.

import { view } from "./chromium.mjs";
import { AUTHOR, CONTEST, consoleRoutes, LEAD, OVERVIEW, PLAN, withSession } from "./console.mjs";
import * as has from "./desk.mjs";

const copy = (value) => JSON.parse(JSON.stringify(value));

/** A page of the console until one of its views is there, for somebody who is signed in; `desk` is what the API has. */
export const desk = (name, shown, { act = async () => {}, query = `?c=${CONTEST}`, me = LEAD, now = has.CLOSED_AT, desk: more = {}, file = null, answer = {} } = {}) => ({
  now,
  answer,
  get routes() {
    return [...has.deskRoutes(copy(more)), ...consoleRoutes({ me, file })];
  },
  async go(page) {
    await withSession(page, me);
    await page.goto(`/organizer/${name}.html${query}`);
    await view(page, shown).waitFor();
    await act(page);
  },
});
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const oneProposal = (name) => desk("decisions", "proposal", { query: `?c=${CONTEST}&p=abcdefghijklmnop`, desk: { proposal: has.PROPOSALS[name] } });

const drafted = async (page) => {
  await page.getByText("Phương án B được chọn nhiều hơn").waitFor({ state: "attached" });
  await press(page, "Đưa vào đề nghị: Nguyễn Thị Hồng Nhung (SC7K2M9A)");
  await press(page, "Xếp thứ tự nhóm này");
};

export const STORED = { text: PLAN.toml, etag: '"v0"' };
/** The answer to a plan in which the first round's results come at another moment. */
export const later = (at) => (usual) => {
  const reply = usual();
  const plan = JSON.parse(reply.body);
  plan.facts.timeline.find(({ path }) => path.join(".") === "rounds.0.publishes").at = at;
  return { ...reply, body: JSON.stringify(plan) };
};
export async function askToPostpone(page, typed = "14h00 20/12/2021") {
  await press(page, "Hoãn công bố: Tuần thứ Nhất");
  await page.getByLabel("Công bố lúc nào").fill(typed);
  await page.getByLabel("Lý do").first().fill("Còn xem lại hai bài");
  await press(page, "Xem thời điểm mới");
}

export async function lookUpOne(page) {
  await page.getByLabel("Mã dự thi").fill("SC7K2M9C");
  await press(page, "Tra cứu");
  await page.getByText("Thấy 1 người.").waitFor();
}

export const DESK_STATES = {
  "console-decisions": desk("decisions", "list", { act: (page) => page.getByText("Phương án B được chọn nhiều hơn").waitFor({ state: "attached" }) }),
  "console-decisions-reader": desk("decisions", "list", { me: has.AUDITOR, desk: { proposals: [] }, act: (page) => page.getByText("Phương án B được chọn nhiều hơn").waitFor({ state: "attached" }) }),
  "console-decisions-platform": desk("decisions", "list", { query: "" }),
  "console-decisions-form": desk("decisions", "list", { act: drafted }),
  "console-decisions-faults": desk("decisions", "list", { async act(page) {
    await drafted(page);
    await press(page, "Thêm thay đổi");
    await page.getByLabel("Việc cần làm").last().selectOption("rekey");
    await press(page, "Gửi và tính thử");
    await page.getByRole("link", { name: "Nhập lý do: câu này" }).waitFor();
  } }),
  "console-proposal-draft": oneProposal("draft"),
  "console-proposal-computing": oneProposal("computing"),
  "console-proposal-you": oneProposal("you"),
  "console-proposal-own": oneProposal("own"),
  "console-proposal-others": oneProposal("others"),
  "console-proposal-refused": oneProposal("refused"),
  "console-proposal-nothing": oneProposal("nothing"),
  "console-proposal-approved": oneProposal("approved"),
  "console-proposal-stuck": oneProposal("stuck"),
  "console-proposal-applied": oneProposal("applied"),
  "console-proposal-differs": oneProposal("differs"),
  "console-proposal-stale": oneProposal("stale"),
  "console-proposal-expired": oneProposal("expired"),
  "console-proposal-rejected": oneProposal("rejected"),
  "console-proposal-withdrawn": oneProposal("withdrawn"),
  "console-proposal-plan": oneProposal("plan"),
  "console-proposal-bank": oneProposal("bank"),
  "console-proposal-bank-approved": oneProposal("bank-approved"),
  "console-proposal-reset": oneProposal("reset"),
  "console-proposal-unit": oneProposal("unit"),
  "console-proposal-roles": oneProposal("roles"),
  "console-proposal-slip": { ...oneProposal("reset"), async go(page) {
    await oneProposal("reset").go(page);
    await press(page, "Duyệt");
    await view(page, "slip").waitFor();
  } },
  "console-preview": desk("preview", "preview", { now: has.DRAFTED_AT, desk: { overview: has.DRAFT } }),
  "console-preview-public": desk("preview", "preview", { now: has.OPEN_AT, desk: { overview: has.RUNNING } }),
  "console-preview-none": desk("preview", "none", { desk: { overview: { ...has.DRAFT, rounds: [] } } }),
  "console-draft": desk("index", "contest", { now: has.DRAFTED_AT, desk: { overview: has.DRAFT } }),
  "console-watch": desk("watch", "watch", { now: has.OPEN_AT, desk: { overview: has.RUNNING } }),
  "console-watch-day": desk("watch", "watch", { now: has.OPEN_AT, desk: { overview: has.RUNNING, watch: has.ONE_DAY }, async act(page) {
    await page.getByText("Bảng số liệu theo giờ").click();
    await page.getByLabel("Tìm đơn vị").fill("truong");
    await page.getByText("2 trên 7 đơn vị.").waitFor();
    await press(page, "Đếm ngay");
    await page.getByText("Đã yêu cầu đếm.").waitFor();
  } }),
  "console-watch-ahead": desk("watch", "watch", { now: has.OPEN_AT, desk: { overview: has.RUNNING, watch: { ...has.NO_FIGURES, why_old: "not_open" } }, query: `?c=${CONTEST}&r=tuan-2` }),
  "console-watch-ranked": desk("watch", "watch", { desk: { watch: { ...has.FIGURES, why_old: "ranked" } } }),
  "console-results": desk("results", "list"),
  "console-results-published": desk("results", "list", { now: has.PUBLISHED_AT, desk: { overview: has.PUBLISHED, documents: has.DOCUMENTS }, act: (page) => page.getByText("đã bị bản mới hơn thay").click() }),
  "console-results-official": desk("results", "list", { now: has.PUBLISHED_AT, me: has.OFFICIAL, desk: { overview: { ...has.PUBLISHED, rounds: has.PUBLISHED.rounds.map((round, at) => (at ? round : { ...round, version: 3 })) }, documents: has.OFFICIAL_VERSIONS } }),
  "console-results-preview": desk("results", "list", { async act(page) {
    await press(page, "Xem trước kết quả: Tuần thứ Nhất");
    await view(page, "preview").waitFor();
  } }),
  "console-results-postpone": desk("results", "list", { file: STORED, answer: { plan: later("2021-12-20T07:00:00.000Z") }, async act(page) {
    await askToPostpone(page);
    await page.getByText("Công bố mới: 14h00, Thứ Hai 20/12/2021").waitFor();
  } }),
  "console-results-recognize": desk("results", "list", { now: has.PUBLISHED_AT, desk: { overview: has.PUBLISHED, documents: has.DOCUMENTS }, async act(page) {
    await press(page, "Công nhận kết quả: Tuần thứ Nhất");
    await press(page, "Gửi và tính thử");
    await page.getByRole("link", { name: "Nhập ngày quyết định" }).waitFor();
  } }),
  "console-people-name": desk("people", "files", { async act(page) {
    await page.getByLabel("Tra theo").selectOption("name");
    await page.getByLabel("Họ và tên").fill("nguyen van");
    await press(page, "Tra cứu");
    await page.getByText("Đã đọc hết: thấy 3 người.").waitFor();
  } }),
  "console-people-none": desk("people", "files", { async act(page) {
    await press(page, "Tra cứu");
    await page.getByRole("link", { name: "Nhập mã dự thi" }).waitFor();
  } }),
  "console-people-card": desk("people", "files", { async act(page) {
    await lookUpOne(page);
    await press(page, "Đề nghị cấp phiếu");
    await page.getByRole("link", { name: "Chọn cách đã đối chiếu" }).waitFor();
  } }),
  "console-people-proposed": desk("people", "files", { async act(page) {
    await lookUpOne(page);
    await page.getByLabel("Xem căn cước tại chỗ").check();
    await page.getByLabel("Ai đối chiếu, và lý do").fill("Bà Lan đối chiếu, quên mật khẩu");
    await press(page, "Đề nghị cấp phiếu");
    await page.getByText("Một Thường trực khác duyệt rồi in phiếu").waitFor();
  } }),
  "console-people-erased": desk("people", "files", { me: has.AUDITOR, desk: { card: has.ERASED }, act: lookUpOne }),
  "console-paper": desk("paper", "paper", { async act(page) {
    await press(page, "Xem đề này");
    await page.getByText("Tuần thứ Nhất, đề số 1, 15 phút.").waitFor();
    await page.getByLabel("Bộ Nội vụ").first().check();
  } }),
  "console-paper-secret": desk("paper", "paper", { me: AUTHOR, query: `?c=${CONTEST}&r=tuan-2`, desk: { isSecret: true }, async act(page) {
    await press(page, "Xem đề này");
    await page.getByText("Vòng thi chưa mở: đề này còn là bí mật.").waitFor();
  } }),
  "console-paper-none": desk("paper", "paper", { desk: { overview: OVERVIEW } }),
};
