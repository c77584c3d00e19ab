// Units compared, in a round and over the contest (docs/TRUST.md).

import { bySize, compareFractions, fraction, groupsOf, leftOfFirst, shareRanks, stockOf, sum, twoDecimals } from "./exact.mjs";

const PLAIN = { measure: ["attempts desc", "mean_score desc"], min_rate_percent: 0, prizes: [] };

/** The table of a round: the first competition that is decided in it, else the first one. */
export function roundUnits(contest, contestants, winners) {
  const rules = contest.collective.find(({ scope }) => scope === "round") ?? contest.collective[0] ?? null;
  const adds = contestants.map(({ pseudonym, unit, attempts, counted: { right, questions } }) => ({ pseudonym, unit, attempts, right, questions, points: contest.attempt.points }));
  return unitTable(contest, rules, adds, winners.map(([{ unit }, tier]) => ({ unit, tier })), rules?.scope === "round");
}

/** Rows by rank, the unranked last, from what each counted attempt adds and from people's prizes. */
export function unitTable(contest, rules, adds, prizes, gives) {
  const units = new Map(contest.units.map((unit) => [unit.code, unit]));
  const listed = rules ? contest.units.filter(({ level }) => level !== null && [rules.level].flat().includes(level)) : contest.units;
  const rows = new Map(listed.map((unit) => [unit.code, {
    unit, members: membersOf(unit, contest.units), people: new Set(), submissions: 0, attempts: 0, perfect: 0, score: fraction(0, 1),
    winners: 0, amount: 0, forPrizes: 0, prize: null,
  }]));
  const rowOf = (code) => {
    let at = units.get(code);
    while (at && !rows.has(at.code)) at = units.get(at.parent);
    return at && rows.get(at.code);
  };
  for (const { pseudonym, unit, attempts, right, questions, points } of adds) {
    const row = rowOf(unit);
    if (!row) continue;
    row.people.add(pseudonym);
    row.submissions += 1;
    row.attempts += attempts;
    row.perfect += Number(right === questions);
    row.score = sum(row.score, fraction(points * right, questions));
  }
  for (const { unit, tier } of prizes) {
    const row = rowOf(unit);
    if (!row) continue;
    row.winners += 1;
    row.amount += tier.amount;
    row.forPrizes += rules?.points?.[tier.tier] ?? 0;
  }
  const all = [...rows.values()].filter(({ people }) => rules || people.size > 0);
  for (const row of all) row.contestants = row.people.size;
  for (const row of all) row.points = pointsOf(row, rules?.points);
  return rankUnits(all, rules ?? PLAIN, gives);
}

function membersOf(unit, units) {
  if (unit.members !== null) return unit.members;
  const below = units.filter(({ parent }) => parent === unit.code).map((child) => membersOf(child, units)).filter((members) => members !== null);
  return below.length ? below.reduce((a, b) => a + b) : null;
}

const per = (top, bottom) => (bottom ? fraction(top, bottom) : null);

function pointsOf({ contestants, members, forPrizes }, table) {
  if (!table) return null;
  const percent = table.contestants_percent;
  return percent === 0 ? fraction(forPrizes, 1) : members ? fraction(percent * 100 * contestants + forPrizes * members, members) : null;
}

export const meanOf = ({ score, submissions }) => (submissions ? { top: score.top, bottom: score.bottom * BigInt(submissions) } : null);
export const rateOf = ({ contestants, members }) => per(100 * contestants, members);

function figureOf(row, key) {
  return {
    "attempts desc": () => fraction(row.attempts, 1),
    "contestants desc": () => fraction(row.contestants, 1),
    "perfect_contestants desc": () => fraction(row.perfect, 1),
    "prize_points desc": () => fraction(row.amount, 1),
    "winners desc": () => fraction(row.winners, 1),
    "points desc": () => row.points,
    "mean_score desc": () => meanOf(row),
    "attempts_per_member desc": () => per(row.attempts, row.members),
    "contestants_per_member desc": () => per(row.contestants, row.members),
  }[key]();
}

function rankUnits(rows, { measure: keys, min_rate_percent, prizes }, gives) {
  const needed = keys.filter((key) => key.includes("per_member") || key === "points desc");
  const isRanked = (row) => needed.every((key) => figureOf(row, key))
    && (min_rate_percent === 0 || (row.members > 0 && 100 * row.contestants >= min_rate_percent * row.members));
  const order = (a, b) => {
    for (const key of keys) {
      const [x, y] = [figureOf(a, key), figureOf(b, key)];
      const by = x === null || y === null ? Number(x === null) - Number(y === null) : compareFractions(y, x);
      if (by !== 0) return by;
    }
    return 0;
  };
  const byCode = (a, b) => bySize(a.unit.code, b.unit.code);
  const ranked = rows.filter(isRanked).sort((a, b) => order(a, b) || byCode(a, b));
  shareRanks(ranked, order);
  let stock = gives ? stockOf(prizes) : [];
  for (const group of groupsOf(ranked).map((tied) => tied.filter(({ contestants }) => contestants > 0))) {
    if (stock.length === 0 || group.length === 0) continue;
    for (const row of group) row.prize = stock[0];
    stock = stock.slice(Math.min(leftOfFirst(stock), group.length));
  }
  return [...ranked, ...rows.filter((row) => !isRanked(row)).sort(byCode)];
}

export function unitCells(row, rounding) {
  const { rank = "", unit, members, contestants, attempts, perfect, prize } = row;
  const ratio = (value) => (value ? twoDecimals(value, rounding) : "");
  return [rank, unit.code, unit.name, unit.level ?? "", members ?? "", contestants, attempts, perfect, ratio(meanOf(row)), ratio(rateOf(row)), prize?.name ?? ""].map(String);
}
