// The draw of a round, from docs/TRUST.md: do its values open what was published before, and who drew what.

import { bytesOf, hexOf } from "../note.mjs";
import { holds } from "./files.mjs";

const utf8 = new TextEncoder();
const HALF_HOUR = 30 * 60_000;
const DRAND = { genesis: 1_692_803_367_000, period: 3000 };

const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

async function hash(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));
}

const commitment = async (value) => hexOf(await hash(utf8.encode("hoithi/lot/1"), unhex(value)));

/** The round of the beacon that was fixed beforehand. */
function beaconRound(promised, published) {
  const at = promised + (Math.floor(Math.max(published - promised, 0) / HALF_HOUR) + 1) * HALF_HOUR;
  return Math.ceil(Math.max(at - DRAND.genesis, 0) / DRAND.period) + 1;
}

/** Public name to drawn hash; `published` is when version 1 went live. */
export async function ticketsOf({ folder, json, text, contest, contestId, roundId, round, number, notes, participants }, published) {
  const file = `${folder}lots.json`;
  holds(number > 1, file, "form");
  const value = await valueOf(json("lots.json"), file, { contest, contestId, roundId, round, notes }, published);
  return drawnBy(value, bytesOf(text("checkpoint").split("\n")[2]), participants.map(({ contestant }) => contestant));
}

/** What is drawn over a contest: by the draw of its last round, and the ledgers of all `rounds`. */
export async function overallTickets({ folder, json, contestId, notes }, rounds, last, names) {
  const value = await valueOf(json("lots.json"), `${folder}lots.json`, { ...last, contestId, roundId: last.id, notes }, last.published);
  return drawnBy(value, await hash(...rounds.map(({ root }) => bytesOf(root))), names);
}

async function valueOf({ schema, secret, witnessed, beacon, ...of }, file, { contest, contestId, roundId, round, notes }, published) {
  const named = schema === "hoithi/lots/1" && of.contest === contestId && of.round === roundId;
  holds(named && contest.ranking.unbroken_tie === "lot", file, "form");
  const opened = await Promise.all([secret, ...witnessed].map(commitment));
  holds(opened.join() === [round.lot.commitment, ...round.lot.witnesses].join(), file, "commitment");
  holds((beacon !== null) === (contest.ranking.lot_beacon === "drand"), file, "form");
  if (beacon) {
    holds(beacon.round === beaconRound(Date.parse(round.publishes), Date.parse(published)), file, "beacon");
    notes.push("beaconUnknown");
  }
  return hash(utf8.encode("hoithi/lots/1"), ...[secret, ...witnessed, beacon?.signature ?? ""].map(unhex));
}

async function drawnBy(value, root, names) {
  const ticket = async (name) => [name, hexOf(await hash(value, root, utf8.encode(name)))];
  return new Map(await Promise.all(names.map(ticket)));
}
