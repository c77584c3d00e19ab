// The states a contestant can meet, each with the steps that lead there on the stand-in server.

import { CONTEST, contest, me, ROUND, SESSION, sound, soundReceipt } from "./fixture.mjs";
import { view } from "./chromium.mjs";
import * as desk from "./console.mjs";
import { DESK_STATES } from "./desk-states.mjs";
import { overContest, rankedContest } from "./over-contest.mjs";
import { json, problem } from "./stand-in.mjs";

const OPEN = "2021-12-14T02:00:00.000Z";
const PUBLISHED = "2021-12-21T02:00:00.000Z";
const BEFORE = "2021-12-11T02:00:00.000Z";
const UNANNOUNCED = "2021-12-09T02:00:00.000Z";
const CLOSED = "2021-12-19T10:00:00.000Z";
const DUE = "2021-12-20T01:00:05.000Z";

const OVER = "2021-12-28T02:00:00.000Z";

const submitted = [1, 2, 3].map((attempt) => ({ attempt, status: "submitted", started_at: "2021-12-13T02:00:00.000Z", submitted_at: "2021-12-13T02:05:07.120Z" }));
const running = [{ attempt: 1, status: "open", started_at: OPEN, submitted_at: null }];
const registrationOver = { contest: () => json(200, { ...contest, registration: { ...contest.registration, closes: "2021-12-13T02:00:00.000Z" } }) };

/** A page at an address, with somebody signed in or not, until one of its views is there. */
const at = (address, name, signedIn = true) => async (page) => {
  if (signedIn) await signIn(page);
  await page.goto(address);
  await view(page, name).waitFor();
};

export const signIn = (page) => page.addInitScript(([key, session]) => localStorage.setItem(key, session), [`hoithi.session.${CONTEST}`, JSON.stringify(SESSION)]);

export const ADDRESS = {
  contest: `/contest.html?c=${CONTEST}`,
  register: `/register.html?c=${CONTEST}`,
  signIn: `/sign-in.html?c=${CONTEST}`,
  round: `/round.html?c=${CONTEST}&r=${ROUND}`,
  results: `/results.html?c=${CONTEST}&r=${ROUND}`,
  overall: `/results.html?c=${CONTEST}&r=overall`,
  erase: `/erase.html?c=${CONTEST}`,
  account: `/account.html?c=${CONTEST}`,
  lostSecret: `/lost-secret.html?c=${CONTEST}`,
  verify: `/verify.html?c=${CONTEST}&r=${ROUND}`,
};

const reset = { me: () => json(200, { ...me([]), secret_reset_at: "2021-12-10T02:00:00.000Z" }) };

const ranked = { contest: () => json(200, rankedContest) };

const soundFile = (_usual, _tries, _body, path) => ({ status: 200, body: sound[path.replace("/contests/", "")], headers: { "content-type": "text/plain" } });

/** A certificate for a prize, and one over the contest; files answer what `certificate` says. */
export const certified = (certificate) => ({
  certificates: () => json(200, { certificates: [
    { id: `${ROUND}-70878b7af9ede037`, round: ROUND, name: "Giải Nhất", tier: "first", version: 1, status: "provisional", path: "" },
    { id: "overall-d21906d768d7cbed", round: "overall", name: "Giấy chứng nhận hoàn thành", tier: null, version: 2, status: "official", path: "" },
  ] }),
  certificate,
});
export const beingMade = () => json(202, { status: "being_made" }, { "retry-after": "1" });
export const printed = () => ({ status: 200, body: "%PDF-1.7\n", headers: { "content-type": "application/pdf" } });
export const downloadOf = (page, name) => page.getByRole("button", { name: `Tải giấy chứng nhận (PDF): ${name}` });

async function askForCertificate(page) {
  await at(ADDRESS.contest, "ready")(page);
  await downloadOf(page, "Giải Nhất").click();
}

export async function openPaper(page) {
  await signIn(page);
  await page.goto(ADDRESS.round);
  await page.getByRole("button", { name: "Bắt đầu lượt 1" }).click();
  await view(page, "paper").waitFor();
}

export async function answerAll(page) {
  await page.locator("#cau-1").getByLabel("Chính phủ").check();
  await page.locator("#cau-2").getByLabel("Quốc hội").check();
  await page.locator("#cau-2").getByLabel("Bộ Nội vụ").check();
  await page.locator("#cau-3").getByLabel("Chính phủ").check();
  await page.getByLabel("Câu hỏi dự đoán").fill("3.200");
}

const ready = (page) => view(page, "ready").waitFor();

/** name → {now, published?, go}; `go` ends when the state is on the page. */
export const STATES = {
  "index-empty": { now: OPEN, answer: { index: () => json(403, {}) }, go: async (page) => { await page.goto("/"); await view(page, "empty").waitFor(); } },
  index: { now: OPEN, async go(page) { await page.goto("/"); await ready(page); } },
  "contest-before": { now: BEFORE, async go(page) { await page.goto(ADDRESS.contest); await ready(page); } },
  "contest-open": { now: OPEN, async go(page) { await page.goto(ADDRESS.contest); await ready(page); } },
  "contest-signed-in": { now: PUBLISHED, published: true, async go(page) { await signIn(page); await page.goto(ADDRESS.contest); await ready(page); } },
  "contest-certificates": { now: PUBLISHED, published: true, answer: certified(printed), async go(page) {
    await at(ADDRESS.contest, "ready")(page);
    await downloadOf(page, "Giải Nhất").waitFor();
  } },
  "contest-certificate-being-made": { now: PUBLISHED, published: true, answer: certified(beingMade), async go(page) {
    await askForCertificate(page);
    await page.getByText("Đang in giấy chứng nhận").waitFor();
  } },
  "contest-certificate-saved": { now: PUBLISHED, published: true, answer: certified(printed), async go(page) {
    await askForCertificate(page);
    await page.getByText("Đã tải giấy chứng nhận").waitFor();
  } },
  "contest-certificate-lost": { now: PUBLISHED, published: true, async go(page) {
    await askForCertificate(page);
    await page.getByRole("alert").filter({ hasText: "Bạn không có giấy chứng nhận này" }).waitFor();
  }, answer: certified(() => problem(404, "no_such_certificate", "Bạn không có giấy chứng nhận này trong kết quả hiện hành. Xin tải lại trang để xem các giấy hiện có.")) },
  "contest-registration-ahead": { now: UNANNOUNCED, go: at(ADDRESS.contest, "ready", false) },
  "contest-registration-over": { now: OPEN, answer: registrationOver, go: at(ADDRESS.contest, "ready", false) },
  "contest-registered": { now: BEFORE, go: at(ADDRESS.contest, "ready") },
  "contest-enter": { now: OPEN, go: at(ADDRESS.contest, "ready") },
  "contest-running": { now: OPEN, attempts: running, go: at(ADDRESS.contest, "ready") },
  "contest-used-up": { now: OPEN, attempts: submitted, go: at(ADDRESS.contest, "ready") },
  "contest-closed": { now: CLOSED, attempts: submitted, go: at(ADDRESS.contest, "ready") },
  "contest-due": { now: DUE, go: at(ADDRESS.contest, "ready", false) },
  "contest-over": { now: OVER, published: true, go: at(ADDRESS.contest, "ready", false) },
  "contest-missing": { now: OPEN, answer: { contest: () => problem(404, "no_such_contest", "Không có cuộc thi này. Xin kiểm tra lại đường dẫn.") }, async go(page) { await page.goto(ADDRESS.contest); await view(page, "error").waitFor(); } },
  register: { now: OPEN, async go(page) { await page.goto(ADDRESS.register); await view(page, "form").waitFor(); } },
  "register-ahead": { now: UNANNOUNCED, go: at(ADDRESS.register, "not-open", false) },
  "register-over": { now: OPEN, answer: registrationOver, go: at(ADDRESS.register, "not-open", false) },
  "register-signed-in": { now: OPEN, go: at(ADDRESS.register, "signed-in") },
  "register-errors": { now: OPEN, async go(page) {
    await page.goto(ADDRESS.register);
    await page.getByRole("button", { name: "Đăng ký", exact: true }).click();
    await page.getByRole("alert").waitFor();
  } },
  registered: { now: OPEN, async go(page) {
    await page.goto(ADDRESS.register);
    await fillRegistration(page);
    await page.getByRole("button", { name: "Đăng ký", exact: true }).click();
    await view(page, "done").waitFor();
  } },
  "sign-in": { now: OPEN, async go(page) { await page.goto(ADDRESS.signIn); await view(page, "form").waitFor(); } },
  "sign-in-refused": { now: OPEN, answer: { "sign-in": () => problem(401, "wrong_credentials", "Thông tin đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra rồi thử lại.") }, async go(page) {
    await page.goto(ADDRESS.signIn);
    await page.getByLabel("Số căn cước, số điện thoại hoặc mã dự thi").fill("SC7K2M9Q");
    await page.getByLabel("Mật khẩu", { exact: true }).fill("sai-mat-khau");
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await page.getByRole("alert").waitFor();
  } },
  "round-signed-out": { now: OPEN, async go(page) { await page.goto(ADDRESS.round); await view(page, "sign-in").waitFor(); } },
  "round-before": { now: BEFORE, go: at(ADDRESS.round, "ready") },
  "round-running": { now: OPEN, attempts: running, go: at(ADDRESS.round, "ready") },
  "round-used-up": { now: OPEN, attempts: submitted, go: at(ADDRESS.round, "ready") },
  "round-closed": { now: CLOSED, attempts: submitted, go: at(ADDRESS.round, "ready") },
  "round-published": { now: PUBLISHED, published: true, attempts: submitted, go: at(ADDRESS.round, "ready") },
  "round-ready": { now: OPEN, async go(page) { await signIn(page); await page.goto(ADDRESS.round); await ready(page); } },
  paper: { now: OPEN, async go(page) { await openPaper(page); await page.locator("#cau-2").getByLabel("Quốc hội").check(); } },
  "paper-unanswered": { now: OPEN, async go(page) {
    await openPaper(page);
    await page.locator("#cau-1").getByLabel("Chính phủ").check();
    await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
    await page.getByRole("button", { name: "Vẫn nộp bài" }).waitFor();
  } },
  "paper-prediction-wrong": { now: OPEN, async go(page) {
    await openPaper(page);
    await page.getByLabel("Câu hỏi dự đoán").fill("3,2");
    await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
    await page.getByRole("alert").waitFor();
  } },
  sending: { now: OPEN, answer: { submit: () => problem(503, "busy", "Hệ thống đang bận.", {}, { "retry-after": "20" }) }, async go(page) {
    await openPaper(page);
    await answerAll(page);
    await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
    await page.getByRole("button", { name: "Gửi lại ngay" }).waitFor();
  } },
  receipt: { now: OPEN, async go(page) {
    await openPaper(page);
    await answerAll(page);
    await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
    await view(page, "receipt").waitFor();
    await page.getByText("Chữ ký của biên nhận đúng").waitFor();
  } },
  refused: { now: OPEN, answer: { submit: () => problem(403, "attempt_expired", "Lượt thi đã hết giờ lúc 09h15; bài gửi sau giờ này không được nhận.") }, async go(page) {
    await openPaper(page);
    await answerAll(page);
    await page.getByRole("button", { name: "Nộp bài", exact: true }).click();
    await view(page, "refused").waitFor();
  } },
  "results-waiting": { now: CLOSED, async go(page) { await page.goto(ADDRESS.results); await view(page, "waiting").waitFor(); } },
  results: { now: PUBLISHED, published: true, async go(page) {
    await signIn(page);
    await page.goto(ADDRESS.results);
    await page.getByText("Bạn xếp hạng 17.201").waitFor();
    await page.getByRole("rowheader", { name: "Xã Ân Châu" }).waitFor();
  } },
  "overall-waiting": { now: CLOSED, go: at(ADDRESS.overall, "waiting", false) },
  "overall-provisional": { now: PUBLISHED, published: true, overContest: overContest.provisional, go: at(ADDRESS.overall, "ready", false) },
  overall: { now: OVER, answer: ranked, overContest: overContest.final, async go(page) {
    await at(ADDRESS.overall, "ready")(page);
    await page.getByText("Bạn xếp hạng 60 toàn cuộc thi").waitFor();
  } },
  "overall-official": { now: OVER, answer: ranked, overContest: overContest.official, go: at(ADDRESS.overall, "ready", false) },
  verify: { now: PUBLISHED, answer: { contest: soundFile, published: soundFile }, async go(page) {
    await page.goto("/verify.html?c=thi-thu&r=vong-1");
    await page.getByText("Mọi điều đã kiểm tra đều đúng.").first().waitFor();
    await page.getByLabel("Biên nhận", { exact: true }).fill(soundReceipt);
    await page.getByRole("button", { name: "Kiểm tra biên nhận" }).click();
    await page.getByText("đúng như đã nộp. Chữ ký đúng.").waitFor();
  } },
  "verify-broken": { now: PUBLISHED, published: true, async go(page) {
    await page.goto(ADDRESS.verify);
    await page.getByText("v1/ledger.jsonl: không có tệp này").waitFor();
    await page.getByLabel("Biên nhận", { exact: true }).fill("xin chào");
    await page.getByRole("button", { name: "Kiểm tra biên nhận" }).click();
    await page.getByText("Đây không phải biên nhận bài thi.").waitFor();
  } },
  "verify-cut": { now: PUBLISHED, answer: { contest: soundFile, published: soundFile }, async go(page) {
    await page.goto("/verify.html?c=thi-thu&r=vong-1");
    await page.getByText("Mọi điều đã kiểm tra đều đúng.").first().waitFor();
    await page.getByLabel("Biên nhận", { exact: true }).fill(soundReceipt.slice(0, -30));
    await page.getByRole("button", { name: "Kiểm tra biên nhận" }).click();
    await page.getByText("Biên nhận dán chưa đủ").waitFor();
  } },
  "lost-secret": { now: OPEN, go: at(ADDRESS.lostSecret, "form", false) },
  "lost-secret-refused": { now: OPEN, answer: { "use-slip": () => problem(401, "wrong_credentials", "Chưa đúng.") }, async go(page) {
    await at(ADDRESS.lostSecret, "form", false)(page);
    await useSlip(page);
    await page.getByRole("alert").getByText("Mã trên phiếu chưa đúng").waitFor();
  } },
  "lost-secret-set": { now: OPEN, async go(page) {
    await at(ADDRESS.lostSecret, "form", false)(page);
    await useSlip(page);
    await view(page, "done").waitFor();
  } },
  "account-signed-out": { now: OPEN, go: at(ADDRESS.account, "sign-in", false) },
  "account-before": { now: BEFORE, answer: reset, go: at(ADDRESS.account, "ready") },
  "account-open": { now: OPEN, go: at(ADDRESS.account, "ready") },
  "account-over": { now: OVER, go: at(ADDRESS.account, "ready") },
  "account-refused": { now: BEFORE, answer: { correct: () => problem(409, "already_registered", "Thông tin này đã được đăng ký dự thi.") }, async go(page) {
    await at(ADDRESS.account, "ready")(page);
    await page.getByLabel("Số điện thoại mới").fill("0987 654 321");
    await page.getByRole("button", { name: "Lưu thông tin" }).click();
    await page.getByRole("alert").getByText("đã được đăng ký dự thi").waitFor();
  } },
  "account-ended": { now: OPEN, async go(page) {
    await at(ADDRESS.account, "ready")(page);
    await page.getByRole("button", { name: "Đăng xuất khỏi mọi thiết bị" }).click();
    await view(page, "ended").waitFor();
  } },
  "contest-secret-reset": { now: BEFORE, answer: reset, go: at(ADDRESS.contest, "ready") },
  "erase-signed-out": { now: OPEN, go: at(ADDRESS.erase, "sign-in", false) },
  erase: { now: OPEN, go: at(ADDRESS.erase, "form") },
  "erase-refused": { now: OPEN, answer: { "sign-in": () => problem(401, "wrong_credentials", "Thông tin đăng nhập hoặc mật khẩu chưa đúng.") }, async go(page) {
    await at(ADDRESS.erase, "form")(page);
    await askToErase(page);
    await page.getByRole("alert").getByText("Mật khẩu chưa đúng. Tài khoản chưa bị xóa.").waitFor();
  } },
  erased: { now: OPEN, async go(page) {
    await at(ADDRESS.erase, "form")(page);
    await askToErase(page);
    await view(page, "done").waitFor();
  } },
  fallback: { now: OPEN, async go(page) {
    await page.route("**/js/format.mjs", (route) => route.abort());
    await page.goto(ADDRESS.contest);
    await page.getByText("Trang chưa chạy được").waitFor();
  } },
  help: { now: OPEN, async go(page) { await page.goto("/help.html"); } },
  "not-found": { now: OPEN, async go(page) { await page.goto("/khong-co.html"); } },
};

// ---- the console

const DESK_AT = "2021-12-11T04:25:00.000Z"; // far from where an hour changes
const desks = (has = {}) => desk.consoleRoutes({ overview: JSON.parse(JSON.stringify(desk.OVERVIEW)), ...has });

/** A page of the console for somebody who is signed in, until one of its views is there. */
const consoleAt = (name, shown, { act = async () => {}, query = `?c=${desk.CONTEST}`, me = desk.LEAD, ...has } = {}) => ({
  now: DESK_AT,
  routes: desks({ me, ...has }),
  async go(page) {
    await desk.withSession(page, me);
    await page.goto(`/organizer/${name}.html${query}`);
    await view(page, shown).waitFor();
    await act(page);
  },
});
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

async function enrolAsFarAs(page, shown) {
  await page.goto("/organizer/index.html#moi=BG78-8KEG-P9M6-DB8B-S9HK-R03B");
  await view(page, "enrol").waitFor();
  if (shown === "enrol") return press(page, "Tiếp tục");
  await page.getByLabel("Họ và tên").fill("Nguyễn Thị Lan");
  await page.getByLabel("Tên đăng nhập").fill("nguyen.lan");
  await page.getByLabel("Mật khẩu").fill("một câu dài dễ nhớ của tôi");
  await press(page, "Tiếp tục");
  await view(page, "app").waitFor();
  if (shown === "app") return;
  await page.getByLabel("Mã 6 số").fill("123456");
  await press(page, "Xác nhận");
  await view(page, "card").waitFor();
}

Object.assign(STATES, {
  "console-sign-in": { now: DESK_AT, routes: desks(), async go(page) {
    await page.goto("/organizer/index.html");
    await page.getByRole("dialog", { name: "Đăng nhập" }).waitFor();
    await press(page, "Tiếp tục");
    await page.getByText("Nhập tên đăng nhập").waitFor();
  } },
  "console-enrol": { now: DESK_AT, routes: desks(), go: (page) => enrolAsFarAs(page, "enrol") },
  "console-app": { now: DESK_AT, routes: desks(), go: (page) => enrolAsFarAs(page, "app") },
  "console-card": { now: DESK_AT, routes: desks(), go: (page) => enrolAsFarAs(page, "card") },
  "console-contests": consoleAt("index", "contests", { query: "" }),
  "console-contest": consoleAt("index", "contest"),
  "console-plan-begin": consoleAt("plan", "begin", { query: "?new" }),
  "console-plan-extend": consoleAt("plan", "edit", { overview: desk.OPEN, file: { text: desk.PLAN.toml, etag: '"v0"' }, async act(page) {
    await page.getByLabel("Thêm bao nhiêu phút").fill("30");
    await page.getByText("Hạn mới: 17h00, Chủ Nhật 19/12/2021.").waitFor();
  } }),
  "console-banks": consoleAt("banks", "files", { me: desk.AUTHOR, async act(page) {
    await page.getByText("Đang hiện 3 trên 3 chỗ.").waitFor();
    await page.getByRole("article", { name: "Ngân hàng câu hỏi: Tuần thứ Nhất" }).getByLabel("Chọn tệp").setInputFiles({ name: "de-thi.docx", mimeType: "text/plain", buffer: Buffer.from("a") });
    await page.getByText("Tệp chưa được gửi.").first().waitFor();
  } }),
  "console-banks-seal": consoleAt("banks", "files", { async act(page) {
    await page.getByRole("button", { name: "Biên bản niêm phong: Tuần thứ Nhất" }).click();
    await view(page, "seal").waitFor();
  } }),
  "console-banks-reader": consoleAt("banks", "files", { act: (page) => page.getByText("Đang hiện 3 trên 3 chỗ.").waitFor() }),
  "console-people": consoleAt("people", "files"),
  "console-settings": consoleAt("settings", "settings"),
  "console-slip": consoleAt("settings", "settings", { async act(page) {
    await page.getByLabel("Người được mời").fill("Đồng chí Phó Trưởng ban");
    await page.getByLabel("Vai trò", { exact: true }).selectOption("organizer");
    await page.getByLabel("Cho cuộc thi nào").selectOption(desk.CONTEST);
    await press(page, "Làm phiếu cấp quyền");
    await view(page, "slip").waitFor();
  } }),
  "console-person": consoleAt("settings", "settings", { async act(page) {
    await page.getByRole("button", { name: "Xem và sửa: Trần Văn Hòa" }).click();
    await press(page, "Lưu vai trò");
    await page.getByRole("link", { name: "Nhập lý do, để ghi vào nhật ký" }).waitFor();
  } }),
  "console-help": { now: DESK_AT, routes: desks(), async go(page) {
    await desk.withSession(page);
    await page.goto(`/organizer/help.html?c=${desk.CONTEST}#gia-han`);
    await page.getByRole("link", { name: "Người dùng", exact: true }).waitFor();
  } },
  "console-help-signed-out": { now: DESK_AT, async go(page) {
    await page.goto("/organizer/help.html");
    await page.locator("html[data-started]").waitFor({ state: "attached" });
  } },
  "console-log": consoleAt("log", "log", { async act(page) {
    await press(page, "Kiểm tra chuỗi");
    await page.getByText("Chuỗi liền mạch").waitFor();
  } }),
  "console-log-broken": consoleAt("log", "log", { log: desk.chainOf(3).toSpliced(1, 1), async act(page) {
    await press(page, "Kiểm tra chuỗi");
    await page.getByText("Chuỗi đứt ở mục 2").waitFor();
  } }),
});

Object.assign(STATES, DESK_STATES);

export async function askToErase(page, secret = "mật khẩu dài") {
  await page.getByLabel("Mật khẩu của bạn").fill(secret);
  await page.getByRole("button", { name: "Xóa vĩnh viễn tài khoản này" }).click();
}

export async function useSlip(page, code = "7K2M-9QX4-0RTB-5HVC-8WNE-3DJP") {
  await page.getByLabel("Số căn cước, số điện thoại hoặc mã dự thi").fill(" 0912 345 678");
  await page.getByLabel("Mã trên phiếu").fill(code);
  await page.getByRole("textbox", { name: "Mật khẩu mới" }).fill("mật khẩu mới");
  await page.getByRole("button", { name: "Đặt mật khẩu mới" }).click();
}

export async function fillRegistration(page, person = {}) {
  await page.getByLabel("Họ và tên").fill(person.name ?? "Đặng Thị Ơn");
  await page.getByLabel("Ngày", { exact: true }).fill("27");
  await page.getByLabel("Tháng", { exact: true }).fill("3");
  await page.getByLabel("Năm", { exact: true }).fill(person.year ?? "1990");
  await page.getByLabel("Số căn cước").fill(person.citizenId ?? "019190000017");
  await page.getByLabel("Số điện thoại").fill("0912 345 678");
  if (!person.isPlain) await page.getByLabel("Nơi cư trú").check(); // a plain contest asks for no basis
  await page.getByLabel("Tìm đơn vị").fill("bach quang");
  await page.getByLabel("Đơn vị", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Đặt mật khẩu").fill(person.secret ?? "mật khẩu dài");
  await page.getByLabel("Tôi đã đọc và đồng ý").check();
}
