// The changes of a proposal as they are written in a form: which parts each has, what is missing, and what is sent. Pure.

import { decisionWords as words } from "../words/console-decisions.mjs";

/** What each change says besides what is done and in which round; what may be left out stands in the second list. */
export const PARTS = {
  disqualify: [["contestant"], ["attempt"]],
  reinstate: [["contestant"], ["attempt"]],
  void: [["question"], []],
  rekey: [["question", "answer"], []],
  order: [["contestant", "place"], []],
  forfeit: [["contestant"], []],
  recognize: [[], []],
};
/** What is decided of the contest as a whole. */
export const OVER_CONTEST = ["order", "forfeit", "reinstate", "recognize"];
export const FIELDS = ["contestant", "attempt", "question", "answer", "place"];
const NUMBERS = ["attempt", "place"];

const isWhole = (text) => /^[1-9]\d{0,8}$/.test(text);

/** One change as the API takes it: the parts that its action has. */
export function sentChange(written) {
  const [needed, possible] = PARTS[written.action] ?? [[], []];
  const filled = [...needed, ...possible].map((name) => [name, String(written[name] ?? "").trim()]).filter(([, text]) => text);
  const parts = filled.map(([name, text]) => [name, NUMBERS.includes(name) ? Number(text) : text.normalize("NFC")]);
  return { action: written.action, round: written.round, ...Object.fromEntries(parts) };
}

/** What is missing or no number, by field, before anything is sent. */
export function faultsOf({ changes, reason, number, date }) {
  const faults = changes.length ? [] : [{ field: "changes", message: words.enter.changes }];
  changes.forEach((written, at) => {
    const [needed, possible] = PARTS[written.action] ?? [[], []];
    const wrong = (name, message) => faults.push({ field: `changes.${at}.${name}`, message });
    for (const name of ["action", "round", ...needed]) if (!String(written[name] ?? "").trim()) wrong(name, words.enter[name]);
    for (const name of [...needed, ...possible].filter((of) => NUMBERS.includes(of))) {
      const text = String(written[name] ?? "").trim();
      if (text && !isWhole(text)) wrong(name, words.whole[name]);
    }
  });
  if (!reason.trim()) faults.push({ field: "reason", message: words.enter.reason });
  const isRecognized = changes.some(({ action }) => action === "recognize");
  if ((isRecognized || date.trim()) && !number.trim()) faults.push({ field: "decision.number", message: words.enter.number });
  if ((isRecognized || number.trim()) && !date.trim()) faults.push({ field: "decision.date", message: words.enter.date });
  return faults;
}

/** The body of a new proposal. */
export function sentProposal({ changes, reason, number, date }) {
  const decision = number.trim() && date.trim() ? { decision: { number: number.normalize("NFC").trim(), date: date.trim() } } : {};
  return { kind: "decisions", changes: changes.map(sentChange), reason: reason.normalize("NFC").trim(), ...decision };
}
