// What the console's pages about a round's course ask for, without a server: proposals in each of their states, figures of
// a round, the list of what to look at, results, documents, people and papers.

import { createHash } from "node:crypto";
import { CONTEST, LEAD, OVERVIEW } from "./console.mjs";
import { paper } from "./fixture.mjs";
import { json, problem } from "./stand-in.mjs";

export const CLOSED_AT = "2021-12-19T10:05:00.000Z";
/** The first round is ranked and not published. */
export const RANKED = {
  ...OVERVIEW,
  phase: "open",
  now: CLOSED_AT,
  rounds: OVERVIEW.rounds.map((round, at) => (at === 0 ? { ...round, phase: "ranked" } : round)),
};
/** Its units and its first bank are missing, and nobody but its organizers sees it. */
export const DRAFTED_AT = "2021-12-08T02:00:00.000Z";
export const DRAFT = {
  ...OVERVIEW,
  phase: "draft",
  now: DRAFTED_AT,
  checklist: [
    { code: "plan", is_met: true, text: "Kế hoạch đã được nhận." },
    { code: "public", is_met: false, text: "Chưa công khai, còn thiếu danh sách đơn vị và ngân hàng câu hỏi của Tuần thứ Nhất. Có đủ thì cuộc thi tự công khai." },
  ],
  files: OVERVIEW.files.filter(({ name }) => name === "contest.toml"),
  rounds: OVERVIEW.rounds.map((round) => ({ ...round, key_commitment: null, questions: null })),
};
export const ORGANIZER = { ...LEAD, id: "ng3", name: "Lê Văn Đức", login: "le.duc", roles: { [CONTEST]: ["organizer"] } };
export const AUDITOR = { ...LEAD, id: "ng4", name: "Phạm Thị Ơn", login: "pham.on", roles: { [CONTEST]: ["auditor"] } };
export const OFFICIAL = { ...LEAD, id: "ng5", name: "Vũ Thị Én", login: "vu.en", roles: { [CONTEST]: ["official"] } };

const person = (n, full_name, unit_name = "Phường Bách Quang") => ({ code: `SC7K2M9${n}`, contestant: `abcdefghijklmno${n}`, full_name, unit: "bach-quang", unit_name });
const [NHUNG, AM, ON, DUC] = [person("A", "Nguyễn Thị Hồng Nhung"), person("B", "Đỗ Văn Ẩm"), person("C", "Đặng Thị Ơn", "Xã Ân Châu"), person("D", null)];

// ---- what to look at

export const REVIEW = {
  edition: 1,
  note: "Danh sách này chỉ để Ban Tổ chức xem lại; không ai bị loại vì có tên ở đây.",
  left_out: 2,
  total: 4,
  lines: [
    { number: 1, kind: "common_wrong_answers", name: "Sai giống nhau", wins: true, people: [NHUNG, AM], others: 0, figures: "9 câu cùng sai một phương án, 44 bit", sentence: "Hai bài cùng đơn vị, nộp cách nhau 4 phút, cùng chọn một phương án sai ở 9 câu." },
    { number: 2, kind: "shared_phone", name: "Chung số điện thoại", wins: false, people: [NHUNG, AM, ON, DUC], others: 3, figures: "7 tài khoản", sentence: "Bảy tài khoản đăng ký cùng một số điện thoại." },
    { number: 3, kind: "unbroken_tie", name: "Đồng hạng chưa phân định", wins: true, people: [AM, ON], others: 0, figures: "hạng 2, hai người", sentence: "Hai người bằng nhau ở mọi tiêu chí xếp hạng, chỉ còn một giải Nhì." },
  ],
  next: 4,
};
const REVIEW_REST = { ...REVIEW, lines: [{ ...REVIEW.lines[1], number: 4, name: "Dưới thời gian tối thiểu", kind: "under_floor", people: [ON], others: 0, figures: "45 giây, 20 câu", sentence: "Bài làm nhanh hơn thời gian tối thiểu đã công bố." }], next: null };
const options = ["Chính phủ", "Quốc hội", "Bộ Nội vụ", "Ủy ban nhân dân cấp tỉnh"].map((text, at) => ({ option: "abcd"[at], text, percent: ["12.50", "55.25", "20.00", "10.00"][at] }));
export const ITEMS = { edition: 1, questions: [
  { question: "q01", text: "Cơ quan nào ban hành Nghị định số 63/2010/NĐ-CP?", shown: 1204, right_percent: "87.40", options, blank_percent: "0.50", voided: false, few_right: false, beaten_by: null, remarks: [] },
  { question: "q02", text: "Cơ quan nào có trách nhiệm kiểm soát thủ tục hành chính?", shown: 1204, right_percent: "12.50", options, blank_percent: "2.25", voided: false, few_right: true, beaten_by: "b", remarks: ["Dưới 15 % số bài trả lời đúng.", "Phương án B được chọn nhiều hơn phương án đúng."] },
  { question: "q03", text: "Nghị quyết số 76/NQ-CP được ban hành ngày nào?", shown: 1198, right_percent: null, options: options.map((of) => ({ ...of, percent: null })), blank_percent: null, voided: true, few_right: false, beaten_by: null, remarks: [] },
] };

// ---- proposals

const ID = "abcdefghijklmnop";
const text = (of) => `${JSON.stringify(of)}\n`;
/** A preview as the API answers it: its bytes, their hash, and their members. */
export function previewOf(members, more = {}) {
  const bytes = text({ schema: "hoithi/proposal-preview/1", contest: CONTEST, proposal: ID, ...members });
  return { sha256: createHash("sha256").update(bytes).digest("hex"), text: bytes, ...JSON.parse(bytes), people: {}, units: {}, colleague: null, void: [], ...more };
}
const none = { moved: 0, entered: 0, left: 0 };
export const DIFFERENCE = previewOf({
  kind: "decisions", inputs: { state: 12, rounds: { "tuan-1": 1 }, overall: 0 }, refused: [],
  prizes: [
    { round: "tuan-1", tier: "Giải Nhất", from: NHUNG.contestant, to: AM.contestant, amount: 1_000_000 },
    { round: "tuan-1", tier: "Giải Nhì", from: AM.contestant, to: ON.contestant, amount: 500_000 },
    { round: "tuan-1", tier: "Giải Ba", from: ON.contestant, to: null, amount: 200_000 },
  ],
  sum: { before: 1_700_000, after: 1_500_000 },
  ranks: { moved: 1203, entered: 0, left: 1 }, actual: { before: 3195, after: 3194 },
  rounds: [
    { round: "tuan-1", version: 1, then: 2, status: "provisional", reason: "Dùng tài khoản của người khác", follows: false, ranks: { moved: 1203, entered: 0, left: 1 }, target: "perfect_contestants", actual: { before: 3195, after: 3194 }, figures: [{ figure: "contestants", before: 17201, after: 17200 }, { figure: "perfect_contestants", before: 3195, after: 3194 }],
      moved: [{ contestant: NHUNG.contestant, before: 1, after: null }, { contestant: AM.contestant, before: 2, after: 1 }, { contestant: ON.contestant, before: 3, after: 2 }], collective: [{ competition: "tap-the", unit: "bac-son", before: "Giải Ba", after: null }, { competition: "tap-the", unit: "an-chau", before: null, after: "Giải Ba" }] },
    { round: "tuan-2", version: 1, then: 2, status: "provisional", reason: null, follows: true, ranks: none, target: "perfect_contestants", actual: null, figures: [], moved: [], collective: [] },
  ],
  codes: Object.fromEntries([NHUNG, AM, ON].map(({ contestant, code }) => [contestant, code])),
}, {
  people: Object.fromEntries([NHUNG, AM, ON].map(({ contestant, code, full_name: name }) => [contestant, { code, name }])),
  units: { "bac-son": "Phường Bắc Sơn", "an-chau": "Xã Ân Châu" },
  void: [{ round: "tuan-1", version: 1, file: "thong-bao-ket-qua.docx" }, { round: "tuan-1", version: 1, file: "danh-sach-trao-giai.xlsx" }],
});
export const REFUSED = previewOf({ kind: "decisions", inputs: {}, refused: ["Thay đổi 1: Người này không có bài trong vòng thi."], prizes: [], sum: { before: 0, after: 0 }, ranks: none, actual: null, rounds: [], codes: {} });
export const NOTHING = previewOf({ kind: "decisions", inputs: {}, refused: [], prizes: [], sum: { before: 1_700_000, after: 1_700_000 }, ranks: none, actual: null, codes: {}, rounds: [{ round: "tuan-1", version: 1, then: 2, status: "official", reason: "Công nhận kết quả", follows: false, ranks: none, target: "perfect_contestants", actual: null, figures: [], moved: [], collective: [] }] });

const OTHER = { id: "ng9", name: "Hoàng Thị Ánh" };
const OWN = { id: LEAD.id, name: LEAD.name };
const DECISIONS = { kind: "decisions", changes: [{ action: "disqualify", round: "tuan-1", contestant: NHUNG.code }, { action: "void", round: "tuan-1", question: "q02" }], decision: { number: "12/QĐ-BTC", date: "2021-12-19" } };
/** One proposal; by itself it waits for whoever looks. */
export const proposal = (more = {}) => ({
  id: ID, kind: "decisions", status: "previewed", reason: "Dùng tài khoản của người khác",
  proposed_by: OTHER, proposed_at: "2021-12-19T09:45:00.000Z", expires_at: "2022-01-02T09:45:00.000Z",
  decided_by: null, decided_at: null, waits_for: "you", own: false, can: ["preview", "approve", "reject"],
  what: DECISIONS, preview: DIFFERENCE, applied: null, problem: null, ...more,
});
const decided = { decided_by: OTHER, decided_at: "2021-12-19T09:58:00.000Z", waits_for: null, can: [] };
const plain = (kind, what, before, after, { names, ...more } = {}) => proposal({ kind, what: { kind, ...what }, reason: "Theo đề nghị của đơn vị", preview: previewOf({ kind, inputs: {}, before, after }, names), ...more });
const nameOfOne = (person) => ({ [person.code]: { code: person.code, name: person.full_name } });
const HASHES = ["a1", "b2"].map((of) => of.repeat(32));
/** Each state and each kind. */
export const PROPOSALS = {
  draft: proposal({ status: "draft", waits_for: "preview", own: true, proposed_by: OWN, can: ["preview", "withdraw"], preview: null }),
  computing: proposal({ status: "draft", waits_for: "computing", own: true, proposed_by: OWN, can: ["withdraw"], preview: null }),
  you: proposal(),
  own: proposal({ own: true, proposed_by: OWN, waits_for: "others", can: ["preview", "withdraw"] }),
  others: proposal({ waits_for: "others", can: [] }),
  refused: proposal({ preview: REFUSED, waits_for: "others", can: ["preview", "reject"] }),
  nothing: proposal({ preview: NOTHING, reason: "Công nhận kết quả", what: { kind: "decisions", changes: [{ action: "recognize", round: "tuan-1" }], decision: { number: "15/QĐ-BTC", date: "2021-12-24" } } }),
  approved: proposal({ ...decided, status: "approved", waits_for: "effect" }),
  stuck: proposal({ ...decided, status: "approved", waits_for: "effect", problem: "Tệp quyết định chưa được nhận: dòng 4 thiếu lý do." }),
  applied: proposal({ ...decided, status: "applied", applied: { at: "2021-12-19T09:59:10.000Z", versions: [{ round: "tuan-1", version: 2 }], differs: [] } }),
  differs: proposal({ ...decided, status: "applied", applied: { at: "2021-12-19T09:59:10.000Z", versions: [{ round: "tuan-1", version: 2 }], differs: ["Vòng tuan-1, bản 2: người đoạt giải khác với bản tính thử đã duyệt. Xin kiểm tra ngay với kỹ thuật."] } }),
  stale: proposal({ status: "stale", waits_for: "preview", can: ["preview", "reject"] }),
  expired: proposal({ status: "expired", waits_for: null, can: [] }),
  rejected: proposal({ ...decided, status: "rejected", problem: "Chưa có văn bản của đơn vị." }),
  withdrawn: proposal({ status: "withdrawn", waits_for: null, can: [] }),
  plan: plain("plan", { toml: "" }, { sha256: HASHES[0], lines: ['publishes = "2021-12-20T08:00"'] }, { sha256: HASHES[1], lines: ['publishes = "2021-12-20T14:00"'] }),
  extension: plain("extension", { before: {}, after: {} }, { sha256: HASHES[0], lines: ['closes = "2021-12-19T16:30"'] }, { sha256: HASHES[1], lines: ['closes = "2021-12-19T17:00"'] }),
  bank: plain("bank", { file: "bank-tuan-2.xlsx", sha256: HASHES[1] }, { sha256: HASHES[0] }, { file: "bank-tuan-2.xlsx", sha256: HASHES[1] }),
  "bank-approved": plain("bank", { file: "bank-tuan-2.xlsx", sha256: HASHES[1] }, { sha256: null }, { file: "bank-tuan-2.xlsx", sha256: HASHES[1] }, { ...decided, status: "approved", waits_for: "effect" }),
  reset: plain("reset", { contestant: ON.code, checked: "in_person" }, null, { contestant: ON.code, checked: "in_person" }, { names: { people: nameOfOne(ON) } }),
  unit: plain("unit", { contestant: ON.code, unit: "bach-quang" }, { contestant: ON.code, unit: "an-chau" }, { contestant: ON.code, unit: "bach-quang" }, { names: { people: nameOfOne(ON), units: { "an-chau": "Xã Ân Châu", "bach-quang": "Phường Bách Quang" } } }),
  roles: plain("roles", { person: "ng7", roles: { "*": ["lead"] }, disabled: false }, { roles: {}, disabled: false }, { roles: { "*": ["lead"] }, disabled: false }, { names: { colleague: { id: "ng7", name: "Vũ Thị Ẩn" } } }),
};
export const SLIP = { code: "7K2M-9QX4-0RTB-5HVC-8WNE-3DJP", valid_until: "2021-12-21T10:30:00.000Z" };
const lineOf = ({ what: _what, preview: _preview, applied: _applied, problem: _problem, ...line }, at) => ({ ...line, id: ID.slice(0, -1) + "abcdefghij"[at] });
export const LIST = ["you", "own", "applied", "stale", "reset"].map((name, at) => lineOf(PROPOSALS[name], at));

// ---- a round under way

export const OPEN_AT = "2021-12-17T05:20:00.000Z";
/** The first round is open, until in two days and four hours. */
export const RUNNING = { ...RANKED, now: OPEN_AT, rounds: RANKED.rounds.map((round, at) => (at === 0 ? { ...round, phase: "open" } : round)) };
const unit = (code, name, level, members, registered, contestants, rate_percent, band) => ({ unit: code, name, parent: null, level, members, registered, contestants, attempts: contestants * 2, rate_percent, band });
/** So many hours, busiest in the evening. */
const hoursFrom = (from, count) => Array.from({ length: count }, (_, at) => {
  const starts = Math.round(40 + 35 * Math.sin((at / 24) * 2 * Math.PI)) + (at % 7);
  return { from: new Date(Date.parse(from) + at * 3_600_000).toISOString(), attempts: Math.max(0, starts - 3), starts };
}).filter((_, at) => at % 24 !== 3); // an hour without anything is not in it
export const FIGURES = {
  schema: "hoithi/watch/1", as_of: "2021-12-17T05:15:00.000Z", why_old: null, people_as_of: "2021-12-17T04:00:00.000Z",
  registered: 18032, contestants: 6771, attempts: 11204, under_way: 31, rows: 11235, without_unit: { registered: 12, contestants: 3, attempts: 3 },
  units: [
    unit("bach-quang", "Phường Bách Quang", "ward", 1000, 800, 760, "76.00", "most"),
    unit("luong-son", "Phường Lương Sơn", "ward", 500, 500, 512, "102.40", "all"),
    unit("an-chau", "Xã Ân Châu", "commune", 400, 130, 120, "30.00", "part"),
    unit("dong-hy", "Đồng Hỷ", "district", 900, 40, 9, "1.00", "few"),
    unit("truong-1", "Trường Tiểu học số 1", "organisation", null, 21, 20, null, null),
    unit("truong-2", "Trường Tiểu học số 2", "organisation", 45, 0, 0, "0.00", "nobody"),
    unit("doi-xe", "Đội xe Ủy ban", null, null, 0, 0, null, "nobody"),
  ],
  hours: hoursFrom("2021-12-13T01:00:00.000Z", 101),
};
export const ONE_DAY = { ...FIGURES, hours: hoursFrom("2021-12-17T01:00:00.000Z", 5), why_old: "border" };
export const NO_FIGURES = { schema: "hoithi/watch/1", as_of: null, why_old: "coming" };

// ---- results and documents

const winner = (rank, prize, amount, who, prediction) => ({
  rank, tier: "t", prize, amount, ...who, score: 100, prediction, prediction_distance: prediction === null ? null : Math.abs(prediction - 3195), duration_ms: 61_999, submitted_at: "2021-12-13T02:05:07.120Z",
});
export const RESULTS = {
  round: "tuan-1", round_name: "Tuần thứ Nhất", edition: 1, is_published: false, status: "provisional", awaits_draw: true,
  results: {
    totals: { registered: 18032, contestants: 17201, attempts: 27084, perfect_attempts: 11429, perfect_contestants: 3195, perfect_attempts_percent: "42.19" },
    prediction: { target: "perfect_contestants", actual: 3195 },
    winners: [winner(1, "Giải Nhất", 1_000_000, NHUNG, 3195), winner(2, "Giải Nhì", 500_000, AM, 3200), winner(3, "Giải Ba", 200_000, DUC, null)],
    changes: [],
  },
  ties: [{ rank: 2, people: [AM, ON] }],
  warnings: [{ code: "under_floor", text: "Người đạt Giải Nhì làm bài nhanh hơn thời gian tối thiểu đã công bố." }],
};
export const BYTES = "PK văn bản";
const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex");
const document = (name, more = {}) => ({ name, status: "ready", detail: null, size: 48_213, sha256: hashOf(BYTES), parts: 1, needs_step_up: false, ...more });
const version = (number, more = {}) => ({ round: "tuan-1", round_name: "Tuần thứ Nhất", version: number, status: "provisional", is_newest: false, files: [document("notice.docx"), document("winners.xlsx", { needs_step_up: true })], ...more });
export const DOCUMENTS = { versions: [
  version(1),
  version(2, { is_newest: true, files: [document("notice.docx"), document("annex.pdf", { size: 9_812_345, parts: 3, sha256: hashOf(`${BYTES}${BYTES}${BYTES}`) }), document("winners.xlsx", { needs_step_up: true }), document("certificates-002.pdf"), document("commendation.docx", { status: "failed", detail: "kế hoạch không ghi ai được biểu dương.", size: null, sha256: null, parts: null })] }),
  version(1, { round: "contest", round_name: null, version: 0, status: null, is_newest: true, files: [document("report.docx")] }),
] };
/** Two versions of the first round are public. */
export const PUBLISHED_AT = "2021-12-20T01:50:00.000Z";
export const PUBLISHED = { ...RANKED, now: PUBLISHED_AT, rounds: RANKED.rounds.map((round, at) => (at === 0 ? { ...round, phase: "published", version: 2 } : { ...round, phase: "open" })) };
export const OFFICIAL_VERSIONS = { versions: [...DOCUMENTS.versions.map((of) => ({ ...of, is_newest: of.version === 0 })), version(3, { status: "official", is_newest: true, files: [] })] };

// ---- people

const attempt = (number, state, submitted_at) => ({ round: "tuan-1", round_name: "Tuần thứ Nhất", number, started_at: "2021-12-14T02:00:00.000Z", ends_at: "2021-12-14T02:15:30.000Z", submitted_at, state });
export const CARD = {
  code: ON.code, contestant: ON.contestant, full_name: ON.full_name, birth_year: 1990, unit: { code: "an-chau", name: "Xã Ân Châu" }, registered_at: "2021-12-11T02:00:00.000Z", erased: false, reset_until: null,
  attempts: [attempt(1, "submitted", "2021-12-14T02:05:07.120Z"), attempt(2, "not_submitted", null), attempt(3, "under_way", null)],
};
export const ERASED = { ...CARD, full_name: null, birth_year: null, unit: null, erased: true, attempts: [] };
const named = (n) => ({ ...CARD, code: `SC7K2M0${n}`, full_name: `Nguyễn Văn ${n}`, attempts: null });
/** What each page of a search by name finds. */
export const NAME_PAGES = [
  { people: [named("A")], next: "p2", end: "continues" },
  { people: [named("B"), named("C")], next: null, end: "all" },
];

/** The paper that contestants of the fixture get. */
export const PAPER = { round: "tuan-1", round_name: "Tuần thứ Nhất", seed: 1, minutes: 15, is_open: true, paper };

/** `desk`: `overview`, `proposals` (lines), `proposal` (one, which steps change), `review`, `items`, `watch` and `seconds` of a count, `results`, `documents`, `card` and
    `needsTwo` (whether a unit is corrected by two people), `isSecret` (whether the paper's round is still to open). */
export function deskRoutes(desk = {}) {
  const api = "\\/v1\\/organizer\\/";
  const at = (path) => new RegExp(`^${api}${path}$`);
  const one = (name, usual) => () => json(200, desk[name] ?? usual);
  const becomes = (status, more = {}) => () => {
    Object.assign(desk.proposal, { status, waits_for: null, can: [] }, more);
    return json(200, { status });
  };
  const approve = () => {
    if (desk.proposal.kind !== "reset") return becomes("approved", { waits_for: "effect", decided_by: OWN, decided_at: CLOSED_AT })();
    becomes("applied", { decided_by: OWN, decided_at: CLOSED_AT, applied: { at: CLOSED_AT, versions: [], differs: [] } })();
    return json(200, { status: "applied", slip: SLIP });
  };
  return [
    ["GET", at("contests\\/[^/]+"), "overview", one("overview", RANKED)],
    ["GET", at("(?:contests\\/[^/]+\\/)?proposals"), "proposals", () => json(200, { now: CLOSED_AT, proposals: desk.proposals ?? LIST })],
    ["POST", at("contests\\/[^/]+\\/proposals"), "propose", () => json(201, { proposal: ID })],
    ["GET", at("(?:contests\\/[^/]+\\/)?proposals\\/\\w+"), "proposal", () => (desk.proposal ? json(200, desk.proposal) : problem(404, "no_such_proposal", "Không có đề nghị này."))],
    ["POST", at("(?:contests\\/[^/]+\\/)?proposals\\/\\w+\\/preview"), "try", () => {
      if (desk.proposal) Object.assign(desk.proposal, { status: "draft", waits_for: "computing", can: ["withdraw"], preview: null });
      return json(202, { status: "draft" }, { "retry-after": "2" });
    }],
    ["POST", at("(?:contests\\/[^/]+\\/)?proposals\\/\\w+\\/approve"), "approve", approve],
    ["POST", at("(?:contests\\/[^/]+\\/)?proposals\\/\\w+\\/reject"), "reject", (body) => becomes("rejected", { decided_by: OWN, decided_at: CLOSED_AT, problem: JSON.parse(body).reason })()],
    ["DELETE", at("(?:contests\\/[^/]+\\/)?proposals\\/\\w+"), "withdraw", () => {
      becomes("withdrawn")();
      return { status: 204, body: "" };
    }],
    ["GET", at("contests\\/[^/]+\\/rounds\\/[^/]+\\/watch"), "watch", one("watch", FIGURES)],
    ["POST", at("contests\\/[^/]+\\/rounds\\/[^/]+\\/watch"), "count", () => json(202, { status: "asked", again_after_seconds: desk.seconds ?? 60 })],
    ["GET", at("contests\\/[^/]+\\/rounds\\/[^/]+\\/results"), "results", one("results", RESULTS)],
    ["GET", at("contests\\/[^/]+\\/documents"), "documents", one("documents", { versions: [] })],
    ["GET", at("contests\\/[^/]+\\/documents\\/[^/]+\\/\\d+\\/[^/]+\\/parts\\/\\d+"), "part", () => ({ status: 200, body: BYTES, headers: { "content-type": "application/octet-stream" } })],
    ["POST", at("contests\\/[^/]+\\/rounds\\/[^/]+\\/paper"), "see-paper", (body) => json(200, { ...PAPER, seed: JSON.parse(body).seed, is_open: !desk.isSecret })],
    ["POST", at("contests\\/[^/]+\\/contestants\\/search"), "search", (body) => {
      const { by, next } = JSON.parse(body);
      if (by === "name") return json(200, NAME_PAGES[next ? 1 : 0]);
      return json(200, { people: [desk.card ?? CARD], next: null, end: "all" });
    }],
    ["PATCH", at("contests\\/[^/]+\\/contestants\\/\\w+"), "correct-unit", () => (desk.needsTwo ? json(202, { proposal: ID }) : { status: 204, body: "" })],
    ["POST", at("contests\\/[^/]+\\/contestants\\/\\w+\\/resets"), "reset", () => json(202, { proposal: ID })],
    ["GET", at("contests\\/[^/]+\\/rounds\\/[^/]+\\/review"), "review", one("review", REVIEW)],
    ["GET", at("contests\\/[^/]+\\/rounds\\/[^/]+\\/review\\/\\d+"), "review-more", () => json(200, REVIEW_REST)],
    ["GET", at("contests\\/[^/]+\\/rounds\\/[^/]+\\/items"), "items", one("items", ITEMS)],
  ];
}
