// An answer sheet as this browser keeps it, by contest, round, contestant (phones are shared) and attempt:
// {attempt, ends_at, paper, answers, prediction, sealed}. `sealed` is the body once handed in; it never
// changes again, so that every try sends the same bytes.

import * as localStore from "../local-store.mjs";

const prefix = (place) => `hoithi.sheet.${place.contest}.${place.round}.${place.contestant}.`;

export const keepSheet = (place, sheet) => localStore.write(prefix(place) + sheet.attempt, sheet);
export const dropSheet = (place, sheet) => localStore.remove(prefix(place) + sheet.attempt);

/** The earliest sheet without a receipt, or null. */
export function keptSheet(place) {
  const sheets = localStore.keys(prefix(place)).map(localStore.read).filter(Boolean);
  return sheets.sort((a, b) => a.attempt - b.attempt)[0] ?? null;
}

/** What was already answered on this device stays. */
export function newSheet(place, started) {
  const kept = localStore.read(prefix(place) + started.attempt);
  const sheet = { answers: {}, prediction: "", sealed: null, ...kept, attempt: started.attempt, ends_at: started.ends_at, paper: started.paper };
  keepSheet(place, sheet);
  return sheet;
}

/** Grace follows the minutes, but never the round's end. */
export function deadlineOf(sheet, round) {
  return Math.min(Date.parse(sheet.ends_at) + round.attempt.grace_seconds * 1000, Date.parse(round.closes));
}

const FLIGHT_MS = 3000;

/** At the end, but early enough to arrive where no grace follows. */
export function autoSubmitAt(sheet, round) {
  return Math.min(Date.parse(sheet.ends_at), deadlineOf(sheet, round) - FLIGHT_MS);
}

/** {value} (null when empty) or {wrong: true}. 3200 and 3.200 are the same number. The value is the text of a JSON
    number, as the server reads it, and is compared as text: no digit passes through floating point. */
export function readPrediction(text, { target, most }) {
  const entered = text.replace(/[\s\u00a0]/g, "");
  if (entered === "") return { value: null };
  const shape = target === "perfect_percent" ? /^(\d+)(?:,(\d{1,5}))?$/ : /^(\d+|\d{1,3}(?:\.\d{3})+)$/;
  const [, digits, part = ""] = shape.exec(entered) ?? [];
  if (!digits) return { wrong: true };
  const whole = digits.replaceAll(".", "").replace(/^0+(?=\d)/, "");
  const longer = whole.length - `${most}`.length;
  const within = longer < 0 || (longer === 0 && whole + part <= most + "0".repeat(part.length));
  return within ? { value: whole + (part && `.${part}`) } : { wrong: true };
}

/** A prediction that cannot be read counts as none; only when time has run out does it come this far. */
export function bodyOf(sheet, { prediction }) {
  const answers = Object.fromEntries(Object.entries(sheet.answers).filter(([, chosen]) => chosen.length > 0));
  const predicted = prediction ? readPrediction(sheet.prediction, prediction).value ?? null : null;
  return `{"answers":${JSON.stringify(answers)},"prediction":${predicted}}`;
}

/** Ids with nothing chosen, or fewer options than asked for. */
export function unanswered(sheet) {
  return sheet.paper.questions.filter(({ id, choose }) => (sheet.answers[id] ?? []).length < choose).map(({ id }) => id);
}
