// A receipt, against the ledger of a checked round (docs/TRUST.md).

import { checkNote, parseNote } from "../note.mjs";
import { holds } from "./files.mjs";
import { canonical, hexOfHash, utf8 } from "./round.mjs";

/** Checks a receipt, given in every reading of what was pasted; returns the line of the ledger on which its sheet stands. */
export async function checkReceipt(notes, { contest, contestId, roundId, folder, entries }) {
  const verdicts = await Promise.all(notes.map((note) => checkNote(note, contest.public_key)));
  const read = verdicts.findIndex((verdict) => verdict !== "bad");
  holds(read >= 0, "", "receiptSignature");
  const [kind, ofContest, ofRound, pseudonym, attempt, received, commitment] = parseNote(notes[read]).text.split("\n");
  holds(kind === "hoithi/receipt/1" && ofContest === contestId && ofRound === roundId, "", "receiptElsewhere");
  const at = entries.findIndex((entry) => entry.pseudonym === pseudonym && String(entry.attempt) === attempt);
  holds(at >= 0, `${folder}ledger.jsonl`, "receiptMissing");
  const { answers, prediction, salt, started_at, submitted_at } = entries[at];
  const sheet = canonical({ answers, attempt: Number(attempt), prediction, pseudonym, salt, started_at, submitted_at });
  const kept = submitted_at === received && (await hexOfHash(utf8.encode(sheet))) === commitment;
  holds(kept, `${folder}ledger.jsonl`, "receiptDiffers", at + 1);
  return { line: at + 1, verdict: verdicts[read] };
}
