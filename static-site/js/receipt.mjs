// The receipt: what the server signed, whether the signature holds, and ways to keep it.

import { copyText, fill, focusOn, onClick, ref, saveText } from "./dom.mjs";
import { decimal, duration, exactMoment } from "./format.mjs";
import { words } from "./words.mjs";
import { receiptWords } from "./words-round.mjs";

/** The facts a receipt states, by line (RELIABILITY 4.3); null if it is no receipt. */
function factsIn(receipt) {
  try {
    const [kind, contest, round, entry, attempt, received] = parseNote(receipt).text.split("\n");
    return kind === "hoithi/receipt/1" ? { contest, round, entry, attempt, received } : null;
  } catch {
    return null;
  }
}

/** A good signature over another contest's or attempt's receipt proves nothing here. */
async function verdictOn(receipt, { contest, round, attempt }) {
  const facts = factsIn(receipt);
  const names = facts && facts.contest === contest.id && facts.round === round.id && Number(facts.attempt) === attempt;
  return names ? checkNote(receipt, contest.public_key) : "bad";
}

export async function showReceipt(view, answer, place) {
  const verdict = await verdictOn(answer.receipt, place);
  const received = answer.received_at ?? factsIn(answer.receipt)?.received;
  const score = decimal(answer.score);
  fill(view, {
    accepted: verdict === "bad" || !received ? null : receiptWords.accepted(exactMoment(received)),
    attempt: words.attemptTitle(place.attempt),
    duration: answer.duration_ms === undefined ? "–" : duration(answer.duration_ms),
    score,
    receipt: answer.receipt,
  });
  ref(view, "accepted").dataset.kind = verdict === "good" ? "good" : "plain";
  ref(view, "score-later").hidden = score !== null;
  ref(view, "different").hidden = !answer.different;
  for (const sentence of view.querySelectorAll("[data-verdict]")) sentence.hidden = sentence.dataset.verdict !== verdict;
  view.receipt = { text: answer.receipt, file: receiptWords.file(place.contest.id, place.round.id, place.attempt) };
  focusOn(view.querySelector("h2"));
}

export function receiptButtons(view) {
  ref(view, "save-receipt").addEventListener("click", () => saveText(view.receipt.file, view.receipt.text));
  onClick(ref(view, "copy-receipt"), async () => ((await copyText(view.receipt.text)) ? words.copied : words.copyFailed));
  ref(view, "print-receipt").addEventListener("click", () => print());
}

// ---- C2SP signed notes: a text, a blank line, signature lines "— <name> <base64(key id || signature)>".
// The verifier key is "<name>+<key id in hex>+<base64(0x01 || 32-byte Ed25519 key)>".

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The signed text ends in its newline. Throws if it is no note. */
function parseNote(note) {
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw new Error("no blank line before the signatures");
  const lines = note.slice(split + 2).split("\n").filter(Boolean);
  const signatures = lines.map((line) => {
    const [dash, name, encoded] = line.split(" ");
    if (dash !== "—" || !encoded) throw new Error("not a signature line");
    const bytes = bytesOf(encoded);
    return { name, keyId: hexOf(bytes.slice(0, 4)), signature: bytes.slice(4) };
  });
  return { text: note.slice(0, split + 1), signatures };
}

function parseKey(verifierKey) {
  // Base64 may hold "+" too, so only the first two split.
  const [, name, keyId, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey);
  return { name, keyId, key: bytesOf(encoded).slice(1) };
}

/** "good", "bad", or "unknown" where this browser has no Ed25519. */
async function checkNote(note, verifierKey) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return "unknown";
  let parsed;
  let wanted;
  try {
    parsed = parseNote(note);
    wanted = parseKey(verifierKey);
  } catch {
    return "bad";
  }
  const found = parsed.signatures.find(({ name, keyId }) => name === wanted.name && keyId === wanted.keyId);
  if (!found) return "bad";
  let key;
  try {
    key = await subtle.importKey("raw", wanted.key, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return "unknown"; // the algorithm is missing in this browser
  }
  const holds = await subtle.verify({ name: "Ed25519" }, key, found.signature, new TextEncoder().encode(parsed.text));
  return holds ? "good" : "bad";
}
