// Checks what is published over a contest (docs/TRUST.md): every round of it, and then what follows from their versions.

import { verifyWords } from "../words/verify.mjs";
import { changesOf } from "./changes.mjs";
import { Broken, cellsOf, holds } from "./files.mjs";
import { figuresOf, lastOf, rankingRows, resultsOf, standingsOf } from "./overall.mjs";
import { checkRound, needing, parsed, pointerOf, readVersion } from "./round.mjs";
import { unitCells } from "./units.mjs";

const RANKING = "rank,contestant,unit,score,perfect_attempts,duration_ms,rounds";
const UNITS = "rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,prize";
const FILES = ["ranking.csv", "results.json", "units.csv"];
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
    rounds: new Map(), notes: [],
  };
  // What follows is read before what it follows from: a round may only be newer by then.
  over.standings = await readStandings(over, read);
  over.overall = await readOverall(over, read);
  for (const { id, name } of today.rounds) {
    if (await read(`${contestId}/rounds/${id}/index.json`)) await checkPublished(over, read, { id, name }, tell);
  }
  if (over.rounds.size === 0) over.notes.push("nothingPublished");
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
  const { history, notes, text } = await checkRound(read, over.contestId, id, tell, keep);
  const root = text("checkpoint").split("\n")[2];
  for (const version of kept.values()) Object.assign(version, { root, published: history[0].published_at });
  over.rounds.set(id, { history, kept });
  over.notes.push(...notes);
}

function addedBy({ contest, points, round, results, roundId: id }, contestants, winners, listed) {
  const adds = contestants.map((person) => {
    const { pseudonym, unit, attempts, perfects, counted: { right, questions, duration } } = person;
    const hidden = !unit && !listed.has(pseudonym) && contest.fields.includes("unit");
    return { pseudonym, unit, attempts, perfects, right, questions, duration, hidden, points, won: winners.get(person) ?? null };
  });
  return { id, contest, round, results, adds, hidesKey: contest.attempt.reveal_key === "never", closes: Date.parse(round.closes), closedAt: round.closes };
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
    const expected = ["decisions.json", "lots.json"].filter((name) => version.files.has(name)).concat(FILES).sort();
    holds(!("ledger_root" in version.manifest) && [...version.files.keys()].join() === expected.join(), manifest, "form");
    version.sha256 = history[place].manifest_sha256;
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

/** Of rounds whose key is never shown nothing can be computed again. */
function hidesKey({ notes }, rounds) {
  const hides = rounds.some((round) => round.hidesKey);
  if (hides) notes.push("keyHidden");
  return hides;
}

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
    await checkVersion(over, version, before);
    before = version;
  }
  holds(before.results.status === overall.status, file, "status");
  if (!isLive(over, before.manifest.follows)) notes.push("overallOlder");
  await tell("overall", overall.versions.length);
}

async function checkVersion(over, version, before) {
  const { folder, manifest, results, number } = version;
  const [ofManifest, ofResults] = [`${folder}manifest.json`, `${folder}results.json`];
  checkFollows(over, manifest.follows, ofManifest);
  holds(manifest.follows.length === over.order.length, ofManifest, "follows");
  version.decided = await decidedOf(version, before);
  checkAfter(over, version, before, ofManifest);
  const rounds = roundsOf(over, manifest.follows);
  const last = lastOf(rounds);
  holds(manifest.rules_sha256 === last.contest.rules_sha256, ofManifest, "rules");
  const isOfficial = version.decided.official && rounds.every(({ results: { status } }) => status === "official");
  holds(results.status === (isOfficial ? "official" : "provisional"), ofResults, "status");
  checkCompetitions(over, results, ofResults);
  const known = {
    schema: "hoithi/results/1", contest: over.contestId, round: "overall", version: number, closed_at: last.closedAt, rounds: over.order, prediction: null,
  };
  sameMembers(results, known, ofResults);
  if (hidesKey(over, rounds)) return;
  const rows = cellsOf(version.text("ranking.csv"));
  const units = new Map(rows.map(([, contestant, unit]) => [contestant, unit || null]));
  version.notes = over.notes;
  if (isDrawn(version)) version.tickets = await (await import("./lots.mjs")).overallTickets(version, rounds, last, rows.map(([, contestant]) => contestant)); // few contests draw lots
  const figures = figuresOf(over, rounds, true, units, version.decided, version.tickets);
  checkUnits(figures, `${folder}ranking.csv`);
  sameTable(version, "ranking.csv", RANKING, rankingRows(figures));
  if (!figures.hidden) sameTable(version, "units.csv", UNITS, (figures.tables[0]?.rows ?? []).map((row) => unitCells(row, figures.contest.rounding)));
  const { totals, winners, collective } = resultsOf(figures, results);
  version.says = figures.says;
  const changes = before ? changesOf(before.says, figures.says) : [];
  sameMembers(results, { totals, winners, ...(!figures.hidden && { collective }), changes }, ofResults);
}

const isDrawn = ({ files }) => files.has("lots.json");

/** What was decided about the contest as a whole: nothing in the first version. */
async function decidedOf(version, before) {
  if (!before && !version.files.has("decisions.json")) return { decisions: [], places: new Map(), forfeits: new Set(), reason: null, official: true };
  return (await import("./decisions.mjs")).decidedOver(version, before?.decided.decisions ?? []);
}

/** A later version has one thing that the one before has not, and says which. */
function checkAfter({ rounds, order }, version, before, file) {
  const { manifest: { follows, reason }, decided } = version;
  if (!before) return holds(reason === null && !isDrawn(version), file, "reason");
  holds(!isDrawn(before) || (isDrawn(version) && before.text("lots.json") === version.text("lots.json")), file, "otherLots");
  const versionOf = (lines, id) => lines.find(({ round }) => round === id).version;
  const steps = order.map((id) => [id, versionOf(before.manifest.follows, id), versionOf(follows, id)]);
  holds(steps.every(([, then, now]) => now >= then), file, "followsOlder");
  const reasons = steps.flatMap(([id, then, now]) => rounds.get(id).history.slice(then, now).map((entry) => entry.reason)).filter((text) => text !== null);
  const changed = [
    [steps.some(([, then, now]) => now > then), [...new Set(reasons)].join("; ")],
    [decided.reason !== null, decided.reason],
    [isDrawn(version) && !isDrawn(before), verifyWords.withoutDecision[0]],
  ].filter(([is]) => is);
  holds(changed.length === 1, file, "followsOlder");
  return holds(reason === changed[0][1], file, "reason");
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
  const { follows, version } = splitFollows(over, told.follows, file);
  checkFollows(over, follows, file);
  const isFinal = follows.length === order.length;
  const known = { schema: "hoithi/standings/1", contest: contestId, rounds: follows.map(({ round }) => round), status: isFinal ? "final" : "provisional" };
  sameMembers(told, known, file);
  checkCompetitions(over, told, file);
  if (!isLive(over, follows) || (version && version !== over.overall.versions.at(-1))) notes.push("standingsOlder");
  const followed = roundsOf(over, follows);
  if (!hidesKey(over, followed)) {
    const units = new Map((told.overall ?? []).map(({ contestant, unit }) => [contestant, unit]));
    const figures = figuresOf(over, followed, isFinal, units, version?.decided, version?.tickets);
    checkUnits(figures, file);
    const { collective, overall } = standingsOf(figures, namesOf(version));
    sameMembers(told, { ...(!figures.hidden && { collective }), overall }, file);
  }
  await tell("standings", follows.length);
}

/** What standings follow: versions of rounds, and the version over the contest whose prizes they have. */
function splitFollows({ overall }, follows, file) {
  const last = follows.at(-1);
  if (last?.round !== "overall") return { follows, version: null };
  const version = overall?.versions.find(({ number }) => number === last.version);
  const rounds = follows.slice(0, -1);
  holds(version?.sha256 === last.manifest_sha256 && JSON.stringify(version.manifest.follows) === JSON.stringify(rounds), file, "followsNone", "overall");
  return { follows: rounds, version };
}

/** The names of winners that a version over the contest gives. */
function namesOf(version) {
  const winners = (version?.results.winners ?? []).filter(({ full_name: name }) => name !== null);
  return new Map(winners.map(({ contestant, full_name: name }) => [contestant, name]));
}
