// What somebody came to in a round whose ranking does not list them, since only perfect people are ranked: from the
// ledger and the key, by the rules of the version. Few certificates are of such people, so few readers load this.

import { rulingOf } from "./decisions.mjs";
import { rowsOf } from "./files.mjs";
import { countedOf, scored } from "./ranking.mjs";

/** `{ right, questions }` of the attempt of `person` that counts in the version that `file(name)` reads; undefined where
    none does, and null where no key is published. */
export async function unlisted(file, folder, person, round) {
  const people = rowsOf(await file("participants.csv"));
  if (people.find(({ contestant }) => contestant === person)?.ranked !== "true") return undefined;
  const opened = JSON.parse((await file("key.json")) ?? "null");
  if (!opened) return null;
  const contest = JSON.parse(await file("contest.json"));
  contest.attempt = contest.rounds.find(({ id }) => id === round).attempt ?? contest.attempt;
  const { struck, voided } = rulingOf(JSON.parse((await file("decisions.json")) ?? '{"decisions":[]}').decisions);
  const lines = (await file("ledger.jsonl")).split("\n").filter((line) => line.includes(person));
  const own = lines.map((line) => JSON.parse(line)).filter(({ pseudonym, attempt }) => pseudonym === person && !struck.has(`${person} ${attempt}`));
  for (const entry of own) [entry.started, entry.submitted] = [Date.parse(entry.started_at), Date.parse(entry.submitted_at)];
  scored({ contest, folder, entries: own, decided: { voided } }, { ...opened.key, ...opened.rekeyed });
  const valid = own.filter(({ invalid }) => !invalid);
  return valid.length > 0 ? countedOf(valid, contest.attempt, contest.ranking.order) : undefined;
}
