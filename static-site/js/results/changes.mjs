// What a later version of results changes, in plain words, and what its decisions say of its standing.

import { decimal, percent } from "../figures.mjs";
import { date, integer } from "../format.mjs";
import { newElement, ref } from "../dom.mjs";
import { changeWords } from "../words/changes.mjs";
import { resultWords } from "../words/results.mjs";

/** Fills in why there is this version, and what it changes. */
export function showChanges(root, { history }, { changes, winners, prediction }) {
  root.querySelector("[data-text='reason']").textContent = changeWords.reason(history.at(-1).reason);
  const names = new Map(winners.map(({ contestant, full_name }) => [contestant, full_name]));
  const lines = changes.map((change) => lineOf(change, names, prediction?.target));
  ref(root, "changes").replaceChildren(...(lines.length ? lines : [changeWords.none]).map((textContent) => newElement("li", { textContent })));
}

function lineOf({ kind, figure, before, after, contestant, name, moved, entered, left }, names, target) {
  const number = (value) => (target === "perfect_percent" ? percent(value) : decimal(value));
  const prize = (won) => won?.prize ?? changeWords.noPrize;
  return {
    figure: () => changeWords.figure(changeWords.figures[figure], integer(before), integer(after)),
    actual: () => changeWords.figure(resultWords.target[target], number(before), number(after)),
    prize: () => changeWords.prize(names.get(contestant) ?? changeWords.code(contestant), prize(before), prize(after)),
    unit: () => changeWords.prize(name, prize(before), prize(after)),
    ranks: () => changeWords.ranks(integer(moved), integer(entered), integer(left)),
  }[kind]();
}

/** What became of the prizes of units, in the form of the other changes. */
export function unitChanges(earlier, results) {
  const prizes = ({ collective }) => new Map(collective.flatMap(({ id, winners }) => winners.map((winner) => [`${id} ${winner.unit}`, winner])));
  const [before, after] = [prizes(earlier), prizes(results)];
  const touched = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key)?.prize !== after.get(key)?.prize);
  return touched.map((key) => ({ kind: "unit", name: (after.get(key) ?? before.get(key)).name, before: before.get(key), after: after.get(key) }));
}

/** The last decision that recognizes the results, in words, or null. */
export function recognizedBy({ decisions }) {
  const recognized = [...decisions].reverse().find(({ changes }) => changes.some(({ action }) => action === "recognize"));
  return recognized ? changeWords.decision(recognized.number, date(recognized.decided_on)) : null;
}

/** Says by which decision the results are official, or that they were before something else was decided. */
export function showRecognition(root, { status }, decisions) {
  const decision = recognizedBy(decisions);
  const box = ref(root, "recognition");
  box.hidden = !decision;
  if (decision) box.textContent = status === "official" ? changeWords.recognized(decision) : changeWords.reopened(decision);
}
