// The receipt: what the server signed, whether the signature holds, and ways to keep it.

import { copyOnClick } from "../clipboard.mjs";
import { fill, ref, saveText } from "../dom.mjs";
import { decimal, duration, exactMoment } from "../figures.mjs";
import { checkNote, parseNote } from "../note.mjs";
import { words } from "../words/shared.mjs";
import { receiptWords } from "../words/receipt.mjs";

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
  if (!view.receipt) receiptButtons(view);
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
  for (const name of ["qr", "qr-lost"]) ref(view, name).hidden = true;
  view.receipt = { text: answer.receipt, file: receiptWords.file(place.contest.id, place.round.id, place.attempt) };
}

function receiptButtons(view) {
  ref(view, "save-receipt").addEventListener("click", () => saveText(view.receipt.file, view.receipt.text));
  copyOnClick(ref(view, "copy-receipt"), () => view.receipt.text);
  ref(view, "print-receipt").addEventListener("click", () => print());
  ref(view, "receipt-qr").addEventListener("click", async () => {
    // Only now: few ask for it, and everybody else's phone is spared.
    const module = await import("../../vendor/lean-qr.mjs").catch(() => null);
    ref(view, "qr-lost").hidden = module !== null;
    module?.generate(view.receipt.text).toCanvas(ref(view, "qr"), { on: [0, 0, 0], off: [255, 255, 255] });
    ref(view, "qr").hidden = module === null;
  });
}
