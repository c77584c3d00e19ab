// What the decisions about a round, or about the contest as a whole, come to (docs/TRUST.md): a later one prevails.

import { verifyWords } from "../words/verify.mjs";
import { holds } from "./files.mjs";

const reasonsOf = ({ changes }) => [...new Set(changes.map(({ reason }) => reason))].join("; ");

/** The decisions of a version, which follow on those of the one before, and what they come to together. */
export function decidedOf(version, known) {
  const { folder, number, manifest } = version;
  const { decisions, added } = readDecisions(version, known);
  const { reason } = manifest;
  const explained = number === 1 ? reason === null : added.length ? reason === reasonsOf(added[0]) : verifyWords.withoutDecision.includes(reason);
  holds(explained, `${folder}manifest.json`, "undecided");
  return { decisions, ...rulingOf(decisions), status: added.some(recognizes) ? "official" : "provisional" };
}

/** The same about the contest as a whole: `reason` is that of the newest one, where there is one that the version before
    does not have. */
export function decidedOver(version, known) {
  const { decisions, added } = readDecisions(version, known);
  const { places, forfeits } = rulingOf(decisions);
  return { decisions, places, forfeits, reason: added.length ? reasonsOf(added[0]) : null, official: decisions.slice(-1).every(recognizes) };
}

const recognizes = ({ changes }) => changes.some(({ action }) => action === "recognize");

function readDecisions({ folder, files, json, contestId, roundId, number }, known) {
  const file = `${folder}decisions.json`;
  const told = files.has("decisions.json") ? json("decisions.json") : { decisions: [] };
  const { schema, contest, round, decisions } = told;
  holds(!files.has("decisions.json") || (schema === "hoithi/decisions/1" && contest === contestId && round === roundId), file, "form");
  const added = decisions.slice(known.length);
  holds(JSON.stringify(decisions.slice(0, known.length)) === JSON.stringify(known) && added.length <= Number(number > 1), file, "otherDecisions");
  return { decisions, added };
}

export function rulingOf(decisions) {
  const [ranked, places] = [new Map(), new Map()];
  const [struck, voided, rekeyed, forfeits] = Array.from({ length: 4 }, () => new Set());
  const actions = {
    disqualify: ({ contestant, attempt }) => (attempt ? struck.add(`${contestant} ${attempt}`) : ranked.set(contestant, false)),
    reinstate: ({ contestant, attempt }) => (attempt ? struck.delete(`${contestant} ${attempt}`) : [ranked.set(contestant, true), forfeits.delete(contestant)]),
    void: ({ question }) => [rekeyed.delete(question), voided.add(question)],
    rekey: ({ question }) => [voided.delete(question), rekeyed.add(question)],
    order: ({ contestant, place }) => places.set(contestant, place),
    forfeit: ({ contestant }) => forfeits.add(contestant),
    recognize: () => {},
  };
  for (const change of decisions.flatMap(({ changes }) => changes)) actions[change.action](change);
  return { ranked, struck, voided, rekeyed, places, forfeits };
}
