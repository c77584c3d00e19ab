// Checks what is published over a contest (docs/TRUST.md): every round of it, and then what follows from their versions.

import { changesOf } from "./changes.mjs";
import { Broken, cellsOf, holds } from "./files.mjs";
import { figuresOf, lastOf, rankingRows, resultsOf, standingsOf } from "./overall.mjs";
import { checkRound, needing, parsed, pointerOf, readVersion } from "./round.mjs";
import { unitCells } from "./units.mjs";

const RANKING = "rank,contestant,unit,score,perfect_attempts,duration_ms,rounds";
const UNITS = "rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,prize";
const MEMBERS = {
  follows: "round,version,manifest_sha256",
  standings: "schema,contest,rounds,follows,status,collective,overall",
  units: "rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,winners,points,prize",
  person: "rank,contestant,unit,score,perfect_attempts,duration_ms,prize",
  results: "schema,contest,round,version,status,closed_at,rounds,totals,prediction,winners,collective,changes",
  winner: "rank,tier,prize,amount,contestant,full_name,unit,unit_name,score,perfect_attempts,duration_ms,rounds",
  unitWinner: "rank,prize,amount,unit,name",
};

/** Returns { notes }: what is worth a word and no fault. */
export async function checkContest(read, contestId, tell) {
  const need = needing(read);
  const today = parsed(await need(`${contestId}/contest.json`), `${contestId}/contest.json`);
  const competitions = today.collective.filter(({ scope }) => scope === "contest");
  const over = {
    need, contestId, folder: `${contestId}/`, order: today.rounds.map(({ id }) => id), rules: today.overall ?? null, competitions,
    hidesKey: today.attempt.reveal_key === "never", rounds: new Map(), notes: [],
  };
  // What follows is read before what it follows from: a round may only be newer by then.
  over.standings = await readStandings(over, read);
  over.overall = await readOverall(over, read);
  for (const { id, name } of today.rounds) {
    if (await read(`${contestId}/rounds/${id}/index.json`)) await checkPublished(over, read, { id, name }, tell);
  }
  if (over.rounds.size === 0) over.notes.push("nothingPublished");
  if (over.hidesKey) over.notes.push("keyHidden");
  await checkOverall(over, tell);
  await checkStandings(over, tell);
  return { notes: [...new Set(over.notes)] };
}

/** Checks a round, and keeps of the versions that something follows from no more than they add to it. */
async function checkPublished(over, read, { id, name }, tell) {
  const follows = [over.standings?.follows ?? [], ...(over.overall?.versions ?? []).map(({ manifest }) => manifest.follows)].flat();
  const followed = new Set(follows.filter(({ round }) => round === id).map(({ version }) => version));
  const kept = new Map();
  const keep = (version, contestants = [], winners = [], listed = new Map()) => {
    if (followed.has(version.number)) kept.set(version.number, addedBy(version, contestants, new Map(winners), listed));
  };
  await tell("round", name);
  const { history, notes } = await checkRound(read, over.contestId, id, tell, keep);
  over.rounds.set(id, { history, kept });
  over.notes.push(...notes);
}

function addedBy({ contest, round, results, roundId: id }, contestants, winners, listed) {
  const adds = contestants.map((person) => {
    const { pseudonym, unit, attempts, perfects, counted: { right, questions, duration } } = person;
    const hidden = !unit && !listed.has(pseudonym) && contest.fields.includes("unit");
    return { pseudonym, unit, attempts, perfects, right, questions, duration, hidden, points: contest.attempt.points, won: winners.get(person) ?? null };
  });
  return { id, contest, results, adds, closes: Date.parse(round.closes), closedAt: round.closes };
}

// ---- form and links

function jsonOf(bytes, file) {
  const told = parsed(bytes, file);
  holds(`${JSON.stringify(told)}\n` === new TextDecoder().decode(bytes), file, "form");
  return told;
}

function haveMembers(lines, members, file) {
  holds(Array.isArray(lines) && lines.every((line) => Object.keys(line).join() === members), file, "form");
}

async function readStandings({ folder }, read) {
  const file = `${folder}standings.json`;
  const bytes = await read(file);
  if (!bytes) return null;
  const told = jsonOf(bytes, file);
  haveMembers([told], MEMBERS.standings, file);
  haveMembers(told.follows, MEMBERS.follows, file);
  haveMembers(told.collective, "id,units", file);
  for (const { units } of told.collective) haveMembers(units, MEMBERS.units, file);
  for (const line of told.overall ?? []) haveMembers([line], "full_name" in line ? `${MEMBERS.person},full_name` : MEMBERS.person, file);
  return told;
}

async function readOverall({ need, contestId, folder: above }, read) {
  const folder = `${above}overall/`;
  if (!(await read(`${folder}index.json`))) return null;
  const { history, status } = await pointerOf(need, folder);
  const versions = [];
  for (const [place, { version: number }] of history.entries()) {
    const version = { need, contestId, roundId: "overall", number, folder: `${folder}v${number}/` };
    await readVersion(version, history, place);
    const [manifest, file] = [`${version.folder}manifest.json`, `${version.folder}results.json`];
    haveMembers(version.manifest.follows, MEMBERS.follows, manifest);
    holds(!("ledger_root" in version.manifest) && [...version.files.keys()].join() === "ranking.csv,results.json,units.csv", manifest, "form");
    version.results = jsonOf(version.bytes("results.json"), file);
    haveMembers([version.results], MEMBERS.results, file);
    haveMembers(version.results.winners, MEMBERS.winner, file);
    haveMembers(version.results.collective, "id,winners", file);
    for (const { winners } of version.results.collective) haveMembers(winners, MEMBERS.unitWinner, file);
    holds(version.results.winners.every(({ full_name: name }) => name === null || typeof name === "string"), file, "form");
    versions.push(version);
  }
  return { status, versions };
}

function checkFollows({ order, rounds }, follows, file) {
  const ids = follows.map(({ round }) => round);
  holds(ids.length > 0 && ids.join() === order.filter((id) => ids.includes(id)).join(), file, "follows");
  for (const { round, version, manifest_sha256 } of follows) {
    const entry = rounds.get(round)?.history.find((entry) => entry.version === version);
    holds(entry?.manifest_sha256 === manifest_sha256, file, "followsNone", round);
  }
}

const isLive = ({ rounds }, follows) => follows.length === rounds.size && follows.every(({ round, version }) => rounds.get(round).history.length === version);
const roundsOf = ({ rounds }, follows) => follows.map(({ round, version }) => rounds.get(round).kept.get(version));

function checkCompetitions({ competitions }, { collective }, file) {
  holds(collective.map(({ id }) => id).join() === competitions.map(({ id }) => id).join(), file, "competitions");
}

function sameMembers(told, computed, file) {
  for (const [member, value] of Object.entries(computed)) {
    const [theirs, ours] = [JSON.stringify(told[member]), JSON.stringify(value)];
    if (theirs !== ours) throw new Broken(file, "differs", `${member}: ${differenceOf(theirs, ours)}`);
  }
}

/** The first place at which two texts differ, and a little around it. */
function differenceOf(theirs, ours) {
  let at = 0;
  while (theirs[at] === ours[at]) at += 1;
  const around = (text) => text.slice(Math.max(at - 40, 0), at + 40);
  return `${around(theirs)} ≠ ${around(ours)}`;
}

// ---- overall/

async function checkOverall(over, tell) {
  const { overall, rounds, order, rules, competitions, notes, folder } = over;
  const due = rounds.size === order.length && (rules !== null || competitions.length > 0);
  if (!overall) {
    if (due) notes.push("overallMissing");
    return;
  }
  const file = `${folder}overall/index.json`;
  holds(due, file, "overallTooEarly");
  let before = null;
  for (const version of overall.versions) {
    checkVersion(over, version, before);
    before = version;
  }
  holds(before.results.status === overall.status, file, "status");
  if (!isLive(over, before.manifest.follows)) notes.push("overallOlder");
  await tell("overall", overall.versions.length);
}

function checkVersion(over, version, before) {
  const { folder, manifest, results, number } = version;
  const [ofManifest, ofResults] = [`${folder}manifest.json`, `${folder}results.json`];
  checkFollows(over, manifest.follows, ofManifest);
  holds(manifest.follows.length === over.order.length, ofManifest, "follows");
  checkAfter(over, manifest, before?.manifest, ofManifest);
  const rounds = roundsOf(over, manifest.follows);
  const last = lastOf(rounds);
  holds(manifest.rules_sha256 === last.contest.rules_sha256, ofManifest, "rules");
  const isOfficial = rounds.every(({ results: { status } }) => status === "official");
  holds(results.status === (isOfficial ? "official" : "provisional"), ofResults, "status");
  checkCompetitions(over, results, ofResults);
  const known = {
    schema: "hoithi/results/1", contest: over.contestId, round: "overall", version: number, closed_at: last.closedAt, rounds: over.order, prediction: null,
  };
  sameMembers(results, known, ofResults);
  if (over.hidesKey) return;
  const units = new Map(cellsOf(version.text("ranking.csv")).map(([, contestant, unit]) => [contestant, unit || null]));
  const figures = figuresOf(over, rounds, true, units);
  checkUnits(figures, `${folder}ranking.csv`);
  sameTable(version, "ranking.csv", RANKING, rankingRows(figures));
  if (!figures.hidden) sameTable(version, "units.csv", UNITS, (figures.tables[0]?.rows ?? []).map((row) => unitCells(row, figures.contest.rounding)));
  const { totals, winners, collective } = resultsOf(figures, results);
  version.says = figures.says;
  const changes = before ? changesOf(before.says, figures.says) : [];
  sameMembers(results, { totals, winners, ...(!figures.hidden && { collective }), changes }, ofResults);
}

/** A later version follows newer rounds, and has their reasons. */
function checkAfter({ rounds, order }, { follows, reason }, before, file) {
  if (!before) return holds(reason === null, file, "reason");
  const versionOf = (lines, id) => lines.find(({ round }) => round === id).version;
  const steps = order.map((id) => [id, versionOf(before.follows, id), versionOf(follows, id)]);
  holds(steps.every(([, then, now]) => now >= then) && steps.some(([, then, now]) => now > then), file, "followsOlder");
  const reasons = steps.flatMap(([id, then, now]) => rounds.get(id).history.slice(then, now).map((entry) => entry.reason)).filter((text) => text !== null);
  return holds(reason === [...new Set(reasons)].join("; "), file, "reason");
}

/** A unit that is believed must at least be one. */
function checkUnits({ lines, contest }, file) {
  const codes = new Set([null, ...contest.units.map(({ code }) => code)]);
  holds((lines ?? []).every(({ unit }) => codes.has(unit)), file, "unit");
}

const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function sameTable({ folder, text }, name, header, rows) {
  const [told, computed] = [text(name), [header.split(","), ...rows].map((row) => `${row.map(cell).join()}\n`).join("")];
  if (told === computed) return;
  const [theirs, ours] = [told.split("\n"), computed.split("\n")];
  const at = theirs.findIndex((line, place) => line !== ours[place]);
  throw new Broken(folder + name, "differs", `${Math.max(at, 0) + 1}: ${theirs[at] ?? "–"} ≠ ${ours[at] ?? "–"}`);
}

// ---- standings.json

async function checkStandings(over, tell) {
  const { standings: told, rounds, notes, folder, contestId, order } = over;
  const file = `${folder}standings.json`;
  if (!told) {
    if (rounds.size > 0) notes.push("standingsMissing");
    return;
  }
  checkFollows(over, told.follows, file);
  const isFinal = told.follows.length === order.length;
  const known = { schema: "hoithi/standings/1", contest: contestId, rounds: told.follows.map(({ round }) => round), status: isFinal ? "final" : "provisional" };
  sameMembers(told, known, file);
  checkCompetitions(over, told, file);
  if (!isLive(over, told.follows)) notes.push("standingsOlder");
  if (!over.hidesKey) {
    const units = new Map((told.overall ?? []).map(({ contestant, unit }) => [contestant, unit]));
    const figures = figuresOf(over, roundsOf(over, told.follows), isFinal, units);
    checkUnits(figures, file);
    const { collective, overall } = standingsOf(figures, namesOf(over, told.follows));
    sameMembers(told, { ...(!figures.hidden && { collective }), overall }, file);
  }
  await tell("standings", told.follows.length);
}

/** Names that the results over the contest give which follow from the same versions. */
function namesOf({ overall }, follows) {
  const versions = (overall?.versions ?? []).filter(({ manifest }) => JSON.stringify(manifest.follows) === JSON.stringify(follows));
  const winners = versions.flatMap(({ results }) => results.winners).filter(({ full_name: name }) => name !== null);
  return new Map(winners.map(({ contestant, full_name: name }) => [contestant, name]));
}
