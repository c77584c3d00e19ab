// The cards of a contest's files: tables that every contest may have, and a bank for each name that the plan gives.

import { integer } from "../format.mjs";
import { fileWords as words } from "../words/console-files.mjs";
import { may } from "./roles.mjs";
import { endingOf, stemOf } from "./sort-files.mjs";
import { moment } from "./time.mjs";

const TABLE_ENDINGS = ["xlsx", "csv"];
const PICTURE_ENDINGS = ["png", "jpg", "jpeg"];
const PLAN = "contest.toml";

/** The file of a bank as the plan names it; behind a # it may name one of the file's sheets. */
export const bankFile = (bank) => bank.split("#")[0];

/** Of the files that stand for one thing, the one that was uploaded last. */
const newest = (files) => [...files].sort((a, b) => Date.parse(a.uploaded_at) - Date.parse(b.uploaded_at)).at(-1) ?? null;

const rightsFor = (me, contest) => ({ write: may(me, "writeFiles", contest), read: may(me, "readFiles", contest), download: may(me, "readFiles", contest) });

/** A card whose files secretaries write; `again(overview)` is the card anew, and whatever else is given says what it takes. */
function writtenCard(of, { id: contest, files }, me, { isOwn, ...card }) {
  const own = files.filter(({ name }) => isOwn(name));
  return {
    id: of,
    title: words.title[of],
    facts: words.facts[of],
    nameFor: (ending) => `${of}.${ending}`,
    files: own,
    file: newest(own),
    may: rightsFor(me, contest),
    whyNot: words.onlyWriters,
    ...card,
  };
}

/** `units`, `roster` or `excluded`. */
export const tableCard = (of, seen, me) =>
  writtenCard(of, seen, me, { isOwn: (name) => stemOf(name) === of, endings: TABLE_ENDINGS, again: (now) => tableCard(of, now, me) });

/** `logo` or `banner`. */
export const pictureCard = (of, seen, me) =>
  writtenCard(of, seen, me, { isOwn: (name) => stemOf(name).startsWith(of), endings: PICTURE_ENDINGS, isPicture: true, again: (now) => pictureCard(of, now, me) });

export const planCard = (seen, me) =>
  writtenCard("plan", seen, me, { isOwn: (name) => name === PLAN, endings: ["toml"], nameFor: () => PLAN, again: (now) => planCard(now, me) });

/** One for each bank that rounds draw from, in the order of the rounds. */
export function bankCards(seen, me) {
  const { id: contest, files, rounds, time_zone: zone } = seen;
  const banks = new Map();
  for (const round of rounds) banks.set(bankFile(round.bank), [...(banks.get(bankFile(round.bank)) ?? []), round]);
  return [...banks].map(([name, users]) => {
    const file = files.find((one) => one.name === name) ?? null;
    const sealed = users.find((round) => round.key_commitment);
    const facts = [
      sealed ? words.sealed(integer(sealed.questions), sealed.key_commitment) : words.notSealed,
      sealed && file?.status === "rejected" ? words.earlierHolds : "",
      words.opens(moment(users[0].opens, zone)),
    ];
    return {
      id: stemOf(name),
      title: words.bank(users.map((round) => round.name).join(", ")),
      facts: facts.filter(Boolean).join(" "),
      endings: [endingOf(name)],
      nameFor: () => name,
      files: file ? [file] : [],
      file,
      rounds: users,
      again: (now) => bankCards(now, me).find((card) => card.nameFor() === name),
      may: { write: may(me, "writeBank", contest), read: may(me, "readBankReport", contest), download: false },
      whyNot: words.onlyAuthors,
    };
  });
}
