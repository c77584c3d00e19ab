// The figures over a contest, computed from what each of its rounds adds (docs/TRUST.md). Knows nothing of files.

import { bySize, compareFractions, fraction, shareRanks, sum, twoDecimals, wire } from "./exact.mjs";
import { totalsLine, winnersOf } from "./ranking.mjs";
import { meanOf, rateOf, unitTable } from "./units.mjs";

const MOST_LINES = 1000;

/** The round that closes last, the first in order among equal ones. */
export const lastOf = (rounds) => rounds.reduce((last, round) => (round.closes > last.closes ? round : last));

/** Everything over the contest. `units` is what people's lines say, for those whose unit no round tells; `decided` and
    `tickets` are what decides about prizes besides the ranking. */
export function figuresOf({ rules, competitions }, rounds, isFinal, units, decided, tickets) {
  const { contest } = lastOf(rounds);
  const hidden = rounds.some(({ adds }) => adds.some((person) => person.hidden));
  const lines = rules ? rankingOf(rules, rounds, units) : null;
  for (const line of decided ? lines ?? [] : []) {
    [line.place, line.forfeits] = [decided.places.get(line.pseudonym), decided.forfeits.has(line.pseudonym)];
  }
  const winners = isFinal ? winnersOf(contest, lines ?? [], tickets) : [];
  const prizes = [...rounds.flatMap(({ adds }) => adds.filter(({ won }) => won).map(({ unit, won }) => ({ unit, tier: won }))), ...winners.map(([{ unit }, tier]) => ({ unit, tier }))];
  const adds = rounds.flatMap((round) => round.adds);
  const tables = competitions.map((of) => ({ of, rows: unitTable(contest, of, adds, prizes, isFinal) }));
  const totals = totalsOf(adds);
  const says = {
    totals, actual: null, ranks: new Map(lines?.map(({ pseudonym, rank }) => [pseudonym, rank])),
    prizes: new Map(winners.map(([{ pseudonym }, { name, amount }]) => [pseudonym, { prize: name, amount }])),
  };
  return { contest, hidden, lines, winners, tables, says, registered: rounds.at(-1).results.totals.registered };
}

function totalsOf(adds) {
  const add = (figure) => adds.reduce((total, person) => total + Number(figure(person)), 0);
  return {
    contestants: new Set(adds.map(({ pseudonym }) => pseudonym)).size, attempts: add(({ attempts }) => attempts),
    perfect_attempts: add(({ perfects }) => perfects), perfect_contestants: add(isPerfect),
  };
}

const isPerfect = ({ right, questions }) => right === questions;

function rankingOf(rules, rounds, units) {
  const people = new Map();
  for (const { id, adds } of rounds) {
    const counts = rules.rounds.length === 0 || rules.rounds.includes(id);
    for (const person of adds) {
      const took = people.get(person.pseudonym) ?? { counted: [], wonBefore: false };
      if (counts) took.counted.push(person);
      took.wonBefore ||= person.won !== null;
      took.last = person;
      people.set(person.pseudonym, took);
    }
  }
  const lines = [...people.values()].filter(({ counted }) => counted.length > 0).map((took) => lineOf(rules, took, units));
  const keys = {
    "score desc": (a, b) => compareFractions(b.score, a.score),
    "perfect_attempts desc": (a, b) => b.perfect - a.perfect,
    "duration asc": (a, b) => a.duration - b.duration,
  };
  const order = (a, b) => rules.order.reduce((by, key) => by || keys[key](a, b), 0);
  lines.sort((a, b) => order(a, b) || bySize(a.pseudonym, b.pseudonym));
  shareRanks(lines, order);
  return lines;
}

function lineOf(rules, { counted, last, wonBefore }, units) {
  const better = (a, b) => b.right * a.questions - a.right * b.questions || a.duration - b.duration;
  const summed = rules.score === "best" ? [...counted].sort(better).slice(0, rules.best) : counted;
  const unit = last.hidden ? units.get(last.pseudonym) ?? null : last.unit;
  return {
    pseudonym: last.pseudonym, unit, rounds: counted.length, wonBefore,
    score: summed.map(({ right, questions }) => fraction(right, questions)).reduce(sum),
    perfect: summed.filter(isPerfect).length, duration: summed.reduce((total, { duration }) => total + duration, 0),
  };
}

// ---- as they are written

export const rankingRows = ({ lines }) => (lines ?? []).map(({ rank, pseudonym, unit, score, perfect, duration, rounds }) => [rank, pseudonym, unit ?? "", wire(score), perfect, duration, rounds].map(String));

export function resultsOf(figures, told) {
  const { contest, winners, lines, tables, says, registered } = figures;
  const names = new Map(told.winners.map(({ contestant, full_name }) => [contestant, full_name]));
  const units = new Map(contest.units.map(({ code, name }) => [code, name]));
  const tiers = new Map(winners.map(([line, tier]) => [line, tier]));
  return {
    totals: totalsLine(registered, says.totals, contest.rounding),
    winners: (lines ?? []).filter((line) => tiers.has(line)).map((line) => {
      const { tier, name, amount } = tiers.get(line);
      return {
        rank: line.rank, tier, prize: name, amount, contestant: line.pseudonym, full_name: names.get(line.pseudonym) ?? null, unit: line.unit,
        unit_name: units.get(line.unit) ?? null, score: wire(line.score), perfect_attempts: line.perfect, duration_ms: line.duration, rounds: line.rounds,
      };
    }),
    collective: tables.map(({ of, rows }) => ({
      id: of.id, winners: rows.filter(({ prize }) => prize).map(({ rank, prize, unit }) => ({ rank, prize: prize.name, amount: prize.amount, unit: unit.code, name: unit.name })),
    })),
  };
}

/** `names`: of those who win over the contest, where something published gives them. */
export function standingsOf({ contest, winners, lines, tables }, names) {
  const ratio = (value) => (value ? twoDecimals(value, contest.rounding) : null);
  const unitLine = (row) => ({
    rank: row.rank ?? null, unit: row.unit.code, name: row.unit.name, level: row.unit.level, members: row.members, contestants: row.contestants,
    attempts: row.attempts, perfect_contestants: row.perfect, mean_score: ratio(meanOf(row)), rate_percent: ratio(rateOf(row)),
    winners: row.winners, points: ratio(row.points), prize: row.prize?.name ?? null,
  });
  const prizes = new Map(winners.map(([line, { name }]) => [line, name]));
  const personLine = (line) => ({
    rank: line.rank, contestant: line.pseudonym, unit: line.unit, score: wire(line.score), perfect_attempts: line.perfect, duration_ms: line.duration,
    prize: prizes.get(line) ?? null, ...(prizes.has(line) && names.has(line.pseudonym) && { full_name: names.get(line.pseudonym) }),
  });
  return { collective: tables.map(({ of, rows }) => ({ id: of.id, units: rows.map(unitLine) })), overall: lines && lines.slice(0, MOST_LINES).map(personLine) };
}
