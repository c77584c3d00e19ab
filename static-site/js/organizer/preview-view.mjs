// What a proposal would change, from the very bytes that an approval names: who loses a prize and who gains one first.

import { copyOf, fill, newElement, ref } from "../dom.mjs";
import { decimal, percent } from "../figures.mjs";
import { integer, money } from "../format.mjs";
import { hexOf } from "../note.mjs";
import { decisionWords, previewWords as words } from "../words/console-decisions.mjs";
import { rolesText } from "./nav.mjs";

/** Whether a text has the hash that is named. */
export async function hasHash(text, sha256) {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))) === sha256;
}

const line = (textContent) => newElement("li", { textContent });
const lines = (list, texts) => list.replaceChildren(...texts.map(line));

/** Somebody of whom a preview tells, as organizers know them. */
function personOf({ people }, contestant) {
  if (contestant === null) return words.nobody;
  const { name, code } = people[contestant] ?? {};
  return name ? `${name} (${code})` : code ?? contestant;
}

function prizeRow({ round, tier, from, to, amount }, shown, nameOfRound) {
  return copyOf(document.getElementById("t-prize"), { round: nameOfRound(round), tier, loses: personOf(shown, from), gains: personOf(shown, to), amount: money(amount) });
}

const ranksLine = ({ moved, entered, left }) => (moved || entered || left ? words.ranks(integer(moved), integer(entered), integer(left)) : words.noRanks);

const actualLine = ({ before, after }, target) => {
  const number = (value) => (target === "perfect_percent" ? percent(value) : decimal(value));
  return words.actual(number(before), number(after));
};

function roundPart({ round, version, then, status, reason, follows, ranks, target, actual, figures, moved, collective }, shown, nameOfRound) {
  const part = copyOf(document.getElementById("t-tried"), {
    title: version ? words.round(nameOfRound(round), version, then, words.status[status]) : words.first(nameOfRound(round), then, words.status[status]),
    follows: follows ? words.follows : "",
    reason: reason ? words.reason(reason) : "",
    movedCount: words.moved(integer(moved.length)),
  });
  lines(ref(part, "lines"), [
    ranksLine(ranks),
    ...(actual ? [actualLine(actual, target)] : []),
    ...figures.map(({ figure, before, after }) => words.figure(words.figures[figure] ?? figure, integer(before), integer(after))),
    ...collective.map(({ unit, before, after }) => words.collective(shown.units[unit] ?? unit, before, after)),
  ]);
  ref(part, "moved-part").hidden = moved.length === 0;
  const rank = (of) => of && integer(of);
  lines(ref(part, "moved"), moved.map(({ contestant, before, after }) => words.movedRank(personOf(shown, contestant), rank(before), rank(after))));
  return part;
}

function showDecisions(root, { refused, prizes, sum, ranks, actual, rounds }, shown, nameOfRound) {
  const isRefused = refused.length > 0;
  lines(ref(root, "refused"), refused);
  ref(root, "refused-part").hidden = !isRefused;
  ref(root, "difference").hidden = isRefused;
  if (isRefused) return;
  const voided = shown.void;
  fill(root, {
    prizeCount: prizes.length ? words.prizes(integer(prizes.length)) : words.noPrize,
    sum: words.sum(money(sum.before), money(sum.after), sum.after < sum.before && money(sum.before - sum.after), sum.after > sum.before && money(sum.after - sum.before)),
    actual: actual ? actualLine(actual, rounds.find((of) => of.actual)?.target) : words.noActual,
    ranks: ranksLine(ranks),
    noRounds: rounds.length ? "" : words.noRounds,
    voidCount: voided.length ? words.void(integer(voided.length)) : words.noVoid,
  });
  ref(root, "sum").dataset.kind = sum.before === sum.after ? "plain" : "error";
  ref(root, "prizes").replaceChildren(...prizes.map((prize) => prizeRow(prize, shown, nameOfRound)));
  ref(root, "prizes-frame").hidden = prizes.length === 0;
  ref(root, "tried").replaceChildren(...rounds.map((round) => roundPart(round, shown, nameOfRound)));
  lines(ref(root, "void"), voided.map(({ round, version, file }) => words.voidFile(nameOfRound(round), version, file)));
}

/** What stands there, and what would: a line for each. */
const TOLD = {
  plan: (value) => (value?.lines.length ? value.lines : [decisionWords.plain.same]),
  extension: (value) => value.lines,
  bank: (value) => [value?.sha256 ?? decisionWords.plain.nothing],
  unit: (value, { units }) => [units[value?.unit] ?? value?.unit ?? decisionWords.plain.nothing],
  roles: (value) => [rolesText(value?.roles ?? {}) || decisionWords.plain.nothing, ...(value?.disabled ? [decisionWords.plain.disabled] : [])],
  reset: (value) => (value ? [decisionWords.plain.checked[value.checked] ?? value.checked] : []),
};

function showPlain(root, { kind, before, after }, shown) {
  lines(ref(root, "before"), TOLD[kind](before, shown));
  lines(ref(root, "after"), TOLD[kind](after, shown));
  ref(root, "before-part").hidden = kind === "reset";
  ref(root, "plain").dataset.kind = kind;
}

/** Shows a preview; resolves to whether its text has the hash that it names. */
export async function showPreview(root, preview, nameOfRound) {
  const isWhole = await hasHash(preview.text, preview.sha256);
  for (const name of ["refused-part", "difference", "plain"]) ref(root, name).hidden = true;
  if (isWhole) {
    const told = JSON.parse(preview.text);
    const isDecisions = told.kind === "decisions";
    ref(root, isDecisions ? "difference" : "plain").hidden = false;
    if (isDecisions) showDecisions(root, told, preview, nameOfRound);
    else showPlain(root, told, preview);
  }
  fill(root, { hash: decisionWords.hash(preview.sha256), hashVerdict: isWhole ? decisionWords.hashGood : decisionWords.hashBad, previewText: preview.text });
  ref(root, "hash-verdict").dataset.kind = isWhole ? "good" : "error";
  return isWhole;
}
