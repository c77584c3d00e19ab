// Scores, ranks, prizes and units of a round, computed again from the ledger (docs/TRUST.md).
// Exact: whole numbers, and BigInt where a product may pass 2^53.

import { bySize, fraction, groupsOf, leftOfFirst, shareRanks, stockOf, twoDecimals, wire } from "./exact.mjs";
import { Broken, cellsOf, holds } from "./files.mjs";
import { roundUnits, unitCells } from "./units.mjs";

const PERCENT_PARTS = 100_000n; // predictions of a percentage have five decimals

// ---- contestants

export function scored(version, key) {
  const { minutes, complete } = version.contest.attempt;
  const { voided } = version.decided;
  for (const entry of version.entries) {
    const asked = Object.entries(entry.answers);
    entry.questions = asked.length;
    entry.right = 0;
    for (const [question, chosen] of asked) {
      holds(question in key, `${version.folder}ledger.jsonl`, "noSuchQuestion", question);
      const answered = chosen.length > 0 && chosen.join() === key[question].join();
      if (answered || voided.has(question)) entry.right += 1;
    }
    entry.invalid = complete === "required" && asked.some(([question, chosen]) => chosen.length === 0 && !voided.has(question));
    entry.perfect = entry.right === entry.questions;
    const elapsed = entry.submitted - entry.started;
    entry.duration = minutes === 0 ? elapsed : Math.min(elapsed, minutes * 60_000);
  }
}

// right/questions of two papers; papers are short, so products are exact.
const byShare = (a, b) => b.right * a.questions - a.right * b.questions;

export function countedOf(attempts, { counted }, order) {
  if (counted !== "best") return counted === "first" ? attempts[0] : attempts.at(-1);
  const better = (a, b) => {
    let by = byShare(a, b);
    for (const key of order) {
      if (by === 0 && key === "duration asc") by = a.duration - b.duration;
      if (by === 0 && key === "started_at asc") by = a.started - b.started;
      if (by === 0 && key === "submitted_at asc") by = a.submitted - b.submitted;
    }
    return by || a.attempt - b.attempt;
  };
  return attempts.reduce((best, attempt) => (better(attempt, best) < 0 ? attempt : best));
}

/** Everybody who is ranked, with the attempt and the prediction that count. */
function contestantsOf(version, listed) {
  const { contest, folder } = version;
  const attempts = new Map();
  for (const entry of version.entries) {
    if (!attempts.has(entry.pseudonym)) attempts.set(entry.pseudonym, []);
    attempts.get(entry.pseudonym).push(entry);
  }
  const people = version.participants;
  const complete = people.length === attempts.size && people.every(({ contestant }) => attempts.has(contestant));
  holds(complete, `${folder}participants.csv`, "people");
  const { struck, forfeits, places } = version.decided;
  const counting = (contestant) => attempts.get(contestant).filter(({ attempt, invalid }) => !invalid && !struck.has(`${contestant} ${attempt}`));
  const counted = people.filter(({ contestant, ranked }) => ranked === "true" && counting(contestant).length > 0);
  return counted.map(({ contestant, won_before, registered_at }) => {
    const own = counting(contestant);
    const counted = countedOf(own, contest.attempt, contest.ranking.order);
    const told = listed.get(contestant)?.[2] ?? "";
    const unit = own[0].unit ?? (told || null);
    holds(!own[0].unit || !told || own[0].unit === told, `${folder}ranking.csv`, "unit", contestant);
    if (!unit && !listed.has(contestant) && contest.fields.includes("unit")) version.hiddenUnits = true;
    const predicting = contest.prediction?.counted === "first" ? own[0] : counted;
    return {
      pseudonym: contestant, unit, counted, attempts: own.length, perfects: own.filter(({ perfect }) => perfect).length,
      prediction: contest.prediction ? predicting.prediction : null, wonBefore: won_before === "true",
      forfeits: forfeits.has(contestant), place: places.get(contestant), registered: registered_at ? Date.parse(registered_at) : 0,
    };
  });
}

function totalsOf(contestants) {
  const add = (figure) => contestants.reduce((total, contestant) => total + Number(figure(contestant)), 0);
  return {
    contestants: contestants.length, attempts: add(({ attempts }) => attempts), perfect_attempts: add(({ perfects }) => perfects),
    perfect_contestants: add(({ counted }) => counted.perfect),
  };
}

// ---- predictions

function actualOf(target, totals) {
  if (target !== "perfect_percent") return fraction(totals[target], 1);
  return totals.contestants === 0 ? fraction(0, 1) : fraction(100 * totals.perfect_contestants, totals.contestants);
}

function partsOf(prediction, target) {
  if (target !== "perfect_percent") return BigInt(prediction);
  const [whole, decimals = ""] = prediction.split(".");
  return BigInt(whole) * PERCENT_PARTS + BigInt(decimals.padEnd(5, "0"));
}

function measure(contestants, { target }, actual) {
  const scale = target === "perfect_percent" ? PERCENT_PARTS : 1n;
  for (const contestant of contestants) {
    if (contestant.prediction === null) continue;
    contestant.parts = partsOf(contestant.prediction, target);
    const apart = contestant.parts * actual.bottom - actual.top * scale;
    contestant.apart = apart < 0n ? -apart : apart;
    contestant.distance = { top: contestant.apart, bottom: actual.bottom * scale };
  }
}

// ---- ranks

function byDistance(a, b, equidistant) {
  if (a.distance === undefined || b.distance === undefined) return Number(a.distance === undefined) - Number(b.distance === undefined);
  const side = { tie: 0, lower: bySize(a.parts, b.parts), higher: bySize(b.parts, a.parts) }[equidistant];
  return bySize(a.apart, b.apart) || side;
}

function orderOf({ ranking, prediction }) {
  const keys = {
    "score desc": (a, b) => byShare(a.counted, b.counted),
    "prediction_distance asc": (a, b) => (prediction ? byDistance(a, b, prediction.equidistant) : 0),
    "duration asc": (a, b) => a.counted.duration - b.counted.duration,
    "submitted_at asc": (a, b) => a.counted.submitted - b.counted.submitted,
    "started_at asc": (a, b) => a.counted.started - b.counted.started,
    "attempts_used asc": (a, b) => a.attempts - b.attempts,
    "attempts_used desc": (a, b) => b.attempts - a.attempts,
    "registered_at asc": (a, b) => a.registered - b.registered,
    "perfect_attempts desc": (a, b) => b.perfects - a.perfects,
  };
  const chosen = ranking.order.map((key) => keys[key]);
  return (a, b) => {
    for (const key of chosen) {
      const by = key(a, b);
      if (by !== 0) return by;
    }
    return 0;
  };
}

// ---- prizes

/** [person, tier] down the ranking, in a round or over the contest. */
export function winnersOf({ prizes, ranking }, people, tickets, round = null) {
  const given = ({ scope, rounds = [] }) => (round === null ? scope === "contest" : scope === "round" && (rounds.length === 0 || rounds.includes(round)));
  let stock = stockOf(prizes.filter(given));
  const winners = [];
  let organizersDecide = false;
  for (const tied of groupsOf(people)) {
    if (stock.length === 0) break;
    const group = tied.filter(({ wonBefore, forfeits }) => !forfeits && (ranking.one_prize_per_person === "none" || !wonBefore));
    const left = leftOfFirst(stock);
    const undecided = group.length > left;
    const ordered = undecided && new Set(group.map(({ place }) => place ?? 0)).size === group.length && group.every(({ place }) => place);
    organizersDecide ||= undecided && !ordered && ranking.unbroken_tie === "organizers";
    if (ranking.unbroken_tie === "extra_prize") {
      winners.push(...group.map((person) => [person, stock[0]]));
      stock = stock.slice(Math.min(left, group.length));
      continue;
    }
    const draws = undecided && !ordered && ranking.unbroken_tie === "lot";
    if (ordered) group.sort((a, b) => a.place - b.place);
    if (draws && tickets) group.sort((a, b) => bySize(tickets.get(a.pseudonym), tickets.get(b.pseudonym)));
    const waits = organizersDecide || (draws && !tickets);
    if (!waits) winners.push(...group.slice(0, stock.length).map((person, at) => [person, stock[at]]));
    stock = stock.slice(group.length);
  }
  return winners;
}

// ---- the files

/** Computes a version again and compares; returns its totals. */
export function ranked(version, key, atClosing) {
  const { contest, folder, results } = version;
  const listed = new Map(cellsOf(version.text("ranking.csv")).slice(1).map((row) => [row[1], row]));
  scored(version, key);
  const contestants = contestantsOf(version, listed);
  const totals = totalsOf(contestants);
  const base = contest.prediction?.actual === "at_closing" && atClosing ? atClosing : totals;
  const actual = contest.prediction && actualOf(contest.prediction.target, base);
  if (actual) measure(contestants, contest.prediction, actual);
  const order = orderOf(contest);
  const people = contestants.filter(({ counted }) => contest.ranking.eligible === "all" || counted.perfect);
  people.sort((a, b) => order(a, b) || bySize(a.pseudonym, b.pseudonym));
  shareRanks(people, order);
  const winners = winnersOf(contest, people, version.tickets, version.roundId);
  sameRows(version, "ranking.csv", people.map((person) => rankingCells(contest, person)));
  if (version.hiddenUnits) version.notes.push("hiddenUnits");
  else sameRows(version, "units.csv", roundUnits(contest, contestants, winners).map((row) => unitCells(row, contest.rounding)));
  version.says = sameResults(version, totals, actual, winners, people);
  version.keep?.(version, contestants, winners, listed);
  return totals;
}

const scoreOf = ({ attempt }, { right, questions }) => wire(fraction(attempt.points * right, questions));

function rankingCells(contest, { rank, pseudonym, unit, counted, prediction, distance }) {
  return [
    rank, pseudonym, unit ?? "", scoreOf(contest, counted), counted.perfect, prediction ?? "", distance ? wire(distance) : "",
    counted.duration, counted.submitted_at, counted.attempt,
  ].map(String);
}

export function sameRows({ folder, text }, name, computed) {
  const told = cellsOf(text(name)).slice(1);
  for (let at = 0; at < Math.max(told.length, computed.length); at += 1) {
    const [theirs, ours] = [told[at]?.join(), computed[at]?.join()];
    if (theirs !== ours) throw new Broken(folder + name, "differs", `${at + 2}: ${theirs ?? "–"} ≠ ${ours ?? "–"}`);
  }
}

export function totalsLine(registered, totals, rounding) {
  const percent = fraction(100 * totals.perfect_attempts, totals.attempts || 1);
  return { registered, ...totals, perfect_attempts_percent: twoDecimals(percent, rounding) };
}

function sameResults({ contest, contestId, roundId, number, round, folder, results, before, changesOf }, totals, actual, winners, people) {
  const units = new Map(contest.units.map(({ code, name }) => [code, name]));
  const names = new Map(results.winners.map(({ contestant, full_name }) => [contestant, full_name]));
  const inOrder = winners.map((won, at) => [won, at]).sort(([[a], x], [[b], y]) => a.rank - b.rank || bySize(a.pseudonym, b.pseudonym) || x - y);
  const says = {
    totals, actual: actual && wire(actual), ranks: new Map(people.map(({ pseudonym, rank }) => [pseudonym, rank])),
    prizes: new Map(winners.map(([{ pseudonym }, { name, amount }]) => [pseudonym, { prize: name, amount }])),
  };
  const computed = {
    schema: "hoithi/results/1", contest: contestId, round: roundId, version: number, status: results.status, closed_at: round.closes,
    totals: totalsLine(results.totals.registered, totals, contest.rounding),
    prediction: actual ? { target: contest.prediction.target, actual: wire(actual) } : null,
    winners: inOrder.map(([[person, tier]]) => ({
      rank: person.rank, tier: tier.tier, prize: tier.name, amount: tier.amount, contestant: person.pseudonym,
      full_name: names.get(person.pseudonym) ?? null, unit: person.unit, unit_name: units.get(person.unit) ?? null,
      score: scoreOf(contest, person.counted), prediction: person.prediction, prediction_distance: person.distance ? wire(person.distance) : null,
      duration_ms: person.counted.duration, submitted_at: person.counted.submitted_at,
    })),
    changes: before ? changesOf(before, says) : [],
  };
  holds(results.totals.registered >= totals.contestants, `${folder}results.json`, "differs", "registered");
  for (const [member, value] of Object.entries(computed)) {
    const [theirs, ours] = [JSON.stringify(results[member]), JSON.stringify(value)];
    // Members of one object may stand in any order.
    const sorted = (text) => JSON.stringify(JSON.parse(text), (_, v) => (v && typeof v === "object" && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v));
    holds(sorted(theirs ?? "null") === sorted(ours), `${folder}results.json`, "differs", `${member}: ${theirs} ≠ ${ours}`);
  }
  return says;
}
