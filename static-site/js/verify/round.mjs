// Checks a published round from its files alone (docs/TRUST.md): hashes, signatures, the ledger, the key.
// Knows nothing of pages: `read(path)` gives the bytes of a file below contests/, or null.

import { bytesOf, checkNote, hexOf, parseNote } from "../note.mjs";
import { Broken, holds, rowsOf } from "./files.mjs";
import { ranked } from "./ranking.mjs";

export const utf8 = new TextEncoder();
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const hexOfHash = async (bytes) => hexOf(await sha256(bytes));
const CHUNK = 2000; // hashes under way at once: enough to keep the browser busy, few enough to stay responsive

// JSON with members in the order of their names: JavaScript moves names like "10" to the front.
export function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

export const same = (a, b) => canonical(a ?? null) === canonical(b ?? null);

export function parsed(bytes, file) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Broken(file, "form");
  }
}

// ---- RFC 6962 trees

async function inChunks(items, work, tell) {
  const done = [];
  for (let from = 0; from < items.length; from += CHUNK) {
    done.push(...(await Promise.all(items.slice(from, from + CHUNK).map(work))));
    await tell?.(done.length, items.length);
  }
  return done;
}

function marked(mark, ...parts) {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = mark;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Pairs are folded from below; an odd node is carried up. */
async function treeRoot(leaves, tell) {
  if (leaves.length === 0) return sha256(new Uint8Array());
  let level = await inChunks(leaves, (leaf) => sha256(marked(0, leaf)), tell);
  while (level.length > 1) {
    const pairs = Array.from({ length: level.length >> 1 }, (_, at) => [level[2 * at], level[2 * at + 1]]);
    const odd = level.length % 2 ? [level.at(-1)] : [];
    level = [...(await inChunks(pairs, ([a, b]) => sha256(marked(1, a, b)))), ...odd];
  }
  return level[0];
}

// ---- the round

export const needing = (read) => async (file) => (await read(file)) ?? Promise.reject(new Broken(file, "missing"));

/** Checks every version; returns the live one: { contest, entries, results, version, notes, history }. `keep` is given
    each with what is computed of it, and remembers what it needs. */
export async function checkRound(read, contestId, roundId, tell, keep) {
  const folder = `${contestId}/rounds/${roundId}/`;
  const need = needing(read);
  const { history, status } = await pointerOf(need, folder);
  await tell("pointer", history.length);
  let live;
  for (const [place, entry] of history.entries()) {
    const version = { need, read, keep, folder: `${folder}v${entry.version}/`, number: entry.version, contestId, roundId, notes: [], history };
    await readVersion(version, history, place);
    version.ledgerText = version.text("ledger.jsonl");
    await tell("files", version.number);
    holds(!live || same(live.ledgerText, version.ledgerText), `${version.folder}ledger.jsonl`, "otherLedger");
    holds(!live?.files.has("lots.json") || (version.files.has("lots.json") && live.text("lots.json") === version.text("lots.json")), `${version.folder}lots.json`, "otherLots");
    version.decided = await decidedOf(version, live?.decided.decisions);
    [version.firstRanked, version.before] = [live?.firstRanked, live?.says];
    await checkVersion(version, live?.atClosing, history[0].published_at, tell);
    version.atClosing = live?.atClosing ?? version.totals;
    live = version;
  }
  holds(live.results.status === status, `${folder}index.json`, "status");
  return live;
}

/** What was decided up to a version: nothing in the first one. */
async function decidedOf(version, known) {
  if (known || version.files.has("decisions.json")) return (await import("./decisions.mjs")).decidedOf(version, known ?? []); // few rounds have later versions
  holds(version.manifest.reason === null, `${version.folder}manifest.json`, "undecided");
  const none = new Set();
  return { decisions: [], ranked: new Map(), places: new Map(), struck: none, voided: none, rekeyed: none, forfeits: none, status: "provisional" };
}

export async function pointerOf(need, folder) {
  const file = `${folder}index.json`;
  const bytes = await need(file);
  const pointer = parsed(bytes, file);
  const { schema, version, status, path, manifest_sha256, published_at, history } = pointer;
  holds(schema === "hoithi/round/1" && Array.isArray(history) && history.length > 0, file, "form");
  const last = history.at(-1);
  holds(history.every((entry, place) => entry.version === place + 1), file, "history");
  holds(last.version === version && last.manifest_sha256 === manifest_sha256 && last.published_at === published_at && path === `v${version}/`, file, "pointer");
  const once = { schema, version, status, path, manifest_sha256, published_at, history };
  holds(`${JSON.stringify(once)}\n` === new TextDecoder().decode(bytes), file, "form");
  return pointer;
}

export async function readVersion(version, history, place) {
  const { need, folder, contestId, roundId, number } = version;
  const file = `${folder}manifest.json`;
  const bytes = await need(file);
  holds((await hexOfHash(bytes)) === history[place].manifest_sha256, file, "hash");
  const manifest = parsed(bytes, file);
  const { schema, contest, round, previous, reason } = manifest;
  const named = schema === "hoithi/manifest/1" && contest === contestId && round === roundId && manifest.version === number;
  holds(named && previous === (history[place - 1]?.manifest_sha256 ?? null), file, "chain");
  holds(reason === history[place].reason && same(manifest.history, history.slice(0, place)), file, "chain");
  version.manifest = manifest;
  version.files = new Map();
  for (const { name, sha256: hash, size } of manifest.files) {
    const content = await need(folder + name);
    holds(content.length === size && (await hexOfHash(content)) === hash, folder + name, "hash");
    version.files.set(name, content);
  }
  version.bytes = (name) => version.files.get(name) ?? (() => { throw new Broken(folder + name, "missing"); })();
  version.text = (name) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(version.bytes(name));
  version.json = (name) => parsed(version.bytes(name), folder + name);
}

async function checkVersion(version, atClosing, published, tell) {
  const contest = version.json("contest.json");
  version.contest = contest;
  version.round = contest.rounds.find(({ id }) => id === version.roundId);
  holds(version.round && contest.id === version.contestId, `${version.folder}contest.json`, "form");
  const rules = await hexOfHash(utf8.encode(JSON.stringify(contest.rules)));
  holds(rules === contest.rules_sha256 && rules === version.manifest.rules_sha256, `${version.folder}contest.json`, "rules");
  await checkUnits(contest, `${version.folder}contest.json`);
  await checkStanding(version);
  version.points = contest.attempt.points; // of all rounds, whatever this one has
  contest.attempt = version.round.attempt ?? contest.attempt;
  await tell("rules");
  version.entries = await ledgerOf(version, tell);
  if (contest.attempt.per_day) (await import("./days.mjs")).checkDays(version, version.entries);
  await checkCheckpoint(version, tell);
  await tell("ledger", version.entries.length);
  const key = await keyOf(version);
  await tell(key ? "key" : "noKey");
  version.results = version.json("results.json");
  holds(version.results.status === version.decided.status, `${version.folder}results.json`, "undecided");
  version.participants = rowsOf(version.text("participants.csv"));
  checkRanked(version);
  if (key) {
    await markWonBefore(version);
    if (version.files.has("lots.json")) {
      const { ticketsOf } = await import("./lots.mjs"); // few rounds draw lots
      version.tickets = await ticketsOf(version, published);
      await tell("lots");
    }
    if (version.before) version.changesOf = (await import("./changes.mjs")).changesOf;
    version.totals = ranked(version, key, atClosing);
    await tell("figures", version.totals.contestants);
  } else version.keep?.(version);
}

// What may not change once a round has begun.
const RULES = ["id", "time_zone", "rounding", "fields", "attempt", "prediction", "ranking", "overall", "prizes", "collective", "units_sha256", "public_key"];

async function checkStanding({ need, contest, contestId, round }) {
  const file = `${contestId}/contest.json`;
  const standing = parsed(await need(file), file);
  for (const member of RULES) holds(same(standing[member], contest[member]), file, "changed", member);
  const line = standing.rounds.find(({ id }) => id === round.id);
  holds(same({ ...line, publishes: "" }, { ...round, publishes: "" }), file, "changed", round.id);
}

/** Headcounts and tree are those that the first round opened with; units may have been added since. */
async function checkUnits({ units, units_sha256, rounds }, file) {
  const opened = units.filter(({ added_at }) => added_at === undefined);
  const line = ({ code, parent, level, members }) => `${[code, parent ?? "", level ?? "", members ?? ""].join("\t")}\n`;
  const lines = opened.map((unit) => utf8.encode(line(unit))).sort((a, b) => (hexOf(a) < hexOf(b) ? -1 : 1)); // by bytes
  const hash = await hexOfHash(new Uint8Array(await new Blob(["hoithi/units/1\n", ...lines]).arrayBuffer()));
  const first = Math.min(...rounds.map(({ opens }) => Date.parse(opens)));
  holds(hash === units_sha256 && units.every(({ added_at }) => added_at === undefined || Date.parse(added_at) >= first), file, "units");
}

const MEMBERS = "answers,attempt,prediction,pseudonym,salt,started_at,submitted_at,unit";

async function ledgerOf({ folder, ledgerText, contest, round }, tell) {
  const file = `${folder}ledger.jsonl`;
  const { questions, minutes, grace_seconds, per_round } = contest.attempt;
  const [opens, closes] = [Date.parse(round.opens), Date.parse(round.closes)];
  const units = new Set(contest.units.map(({ code }) => code));
  const lines = ledgerText === "" ? [] : ledgerText.split("\n");
  holds(lines.length === 0 || lines.pop() === "", file, "form");
  const entries = [];
  for (const [at, line] of lines.entries()) {
    const entry = parsed(utf8.encode(line), file);
    holds(Object.keys(entry).join() === MEMBERS && canonical(entry) === line, file, "line", at + 1);
    const before = entries.at(-1);
    const after = !before || before.pseudonym < entry.pseudonym || (before.pseudonym === entry.pseudonym && before.attempt < entry.attempt);
    holds(after, file, "order", at + 1);
    [entry.started, entry.submitted] = [Date.parse(entry.started_at), Date.parse(entry.submitted_at)];
    const until = minutes === 0 ? closes : Math.min(entry.started + minutes * 60_000 + grace_seconds * 1000, closes);
    holds(opens <= entry.started && entry.started <= entry.submitted && entry.submitted < until, file, "time", at + 1);
    holds(entry.attempt >= 1 && (per_round === 0 || entry.attempt <= per_round), file, "attempts", at + 1);
    holds(Object.keys(entry.answers).length === questions, file, "questions", at + 1);
    holds(entry.unit === null || units.has(entry.unit), file, "unit", at + 1);
    entry.line = line;
    entries.push(entry);
    if (at % 10_000 === 0) await tell("reading", at, lines.length);
  }
  return entries;
}

async function checkCheckpoint({ folder, text, contest, contestId, roundId, entries, manifest, notes }, tell) {
  const file = `${folder}checkpoint`;
  const root = await treeRoot(entries.map(({ line }) => utf8.encode(line)), (done, all) => tell("hashing", done, all));
  holds(hexOf(root) === manifest.ledger_root, `${folder}manifest.json`, "root");
  const note = text("checkpoint");
  const verdict = await checkNote(note, contest.public_key);
  holds(verdict !== "bad", file, "signature");
  if (verdict === "unknown") notes.push("signatureUnknown");
  const [origin, size, hash] = parseNote(note).text.split("\n");
  const told = origin === `hoithi/${contestId}/${roundId}` && size === String(entries.length) && hexOf(bytesOf(hash)) === hexOf(root);
  holds(told, file, "root");
}

/** Right options by question as this version scores; null where the rules never show them. */
async function keyOf({ folder, json, contest, round, decided }) {
  if (contest.attempt.reveal_key === "never") return null;
  if (round.key_commitment === null) return {};
  const opened = json("key.json");
  const nonce = Uint8Array.from(opened.nonce.match(/../g), (pair) => parseInt(pair, 16));
  const parts = [utf8.encode("hoithi/key/1"), nonce, utf8.encode(canonical(opened.key))];
  const commitment = await hexOfHash(marked(0, ...parts).subarray(1));
  holds(commitment === round.key_commitment, `${folder}key.json`, "commitment");
  const { rekeyed = {}, voided = [] } = opened;
  holds(same(Object.keys(rekeyed).sort(), [...decided.rekeyed].sort()) && same(voided, [...decided.voided].sort()), `${folder}key.json`, "undecided");
  return { ...opened.key, ...rekeyed };
}

/** Nobody is taken out or in but by a decision: the first version says who is ranked. */
function checkRanked(version) {
  const { participants, decided, folder } = version;
  version.firstRanked ??= new Map(participants.map(({ contestant, ranked }) => [contestant, ranked === "true"]));
  for (const { contestant, ranked } of participants) {
    const expected = decided.ranked.get(contestant) ?? version.firstRanked.get(contestant);
    holds((ranked === "true") === expected, `${folder}participants.csv`, "undecided", contestant);
  }
}

/** Who is passed over must have won in the versions of earlier rounds that this one names, and the other way round. */
async function markWonBefore(version) {
  const { read, contest, round, contestId, folder, manifest, notes } = version;
  const passesOver = contest.ranking.one_prize_per_person !== "none";
  const earlier = contest.rounds.filter(({ closes }) => passesOver && Date.parse(closes) < Date.parse(round.closes));
  const follows = manifest.follows ?? [];
  holds(same(follows.map(({ round: id }) => id), earlier.map(({ id }) => id)), `${folder}manifest.json`, "follows");
  if (!passesOver) return;
  const won = new Set();
  for (const { round: earlier, version: number } of follows) {
    const file = `${contestId}/rounds/${earlier}/v${number}/results.json`;
    const bytes = await read(file);
    if (bytes === null) {
      notes.push("earlierMissing");
      return;
    }
    for (const { contestant } of parsed(bytes, file).winners) won.add(contestant);
  }
  for (const { contestant, won_before } of version.participants) {
    holds(won.has(contestant) === (won_before === "true"), `${folder}participants.csv`, "wonBefore", contestant);
  }
}
