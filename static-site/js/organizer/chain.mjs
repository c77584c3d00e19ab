// The chain of the log: each entry names the SHA-256 of the bytes of the one before. Pure but for the hashing.

import { hexOf } from "../note.mjs";

/** What the first entry names as the one before. */
const GENESIS = "0".repeat(64);

const sha256 = async (text) => hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));

const isShown = (entry, written) => Object.keys(written).every((key) => JSON.stringify(entry[key]) === JSON.stringify(written[key]));

/** The end of an empty chain. */
export const begun = { seq: 0, hash: GENESIS };

/** Goes on along a chain: `{end}` where all holds, `{end, broken: {kind, seq}}` at the first entry where it does not; `passed` hears of each that holds. */
export async function follow(end, entries, passed = () => {}) {
  let at = end;
  for (const entry of entries) {
    const seq = at.seq + 1;
    let written;
    try {
      written = JSON.parse(entry.text);
    } catch {
      return { end: at, broken: { kind: "unreadable", seq } };
    }
    if (written.seq !== seq) return { end: at, broken: { kind: "gap", seq } };
    if (written.previous !== at.hash) return { end: at, broken: { kind: "previous", seq } };
    if (!isShown(entry, written)) return { end: at, broken: { kind: "shown", seq } };
    at = { seq, hash: await sha256(entry.text), at: written.at };
    passed(at);
  }
  return { end: at };
}
