// Two people saved the same plan: both versions by key, and one text of what is chosen. Nothing is written here.

import { copyOf, fill, newElement, ref } from "../dom.mjs";
import { planWords as words } from "../words/console-plan.mjs";

const id = (path) => JSON.stringify(path);
const isEntry = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
/** Another order of a list is told by the list itself, which no edit can write. */
const isOrder = ({ path, before, after }) => path.length === 1 && Array.isArray(before) && Array.isArray(after) && ["rounds", "prizes", "collective", "commendation"].includes(path[0]);

function said(value) {
  if (value === null || value === undefined) return words.absent;
  if (Array.isArray(value)) return value.map(said).join(", ");
  if (isEntry(value)) return Object.values(value).filter((one) => typeof one !== "object").map(said).join(", ");
  return String(value);
}

/** The differences of both versions from what they began with, one for each key. */
export function differences(mine, theirs) {
  const rows = new Map();
  for (const [side, changes] of [["mine", mine], ["theirs", theirs]]) {
    for (const change of changes) {
      const row = rows.get(id(change.path)) ?? { path: change.path, label: change.label, before: change.before, isOrder: isOrder(change) };
      rows.set(id(change.path), { ...row, [side]: change });
    }
  }
  return [...rows.values()].map((row) => {
    const value = (side) => (row[side] ? row[side].after : row.before);
    const both = row.mine && row.theirs && id(row.mine.after) !== id(row.theirs.after);
    return { ...row, mineValue: value("mine"), theirsValue: value("theirs"), chosen: both ? null : row.mine ? "mine" : "theirs" };
  });
}

/** The edits that make of their text what was chosen. */
export function editsFor(rows) {
  const taken = rows.filter((row) => row.chosen === "mine" && !row.isOrder && id(row.mineValue) !== id(row.theirsValue));
  const edits = taken.map(({ path, mineValue, theirsValue }) => {
    if (isEntry(mineValue)) return { add: path.slice(0, -1), value: mineValue };
    if (mineValue === null && isEntry(theirsValue)) return { remove: path };
    return { path, value: mineValue };
  });
  const removes = taken.filter(({ mineValue, before }) => mineValue === null && isEntry(before)).map(({ path }) => ({ remove: path }));
  const rest = edits.filter((edit) => !edit.remove && !(edit.path && removes.some(({ remove }) => id(remove) === id(edit.path.slice(0, remove.length)))));
  return [...rest, ...removes];
}

export function showDifferences(root, rows) {
  ref(root, "merge-rows").replaceChildren(...rows.map((row, place) => {
    const line = copyOf(document.getElementById("t-difference"), { label: row.label, before: said(row.before) });
    ref(line, "legend").textContent = words.chooseFor(row.label);
    for (const side of ["mine", "theirs"]) {
      const choice = copyOf(document.getElementById("t-choice"), {});
      const input = ref(choice, "input");
      Object.assign(input, { type: "radio", name: `merge-${place}`, value: side, checked: row.chosen === side, disabled: row.isOrder });
      input.addEventListener("change", () => { row.chosen = side; });
      const text = newElement("span", { textContent: `${words[side]}: ${said(row[`${side}Value`])}` });
      ref(choice, "input").nextElementSibling.replaceWith(text);
      ref(line, "choices").append(choice);
    }
    return line;
  }));
  fill(root, {});
}
