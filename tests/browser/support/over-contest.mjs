// What the stand-in server tells over the whole contest, in the shape of CONTRACT 5: after the first round, after the
// last one, and once both rounds are recognized. story.test.mjs compares these shapes with the real server's.

import { contest, CONTEST, PSEUDONYM } from "./fixture.mjs";

const [first, last] = contest.rounds;

const unit = (rank, code, name, members, contestants, attempts, points, prize) => ({
  rank, unit: code, name, level: "ward", members, contestants, attempts, perfect_contestants: 16, mean_score: "86.59",
  rate_percent: members ? "42.10" : null, winners: 1, points, prize,
});

/** Two competitions: one for the most attempts, one by points and at two levels. */
const competitions = (prizes) => [
  { id: "tap-the", units: [
    unit(1, "bach-quang", "Phường Bách Quang", 1000, 421, 1900, null, prizes[0]),
    unit(2, "luong-son", "Phường Lương Sơn", 1149, 240, 490, null, prizes[1]),
    unit(null, "an-chau", "Xã Ân Châu", null, 3, 3, null, null),
  ] },
  { id: "theo-diem", units: [
    unit(1, "luong-son", "Phường Lương Sơn", 1149, 240, 490, "61.50", prizes[0]),
    unit(2, "bach-quang", "Phường Bách Quang", 1000, 421, 1900, "42.10", null),
  ] },
];

/** A contest whose ranking over the rounds gives prizes, with the second competition beside the first one. */
export const rankedContest = {
  ...contest,
  overall: { score: "sum", best: 0, rounds: [], order: ["score desc", "perfect_attempts desc", "duration asc"] },
  collective: [...contest.collective, { ...contest.collective[0], id: "theo-diem", level: ["ward", "base"], measure: ["points desc", "winners desc"] }],
};

const WINNERS = ["Nguyễn Thị Hồng Nhung", "Đỗ Văn Ẩm"];
const codeOf = (rank) => (rank === 60 ? PSEUDONYM : `ng${String(rank).padStart(14, "a")}`);
const line = (rank, won) => ({
  rank, contestant: codeOf(rank), unit: "bach-quang", score: rank === 1 ? 2 : `1.${String(99 - rank).padStart(2, "0")}`, perfect_attempts: rank === 1 ? 2 : 0,
  duration_ms: 305250 + rank, prize: won[rank - 1] ? ["Giải Nhất", "Giải Nhì"][rank - 1] : null, ...(won[rank - 1] ? { full_name: won[rank - 1] } : {}),
});
const lines = (won) => Array.from({ length: 180 }, (_, at) => line(at + 1, won));

/** `editions`: the version of the results over the contest whose prizes stand in it, where there is one. */
const standings = (rounds, status, collective, overall, editions = []) => JSON.stringify({
  schema: "hoithi/standings/1", contest: CONTEST, rounds: rounds.map(({ round }) => round), follows: [...rounds, ...editions], status, collective, overall,
});

const OVERALL = { id: "overall" };
const followed = (round, version) => ({ round: round.id, version, manifest_sha256: String(version).repeat(64) });
const winner = (rank) => {
  const { prize, ...told } = line(rank, WINNERS);
  return { ...told, tier: ["first", "second"][rank - 1], prize, amount: 3_000_000 / rank, unit_name: "Phường Bách Quang", rounds: 2 };
};
const UNIT_PRIZES = [["Giải Nhất", "Giải Nhì"], ["Giải Nhất", null]];

const results = (version, status, prizes, changes) => JSON.stringify({
  schema: "hoithi/results/1", contest: CONTEST, round: "overall", version, status, closed_at: last.closes, rounds: [first.id, last.id],
  totals: { registered: 18032, contestants: 17201, attempts: 51020, perfect_attempts: 21429, perfect_contestants: 6195, perfect_attempts_percent: "42.00" },
  prediction: null, winners: [winner(1), winner(2)], changes,
  collective: competitions(prizes).map(({ id, units }) => ({
    id, winners: units.filter(({ prize }) => prize).map(({ rank, prize, unit: code, name }) => ({ rank, prize, amount: 2_000_000, unit: code, name })),
  })),
});

const sizes = ["ranking.csv", "results.json", "units.csv"].map((name) => ({ name, sha256: "d".repeat(64), size: 4096 }));
const manifest = (version, follows) => JSON.stringify({
  schema: "hoithi/manifest/1", contest: CONTEST, round: "overall", version, previous: version > 1 ? "e".repeat(64) : null,
  rules_sha256: contest.rules_sha256, reason: null, history: [], follows, files: sizes,
});

const entry = (version, reason, published_at) => ({ version, manifest_sha256: String(version).repeat(64), reason, published_at });
const history = [entry(1, null, last.publishes), entry(2, "Công nhận kết quả; loại một bài thi hộ", "2021-12-30T02:00:00.000Z")];
const pointer = (version, status) => JSON.stringify({
  schema: "hoithi/round/1", version, status, path: `v${version}/`, manifest_sha256: history[version - 1].manifest_sha256,
  published_at: history[version - 1].published_at, history: history.slice(0, version),
});

const decisions = (round, number, decided_on) => JSON.stringify({
  schema: "hoithi/decisions/1", contest: CONTEST, round: round.id,
  decisions: [{ number, decided_on, at: "2021-12-29T02:00:00.000Z", changes: [{ action: "recognize", reason: "Công nhận kết quả" }] }],
});

const firstEdition = [followed(first, 1), followed(last, 1)];
const secondEdition = [followed(first, 2), followed(last, 2)];
const changes = [
  { kind: "figure", figure: "contestants", before: 17202, after: 17201 },
  { kind: "ranks", moved: 12, entered: 0, left: 1 },
];

const noPrizes = competitions([null, null]);
/** As the contest of the fixture is: one competition, no ranking of people. */
const provisional = { "standings.json": standings([followed(first, 1)], "provisional", noPrizes.slice(0, 1), null) };
const rankedProvisional = { "standings.json": standings([followed(first, 1)], "provisional", noPrizes, lines([])) };
const final = {
  "standings.json": standings(firstEdition, "final", competitions(UNIT_PRIZES[0]), lines(WINNERS), [followed(OVERALL, 1)]),
  "overall/index.json": pointer(1, "provisional"),
  "overall/v1/results.json": results(1, "provisional", UNIT_PRIZES[0], []),
  "overall/v1/manifest.json": manifest(1, firstEdition),
};
const official = {
  ...final,
  "standings.json": standings(secondEdition, "final", competitions(UNIT_PRIZES[1]), lines(WINNERS), [followed(OVERALL, 2)]),
  "overall/index.json": pointer(2, "official"),
  "overall/v2/results.json": results(2, "official", UNIT_PRIZES[1], changes),
  "overall/v2/manifest.json": manifest(2, secondEdition),
  [`rounds/${first.id}/v2/decisions.json`]: decisions(first, "412/QĐ-UBND", "2021-12-29"),
  [`rounds/${last.id}/v2/decisions.json`]: decisions(last, "413/QĐ-UBND", "2021-12-29"),
};

/** Texts below contests/{c}/, by stage. */
export const overContest = { provisional, rankedProvisional, final, official };
