// The organizers' API as its pages see it, without a server: answers that the tests of the crate `documents` keep true,
// and edits as far as a page can tell.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { contest as PUBLIC } from "./fixture.mjs";
import { REPOSITORY } from "./pages.mjs";
import { json, problem } from "./stand-in.mjs";
import { may } from "../../../static-site/js/organizer/roles.mjs";

const golden = (name) => JSON.parse(readFileSync(`${REPOSITORY}tests/golden/console/${name}`, "utf8"));
export const FORM = golden("plan-form.json");
export const PLAN = golden("plan.json");
export const EDITED = golden("plan-edited.json");
export const CONTEST = "song-cong-cchc-2021";

const NOW = "2021-12-11T04:30:00.000Z";
const KEY = "4be8b5f7e1d35b7a5c0d9f3f7a7a60e2c0b1d7fd4c1b6f3a9e8d7c6b5a493827";

/** Whoever is signed in. */
export const LEAD = { id: "ng1", name: "Nguyễn Thị Lan", login: "nguyen.lan", roles: { "*": ["lead"] }, recovery_left: 10, passkeys: [{ id: "0c94b1f02e6f7a31", name: "Máy tính cơ quan", added_at: "2021-12-10T02:00:00.000Z", used_at: null }] };
export const AUTHOR = { ...LEAD, id: "ng2", name: "Trần Văn Hòa", login: "tran.hoa", roles: { [CONTEST]: ["author"] } };
const opened = (me) => ({ session: `${me.id}.phien`, expires_at: "2021-12-11T16:30:00.000Z", idle_seconds: 1800, me });

/** Every page of this visitor begins with a session, unless its tab has one. */
export const withSession = (page, me = LEAD) => page.addInitScript(([key, session]) => {
  if (!sessionStorage.getItem(key)) sessionStorage.setItem(key, session);
}, ["hoithi.organizer.session", JSON.stringify(opened(me))]);

const file = (name, more = {}) => ({ name, etag: `"${name}-1"`, size: 15_000, uploaded_at: "2021-12-10T02:15:00.000Z", sha256: null, status: "accepted", errors: 0, warnings: 0, ...more });
export const OVERVIEW = {
  id: CONTEST,
  name: "Cuộc thi Sông Công",
  organizer: "UBND thành phố Sông Công",
  phase: "ahead",
  now: NOW,
  time_zone: "Asia/Ho_Chi_Minh",
  erases_at: "2022-12-27T01:00:00.000Z",
  checklist: [
    { code: "plan", is_met: true, text: "Kế hoạch đã được nhận." },
    { code: "bank", is_met: true, text: "Tuần thứ Nhất: ngân hàng 30 câu đã nạp và niêm phong." },
    { code: "bank", is_met: false, text: "Tuần thứ Hai: chưa có ngân hàng câu hỏi được nhận." },
    { code: "two_leads", is_met: false, text: "Chỉ có một Thường trực." },
  ],
  files: [file("bank-tuan-1.xlsx"), file("bank-tuan-2.xlsx", { status: "rejected", errors: 2, warnings: 1 }), file("contest.toml"), file("units.csv")],
  rounds: [
    { id: "tuan-1", name: "Tuần thứ Nhất", opens: "2021-12-13T01:30:00.000Z", closes: "2021-12-19T09:30:00.000Z", publishes: "2021-12-20T01:00:00.000Z", phase: "ahead", bank: "bank-tuan-1.xlsx", key_commitment: KEY, questions: 30, version: null },
    { id: "tuan-2", name: "Tuần thứ Hai", opens: "2021-12-20T01:30:00.000Z", closes: "2021-12-26T09:30:00.000Z", publishes: "2021-12-27T01:00:00.000Z", phase: "ahead", bank: "bank-tuan-2.xlsx", key_commitment: null, questions: null, version: null },
  ],
  proposals: [],
};
/** All is well. */
export const HEALTH = {
  now: NOW, late_rounds: [], contests: 2, not_available: ["dead_letters"],
  sweeps: [{ function: "close-round", at: "2021-12-11T04:57:00.000Z", is_late: false }, { function: "publish-results", at: "2021-12-11T04:58:00.000Z", is_late: false }],
};
/** What the first round is sealed with. */
export const SEAL = {
  contest_name: OVERVIEW.name, organizer: OVERVIEW.organizer, round_name: "Tuần thứ Nhất", opens: "2021-12-13T01:30:00.000Z",
  bank: "bank-tuan-1.xlsx", sealed_at: "2021-12-10T02:15:00.000Z", sha256: "5e".repeat(32), key_commitment: KEY, questions: 30,
  topics: [{ topic: "Kiểm soát thủ tục hành chính", questions: 18 }, { topic: "Chính quyền điện tử", questions: 10 }, { topic: null, questions: 2 }],
  levels: [{ level: "Dễ", questions: 20 }, { level: null, questions: 10 }],
};
/** The first round is open, until in two days and four hours. */
export const OPEN = {
  ...OVERVIEW,
  phase: "open",
  now: "2021-12-17T05:30:00.000Z",
  rounds: OVERVIEW.rounds.map((round, at) => (at === 0 ? { ...round, phase: "open" } : round)),
};

export const REPORT = {
  schema: "hoithi/import/1",
  file: "bank-tuan-2.xlsx",
  version_id: "v1",
  status: "rejected",
  rows: 31,
  read: {
    parts: [{ name: "Câu hỏi", questions: 29, options: 116 }],
    not_read: ["cột “Ghi chú”", "trang tính “Nháp” đang ẩn"],
    letters: { A: 8, B: 8, C: 8, D: 6 },
    several: 1,
  },
  errors: [
    { sheet: "Câu hỏi", row: 6, column: "Đáp án", code: "invalid_answer", message: "Đáp án không hợp lệ. Hãy viết chữ cái của phương án, như B hoặc A,C." },
    { sheet: "Câu hỏi", row: 12, column: "Đáp án", code: "invalid_answer", message: "Đáp án không hợp lệ. Hãy viết chữ cái của phương án, như B hoặc A,C." },
  ],
  warnings: [{ sheet: "Câu hỏi", row: 3, column: "C", code: "position_in_option", message: "Phương án C nhắc đến phương án khác." }],
};
/** On a bank that was accepted. */
const TAKEN = {
  ...REPORT,
  status: "accepted",
  rows: 30,
  read: { parts: [{ name: null, questions: 30, options: 120 }], not_read: [], letters: { A: 8, B: 7, C: 8, D: 7 }, several: 0 },
  errors: [],
  warnings: [],
};

export const PEOPLE = [
  { id: LEAD.id, name: LEAD.name, login: LEAD.login, roles: LEAD.roles, enrolled_at: NOW, signed_in_at: NOW, disabled: false, sessions: 1 },
  { id: AUTHOR.id, name: AUTHOR.name, login: AUTHOR.login, roles: AUTHOR.roles, enrolled_at: NOW, signed_in_at: null, disabled: true, sessions: 0 },
];
const SESSIONS = [
  { id: "0123456789abcdef", opened_at: NOW, seen_at: NOW, is_this: true },
  { id: "fedcba9876543210", opened_at: "2021-12-11T01:00:00.000Z", seen_at: "2021-12-11T01:05:00.000Z", is_this: false },
];

/** A log of so many entries, each of which names the hash of the one before. */
export function chainOf(count) {
  const entries = [];
  let previous = "0".repeat(64);
  for (let seq = 1; seq <= count; seq += 1) {
    const entry = { schema: "hoithi/audit/1", seq, at: NOW, actor: { id: LEAD.id, role: null }, action: "upload", subject: `bank-tuan-${seq}.xlsx`, before_sha256: null, after_sha256: KEY, reason: null, proposal: null, request: `r-${seq}`, previous };
    const text = `${JSON.stringify(entry)}\n`;
    entries.push({ ...entry, text, name: LEAD.name });
    previous = createHash("sha256").update(text).digest("hex");
  }
  return entries;
}

/** Where a log ends. */
const headOf = (log) => (log.length ? { seq: log.length, sha256: createHash("sha256").update(log.at(-1).text).digest("hex") } : null);

const copy = (value) => JSON.parse(JSON.stringify(value));

/** Carries out one edit on the keys of a plan. */
function apply(plan, edit) {
  const path = edit.path ?? edit.remove ?? edit.add;
  const place = (list, step) => (Array.isArray(list) && typeof step === "string" ? list.findIndex(({ id, tier }) => (id ?? tier) === step) : step);
  const [last, ...above] = [...[path].flat()].reverse();
  let table = plan;
  for (const step of above.reverse()) table = table[place(table, step)] ??= {};
  if (edit.add) (table[last] ??= []).push({ id: `moi-${table[last].length + 1}`, ...edit.value });
  else if (edit.remove && Array.isArray(table)) table.splice(place(table, last), 1);
  else if (edit.remove || edit.value === null || edit.value === undefined) delete table[place(table, last)];
  else table[place(table, last)] = edit.value;
}

/** `desk`: `file` ({text, etag} or null), `plans` (keys by text) and `edited` (whether the answer has faults); `me`, `overview`,
    `report` (on any other file) and `log` (its entries). */
export function consoleRoutes(desk) {
  desk.plans ??= new Map([[PLAN.toml, PLAN.plan]]);
  desk.changes ??= new Map([[PLAN.toml, []]]);
  const answer = (body) => {
    const { toml, set = [], since, blank } = JSON.parse(body);
    const plan = copy(desk.plans.get(toml) ?? {});
    set.forEach((edit) => apply(plan, edit));
    const text = set.length ? `${toml}# ${JSON.stringify(set)}\n` : toml;
    const changes = [...(desk.changes.get(toml) ?? []), ...set.map((edit) => ({ path: edit.path ?? edit.remove ?? [edit.add].flat(), label: JSON.stringify(edit.path ?? edit.remove ?? edit.add), before: null, after: edit.value ?? null }))];
    desk.plans.set(text, plan);
    desk.changes.set(text, changes);
    const base = copy(desk.edited ? EDITED : PLAN);
    if (blank) delete plan.id;
    return json(200, { ...base, toml: text, plan, since: since === undefined ? undefined : { ...base.since, changes } });
  };
  const save = (body, request) => {
    const wanted = request.headers["if-match"] ?? null;
    if (wanted !== (desk.file?.etag ?? null)) return problem(409, "changed_meanwhile", "Có người vừa lưu tệp này.");
    desk.file = { text: body, etag: `"v${(desk.saves = (desk.saves ?? 0) + 1)}"` };
    return json(202, { version_id: `v${desk.saves}` }, { etag: desk.file.etag });
  };
  const page = (_body, match) => {
    const [from, log] = [Number(match[1]), desk.log ?? chainOf(3)];
    return json(200, { entries: log.slice(from - 1, from + 99), next: log.length >= from + 100 ? from + 100 : null });
  };
  const take = (_body, [, name]) => {
    desk.versions = (desk.versions ?? 1) + 1;
    const listed = (desk.overview ?? OVERVIEW).files.find((one) => one.name === name);
    if (listed) listed.etag = `"${name}-${desk.versions}"`;
    return json(202, { version_id: `v${desk.versions}`, etag: `"${name}-${desk.versions}"` });
  };
  const one = (value) => () => json(200, value);
  const me = desk.me ?? LEAD;
  /** Of a bank, what was read as well; what is right is told to authors alone. */
  const report = (_body, [, name]) => {
    const isBank = name.startsWith("bank");
    const isTaken = isBank && (desk.overview ?? OVERVIEW).files.some((one) => one.name === name && one.status === "accepted");
    const { read, ...rest } = desk.report ?? (isTaken ? TAKEN : REPORT);
    const told = read && isBank ? { ...read, letters: may(me, "writeBank", CONTEST) ? read.letters : {} } : undefined;
    return json(200, { ...rest, file: name, read: told, version_id: `v${desk.versions ?? 1}` });
  };
  return [
    ["GET", /^\/v1\/organizer\/me$/, "organizer", one(me)],
    ["GET", /^\/v1\/organizer\/me\/sessions$/, "own-sessions", one({ sessions: SESSIONS })],
    ["DELETE", /^\/v1\/organizer\/me\/sessions\/\w+$/, "end-session", () => ({ status: 204, body: "" })],
    ["POST", /^\/v1\/organizer\/me\/step-up$/, "step-up", one({ stepped_up_at: NOW })],
    ["POST", /^\/v1\/organizer\/sessions$/, "first", one({ ticket: "ve-1", second: ["totp", "recovery"] })],
    ["POST", /^\/v1\/organizer\/sessions\/second$/, "second", () => json(201, opened(me))],
    ["POST", /^\/v1\/organizer\/enrolments$/, "enrol", one({ ticket: "ve-2", totp_uri: "otpauth://totp/Hoi%20thi:nguyen.lan?secret=PVAVZLBB5VEUBOBP&issuer=Hoi%20thi", totp_qr: ["101", "010", "101"] })],
    ["POST", /^\/v1\/organizer\/enrolments\/confirm$/, "confirm", () => json(201, { ...opened(me), recovery: ["CFF7T-N2QMO", "XAJXG-MX6ZI"] })],
    ["GET", /^\/v1\/organizer\/people$/, "people", one({ people: PEOPLE })],
    ["POST", /^\/v1\/organizer\/people$/, "invite", () => json(201, { code: "BG78-8KEG-P9M6-DB8B-S9HK-R03B", expires_at: "2021-12-14T04:50:00.000Z" })],
    ["PATCH", /^\/v1\/organizer\/people\/\w+$/, "change-person", () => ({ status: 204, body: "" })],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+$/, "overview", () => json(200, desk.overview ?? OVERVIEW)],
    ["GET", /^\/v1\/organizer\/(?:contests\/[^/]+\/)?audit\/heads$/, "audit-heads", () => json(200, { newest: headOf(desk.log ?? chainOf(3)) })],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+\/public$/, "public", one(PUBLIC)],
    ["GET", /^\/v1\/organizer\/(?:contests\/[^/]+\/)?audit\/(\d+)$/, "audit", page],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+\/files\/((?!contest\.toml)[\w.-]+)\/report$/, "file-report", report],
    ["PUT", /^\/v1\/organizer\/contests\/[^/]+\/files\/((?!contest\.toml)[\w.-]+)$/, "upload", take],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+\/rounds\/[^/]+\/seal$/, "seal", () => json(200, desk.seal ?? SEAL)],
    ["GET", /^\/v1\/organizer\/health$/, "health", () => json(200, desk.health ?? HEALTH)],
    ["GET", /^\/v1\/organizer\/plan-form$/, "plan-form", () => json(200, FORM)],
    ["POST", /^\/v1\/organizer\/plan$/, "plan", (body) => answer(body)],
    ["GET", /^\/v1\/organizer\/contests$/, "contests", () => json(200, { contests: [{ id: CONTEST, name: OVERVIEW.name, organizer: OVERVIEW.organizer, phase: OVERVIEW.phase }], now: NOW })],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+\/files\/contest\.toml$/, "file", () =>
      desk.file ? { status: 200, body: desk.file.text, headers: { "content-type": "application/toml", etag: desk.file.etag } } : problem(404, "no_such_file", "Chưa có tệp này.")],
    ["PUT", /^\/v1\/organizer\/contests\/[^/]+\/files\/contest\.toml$/, "save", (body, match, request) => save(body, request)],
    ["GET", /^\/v1\/organizer\/contests\/[^/]+\/files\/contest\.toml\/report$/, "report", () =>
      json(200, { schema: "hoithi/import/1", file: "contest.toml", version_id: `v${desk.saves}`, status: "accepted", rows: 1, errors: [], warnings: [] })],
  ];
}
