// The pure modules of the page, run by node: how numbers and times are written, what an entry means.

import assert from "node:assert/strict";
import { test } from "node:test";
import { contest, note, sound, soundReceipt as receipt } from "./support/fixture.mjs";
import { checkNote } from "../../static-site/js/note.mjs";
import { decimal, duration, exactMoment, percent } from "../../static-site/js/figures.mjs";
import { date, dates, integer, minutesAndSeconds, moment, money, span } from "../../static-site/js/format.mjs";
import { autoSubmitAt, bodyOf, deadlineOf, readPrediction, unanswered } from "../../static-site/js/round/sheet.mjs";
import { restoreReceipt } from "../../static-site/js/verify/receipt-text.mjs";
import { endOf, firstRound, offersIn, registrationState, roundState, runningAttempt } from "../../static-site/js/states.mjs";
import { readCsv, sortRows } from "../../static-site/js/results/table.mjs";
import { fold } from "../../static-site/js/account/units.mjs";

test("numbers are written as Vietnamese readers write them", () => {
  assert.equal(integer(27084), "27.084");
  assert.equal(money(1000000), "1.000.000 đồng");
  assert.equal(percent("42.19"), "42,19%");
  assert.equal(decimal("33.33"), "33,33");
  assert.equal(decimal(100), "100");
  assert.equal(decimal("11429.50"), "11.429,50");
  assert.equal(decimal(""), null);
  assert.equal(decimal(0), "0");
});

test("times are Vietnam's, whatever the machine's zone", () => {
  assert.equal(moment("2021-12-20T01:00:00.000Z"), "08h00, Thứ Hai 20/12/2021");
  assert.equal(moment("2021-12-25T17:30:00.000Z"), "00h30, Chủ Nhật 26/12/2021");
  assert.equal(date("2021-12-31T17:00:00.000Z"), "01/01/2022");
  assert.equal(exactMoment("2021-12-13T02:05:07.120Z"), "09h05 phút 07,120 giây, 13/12/2021");
});

test("a contest that ends at midnight ends on the day before", () => {
  assert.equal(dates("2024-03-25T01:00:00.000Z", "2024-04-28T17:00:00.000Z"), "25/03/2024 – 28/04/2024");
});

test("spans name their two largest units", () => {
  assert.equal(span(((2 * 24 + 3) * 60 + 4) * 60_000), "2 ngày 3 giờ");
  assert.equal(span(249_000), "4 phút 9 giây");
  assert.equal(span(1), "1 giây");
  assert.equal(span(0), "0 giây");
  assert.equal(minutesAndSeconds(899_001), "15:00");
  assert.equal(minutesAndSeconds(3_600_000), "1:00:00");
  assert.equal(duration(305_250), "5:05,250");
});

test("search ignores accents, case and the horn, and d stands for đ", () => {
  assert.equal(fold("Đặng Thị Ơn"), "dang thi on");
  assert.equal(fold("  Trường\u00a0Tiểu học  "), "truong tieu hoc");
});

const rules = (target) => ({ target, most: target === "perfect_percent" ? 100 : 9999999999 });

for (const [text, target, expected] of [
  ["3200", "attempts", { value: "3200" }],
  ["3.200", "attempts", { value: "3200" }],
  ["1.234.567", "attempts", { value: "1234567" }],
  [" 3 200 ", "attempts", { value: "3200" }],
  ["", "attempts", { value: null }],
  ["3,2", "attempts", { wrong: true }],
  ["3.2", "attempts", { wrong: true }],
  ["32.00", "attempts", { wrong: true }],
  ["-5", "attempts", { wrong: true }],
  ["1e3", "attempts", { wrong: true }],
  ["42,19", "perfect_percent", { value: "42.19" }],
  ["87,65432", "perfect_percent", { value: "87.65432" }],
  ["42.19", "perfect_percent", { wrong: true }],
  ["101", "perfect_percent", { wrong: true }],
  ["1000000000000000000000", "perfect_percent", { wrong: true }],
  ["99,99999", "perfect_percent", { value: "99.99999" }],
  ["10.000.000.000", "attempts", { wrong: true }],
  ["9.999.999.999", "attempts", { value: "9999999999" }],
  ["0009999999999", "attempts", { value: "9999999999" }],
  ["10000000000", "attempts", { wrong: true }],
  ["0", "attempts", { value: "0" }],
  ["100", "perfect_percent", { value: "100" }],
  ["100,00", "perfect_percent", { value: "100.00" }],
  ["100,00001", "perfect_percent", { wrong: true }],
  ["007,50", "perfect_percent", { value: "7.50" }],
  ["0,12345", "perfect_percent", { value: "0.12345" }],
  ["0,123456", "perfect_percent", { wrong: true }],
]) {
  test(`the prediction “${text}” of ${target} means ${JSON.stringify(expected)}`, () => assert.deepEqual(readPrediction(text, rules(target)), expected));
}

const paper = { questions: [{ id: "q01", choose: 1 }, { id: "q02", choose: 2 }, { id: "q03", choose: 1 }] };

test("a question with too few options counts as unanswered", () => {
  assert.deepEqual(unanswered({ paper, answers: { q01: ["a"], q02: ["b"] } }), ["q02", "q03"]);
});

test("the body holds only what was chosen, and no prediction that cannot be read", () => {
  const body = bodyOf({ paper, answers: { q01: ["a"], q02: [] }, prediction: "nhiều" }, { prediction: rules("attempts") });
  assert.deepEqual(JSON.parse(body), { answers: { q01: ["a"] }, prediction: null });
});

test("a prediction is sent digit by digit as it was entered", () => {
  const sent = (prediction, target) => bodyOf({ paper, answers: {}, prediction }, { prediction: rules(target) });
  assert.equal(sent("9.999.999.999", "attempts"), '{"answers":{},"prediction":9999999999}');
  assert.equal(sent("87,65430", "perfect_percent"), '{"answers":{},"prediction":87.65430}');
});

test("the deadline has the grace, but never passes the round's end; the page is early where there is none", () => {
  const attempt = { grace_seconds: 10 };
  const sheet = { ends_at: "2021-12-19T09:20:00Z" };
  const far = { closes: "2021-12-19T09:30:00Z", attempt };
  const near = { closes: "2021-12-19T09:20:00Z", attempt };
  const end = Date.parse(sheet.ends_at);
  assert.equal(deadlineOf(sheet, far), end + 10_000);
  assert.equal(autoSubmitAt(sheet, far), end);
  assert.equal(deadlineOf(sheet, near), end);
  assert.equal(autoSubmitAt(sheet, near), end - 3000);
});

const publicKey = JSON.parse(sound["thi-thu/contest.json"]).public_key;

// ---- where a visitor stands

const TUESDAY = Date.parse("2021-12-14T02:00:00Z");
const round = { ...contest.rounds[0], attempt: contest.attempt };
const open = (started_at) => ({ attempts: [{ attempt: 1, status: "open", started_at, submitted_at: null }], attempts_left: 2 });
const used = { attempts: [{ attempt: 1, status: "submitted" }], attempts_left: 0 };

test("registration is ahead, open and over by its own times, and without an end never over", () => {
  const at = (time, closes = "2021-12-25T10:00:00Z") => registrationState({ registration: { opens: "2021-12-10T01:00:00Z", closes } }, Date.parse(time));
  assert.deepEqual(["2021-12-10T00:59:59.999Z", "2021-12-10T01:00:00Z", "2021-12-25T09:59:59.999Z", "2021-12-25T10:00:00Z"].map((time) => at(time)), ["ahead", "open", "open", "over"]);
  assert.equal(at("2029-01-01T00:00:00Z", null), "open");
});

test("an attempt ends with its minutes, without minutes with the round, and never after the round", () => {
  const started = { started_at: "2021-12-14T02:00:00Z" };
  assert.equal(endOf(round, started), TUESDAY + 15 * 60_000);
  assert.equal(endOf({ ...round, attempt: { minutes: 0 } }, started), Date.parse(round.closes));
  assert.equal(endOf(round, { started_at: "2021-12-19T09:29:00Z" }), Date.parse(round.closes));
});

for (const [time, own, published, expected] of [
  ["2021-12-13T01:29:59.999Z", null, false, "before"],
  ["2021-12-13T01:30:00Z", null, false, "open"],
  ["2021-12-14T02:00:00Z", { attempts: [], attempts_left: 3 }, false, "open"],
  ["2021-12-14T02:00:00Z", { attempts: [], attempts_left: null }, false, "open"],
  ["2021-12-14T02:14:59Z", open("2021-12-14T02:00:00Z"), false, "running"],
  ["2021-12-14T02:15:00Z", open("2021-12-14T02:00:00Z"), false, "open"],
  ["2021-12-14T02:15:00Z", { ...open("2021-12-14T02:00:00Z"), attempts_left: 0 }, false, "usedUp"],
  ["2021-12-14T02:00:00Z", used, false, "usedUp"],
  ["2021-12-19T09:30:00Z", used, false, "closed"],
  ["2021-12-20T01:00:00Z", used, false, "due"],
  ["2021-12-20T01:00:00Z", used, true, "published"],
]) {
  test(`at ${time}, with ${own ? `${own.attempts.length} attempts and ${own.attempts_left} left` : "nothing of one's own"}${published ? ", published" : ""}, a round is ${expected}`, () => {
    assert.equal(roundState(round, { time: Date.parse(time), own, published }), expected);
  });
}

const offered = (state, visitor) => Object.entries(offersIn(state, visitor)).filter(([, offer]) => offer).map(([name]) => name);
const stranger = (registration) => ({ signedIn: false, registration });
const contestant = (own = null) => ({ signedIn: true, registration: "open", own });

for (const [state, visitor, expected] of [
  ["before", stranger("ahead"), ["signIn"]],
  ["before", stranger("open"), ["register", "signIn"]],
  ["open", stranger("open"), ["register", "signIn"]],
  ["open", stranger("over"), ["signIn"]],
  ["closed", stranger("open"), []],
  ["published", stranger("over"), ["results"]],
  ["before", contestant(), []],
  ["open", contestant(), ["enter"]],
  ["running", contestant(open("2021-12-14T02:00:00Z")), ["resume"]],
  ["usedUp", contestant(used), ["receipts"]],
  ["closed", contestant(used), ["receipts"]],
  ["closed", contestant(), []],
  ["due", contestant(used), ["receipts"]],
  ["published", contestant(used), ["receipts", "results"]],
]) {
  test(`where a round is ${state}, ${visitor.signedIn ? "a contestant" : `a stranger (registration ${visitor.registration})`} is offered ${expected.join(" and ") || "nothing"}`, () => assert.deepEqual(offered(state, visitor), expected));
}

test("the round shown first is the one under way, then open, used up, next, last", () => {
  const rounds = ["a", "b", "c"];
  const first = (...states) => firstRound(rounds, (id) => states[rounds.indexOf(id)]);
  assert.deepEqual([first("open", "running", "before"), first("usedUp", "open", "before"), first("usedUp", "before", "before"), first("published", "before", "before"), first("published", "published", "due")], ["b", "b", "a", "b", "c"]);
  assert.equal(runningAttempt(round, null, TUESDAY), undefined);
});

// ---- receipts as they are pasted

for (const [what, pasted] of [
  ["as it was given", receipt],
  ["with its line ends as blanks", receipt.replace(/\n+/g, " ")],
  ["with its line ends gone", receipt.replaceAll("\n", "")],
  ["with CRLF", receipt.replaceAll("\n", "\r\n")],
  ["with blanks at line ends", receipt.replaceAll("\n", " \u00a0\n")],
  ["with doubled lines", receipt.replaceAll("\n", "\n\n")],
  ["with its blank line gone", receipt.replace("\n\n", "\n")],
  ["without its last newline", receipt.trimEnd()],
  ["with another dash", receipt.replace("—", "-")],
  ["with invisible characters", `\ufeff${receipt.replaceAll("\n", "\u200b\n")}`],
  ["in the middle of a message", `Kiểm tra giúp mình:\n${receipt}Cảm ơn!`],
]) {
  test(`a receipt pasted ${what} is the receipt`, () => assert.deepEqual(restoreReceipt(pasted), { notes: [receipt] }));
}

test("where several readings are possible, the signature tells which", async () => {
  const signed = note(["hoithi/receipt/1", contest.id, "vong2", "t6gefaxzcq3oyw72", "1", "2021-12-14T02:00:00.000Z", "ab".repeat(32)]);
  const { notes } = restoreReceipt(signed.replaceAll("\n", ""));
  assert.deepEqual(notes.map((reading) => reading.split("\n").slice(2, 5).join(" ")), ["vong2 t6gefaxzcq3oyw72 1", "vong 2t6gefaxzcq3oyw7 21", "von g2t6gefaxzcq3oyw 721"]);
  assert.deepEqual(await Promise.all(notes.map((reading) => checkNote(reading, contest.public_key))), ["good", "bad", "bad"]);
});

test("a changed receipt is whole, and its signature is not its own", async () => {
  const { notes: [note] } = restoreReceipt(receipt.replace("\n1\n", "\n2\n").replaceAll("\n", " "));
  assert.equal(await checkNote(note, publicKey), "bad");
});

for (let line = 0; line < 7; line += 1) {
  const cut = receipt.split("\n").toSpliced(line, 1);
  for (const [how, end] of [["its lines", "\n"], ["blanks", " "], ["nothing", ""]]) {
    test(`a receipt without its line ${line + 1}, between ${how}, is not pasted whole`, () => assert.deepEqual(restoreReceipt(cut.join(end)), { fault: "cut" }));
  }
}

test("a receipt that ends too soon is not pasted whole, wherever it ends; what is none is none", () => {
  for (let end = "hoithi/receipt/1".length; end < receipt.length - 1; end += 1) assert.deepEqual(restoreReceipt(receipt.slice(0, end)), { fault: "cut" }, receipt.slice(0, end));
  for (const text of ["xin chào", "", "hoithi/receipt", "Mã công khai t6gefaxzcq3oyw7g"]) assert.deepEqual(restoreReceipt(text), { fault: "notOne" });
});

test("CSV is read with quotes, line ends of both kinds, empty last cells and a byte order mark", () => {
  assert.deepEqual(readCsv('\uFEFFa,b\r\n"x, ""y""",\n1,2'), [{ a: 'x, "y"', b: "" }, { a: "1", b: "2" }]);
  assert.deepEqual(readCsv("a,b\n"), []);
});

test("sorting compares figures as figures, keeps the order of equals, and puts missing figures last both ways", () => {
  const rows = [{ n: "10" }, { n: "" }, { n: "9" }, { n: "10", second: true }];
  assert.deepEqual(sortRows(rows, "n", false).map(({ n }) => n), ["9", "10", "10", ""]);
  assert.deepEqual(sortRows(rows, "n", true).map(({ n }) => n), ["10", "10", "9", ""]);
  assert.equal(sortRows(rows, "n", true)[1].second, true);
});
