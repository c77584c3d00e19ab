// The receipt view: what the server signed, whether the signature holds, and ways to keep it.

import { copyText, focusOn, ref, saveText } from "./dom.mjs";
import { decimal, duration, exactMoment } from "./format.mjs";
import { checkNote, parseNote } from "./note.mjs";
import { onClick } from "./states.mjs";
import { words } from "./words.mjs";

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

function note(element, kind, text) {
  element.dataset.kind = kind;
  element.textContent = text;
}

/** Shows `answer` ({receipt, received_at?, duration_ms?, score?, different?}) of one attempt. */
export async function showReceipt(view, answer, place) {
  const verdict = await verdictOn(answer.receipt, place);
  const received = answer.received_at ?? factsIn(answer.receipt)?.received;
  const accepted = ref(view, "accepted");
  accepted.hidden = verdict === "bad";
  note(accepted, verdict === "good" ? "good" : "plain", received ? words.receipt.accepted(exactMoment(received)) : "");
  ref(view, "different").hidden = !answer.different;
  ref(view, "different").textContent = words.receipt.different;
  note(ref(view, "signature"), { good: "good", unknown: "plain", bad: "error" }[verdict], words.receipt[verdict]);
  view.dataset.signature = verdict;
  ref(view, "receipt-attempt").textContent = words.attemptTitle(place.attempt);
  ref(view, "receipt-duration").textContent = answer.duration_ms === undefined ? "–" : duration(answer.duration_ms);
  ref(view, "receipt-score").textContent = decimal(answer.score) ?? words.receipt.scoreLater;
  ref(view, "receipt-text").textContent = answer.receipt;
  view.receipt = { text: answer.receipt, file: words.receipt.file(place.contest.id, place.round.id, place.attempt) };
  focusOn(view.querySelector("h2"));
}

/** Wires the buttons once; they act on the receipt shown last. */
export function receiptButtons(view) {
  ref(view, "save-receipt").addEventListener("click", () => saveText(view.receipt.file, view.receipt.text));
  onClick(ref(view, "copy-receipt"), async () => ((await copyText(view.receipt.text)) ? words.copied : words.copyFailed));
  ref(view, "print-receipt").addEventListener("click", () => print());
}
