// Attempts of one local day, where a plan limits them. Few plans do, so few readers load this.

import { holds } from "./files.mjs";

export function checkDays({ folder, contest: { time_zone: timeZone, attempt: { per_day: most } } }, entries) {
  const date = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const started = new Map();
  for (const [at, entry] of entries.entries()) {
    const day = `${entry.pseudonym} ${date.format(entry.started)}`;
    started.set(day, (started.get(day) ?? 0) + 1);
    holds(started.get(day) <= most, `${folder}ledger.jsonl`, "attempts", at + 1);
  }
}
