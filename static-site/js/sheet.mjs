// An answer sheet as this browser keeps it, by contest, round, contestant (phones are shared) and attempt:
// {attempt, ends_at, paper, answers, prediction, sealed}. `sealed` is the body once handed in; it never
// changes again, so that every try sends the same bytes.

import * as keep from "./keep.mjs";

const prefix = (place) => `hoithi.sheet.${place.contest}.${place.round}.${place.contestant}.`;

export const keepSheet = (place, sheet) => keep.write(prefix(place) + sheet.attempt, sheet);
export const dropSheet = (place, sheet) => keep.remove(prefix(place) + sheet.attempt);

/** The earliest sheet without a receipt, or null. */
export function keptSheet(place) {
  const sheets = keep.keys(prefix(place)).map(keep.read).filter(Boolean);
  return sheets.sort((a, b) => a.attempt - b.attempt)[0] ?? null;
}

/** What was already answered on this device stays. */
export function newSheet(place, started) {
  const kept = keep.read(prefix(place) + started.attempt);
  const sheet = { answers: {}, prediction: "", sealed: null, ...kept, attempt: started.attempt, ends_at: started.ends_at, paper: started.paper };
  keepSheet(place, sheet);
  return sheet;
}

/** Grace follows the minutes, but never the round's end. */
export function deadlineOf(sheet, contest, round) {
  return Math.min(Date.parse(sheet.ends_at) + contest.attempt.grace_seconds * 1000, Date.parse(round.closes));
}

const FLIGHT_MS = 3000;

/** At the end, but early enough to arrive where no grace follows. */
export function autoSubmitAt(sheet, contest, round) {
  return Math.min(Date.parse(sheet.ends_at), deadlineOf(sheet, contest, round) - FLIGHT_MS);
}

/** {value} (null when empty) or {wrong: true}. 3200 and 3.200 are the same number. The value is the text of a JSON
    number, as the server reads it: no digit passes through floating point. At most 9.999.999.999, or 100 percent. */
export function readPrediction(text, target) {
  const entered = text.replace(/[\s\u00a0]/g, "");
  if (entered === "") return { value: null };
  const plain = (digits) => digits.replace(/^0+(?=\d)/, "");
  if (target === "perfect_percent") {
    const [, whole, part = ""] = /^(\d{1,3})(?:,(\d{1,5}))?$/.exec(entered) ?? [];
    const within = whole && (plain(whole).length < 3 || (whole === "100" && /^0*$/.test(part)));
    return within ? { value: plain(whole) + (part && `.${part}`) } : { wrong: true };
  }
  const whole = /^(\d+|\d{1,3}(\.\d{3})+)$/.test(entered) && plain(entered.replaceAll(".", ""));
  return whole && whole.length <= 10 ? { value: whole } : { wrong: true };
}

/** A prediction that cannot be read counts as none; only when time has run out does it come this far. */
export function bodyOf(sheet) {
  const answers = Object.fromEntries(Object.entries(sheet.answers).filter(([, chosen]) => chosen.length > 0));
  const prediction = sheet.paper.prediction ? readPrediction(sheet.prediction, sheet.paper.prediction.target).value ?? null : null;
  return `{"answers":${JSON.stringify(answers)},"prediction":${prediction}}`;
}

/** Ids with nothing chosen, or fewer options than asked for. */
export function unanswered(sheet) {
  return sheet.paper.questions.filter(({ id, choose }) => (sheet.answers[id] ?? []).length < choose).map(({ id }) => id);
}
