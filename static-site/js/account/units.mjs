// Choosing a unit out of a tree: a native list, grouped by the units on top, and a search without accents.

import { newElement } from "../dom.mjs";
import { accountWords } from "../words/account.mjs";

/** The form in which text is searched, never stored. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Units in tree order, each with its depth below its group and the name of that group. */
function inTreeOrder(units) {
  const children = groupByParent(units);
  const known = new Set(units.map(({ code }) => code));
  const roots = units.filter(({ parent }) => parent === null || !known.has(parent));
  // One root above everybody says nothing: its children are the groups then.
  const [only] = roots;
  const tops = roots.length === 1 ? children.get(only.code) ?? [] : roots;
  const ordered = roots.length === 1 ? [{ unit: only, depth: 0, group: only.name }] : [];
  const walk = (unit, depth, group) => {
    ordered.push({ unit, depth, group });
    for (const child of children.get(unit.code) ?? []) walk(child, depth + 1, group);
  };
  for (const top of tops) walk(top, 0, (children.get(top.code) ?? []).length > 0 ? top.name : accountWords.otherUnits);
  return ordered.map((entry) => ({ ...entry, key: fold(`${entry.unit.name} ${entry.unit.code} ${entry.group}`) }));
}

/** The units whose people may take part: those at or below one of the contest's levels, or all of them. */
export function eligibleUnits({ units, registration: { levels = [] } }) {
  if (levels.length === 0) return units;
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const isWithin = (unit) => Boolean(unit) && (levels.includes(unit.level) || isWithin(byCode.get(unit.parent)));
  return units.filter(isWithin);
}

function groupByParent(units) {
  const groups = new Map();
  for (const unit of units) groups.set(unit.parent, [...(groups.get(unit.parent) ?? []), unit]);
  return groups;
}

const option = ({ unit, depth }) => new Option("\u2003".repeat(depth) + unit.name, unit.code);

function draw(select, entries) {
  const chosen = select.value;
  const groups = new Map();
  for (const entry of entries) {
    if (!groups.has(entry.group)) groups.set(entry.group, newElement("optgroup", { label: entry.group }));
    groups.get(entry.group).append(option(entry));
  }
  select.replaceChildren(new Option(accountWords.chooseUnit, ""), ...groups.values());
  select.value = entries.some(({ unit }) => unit.code === chosen) ? chosen : "";
}

/** Fills `select` with `units`; typing in `search` narrows it, and a single match is chosen at once. */
export function unitChooser({ select, search, found }, units) {
  const entries = inTreeOrder(units);
  draw(select, entries);
  search.addEventListener("input", () => {
    const wanted = fold(search.value).split(" ").filter(Boolean);
    const matching = entries.filter(({ key }) => wanted.every((word) => key.includes(word)));
    draw(select, matching);
    if (matching.length === 1 && wanted.length > 0) select.value = matching[0].unit.code;
    found.textContent = wanted.length > 0 ? accountWords.unitsFound(matching.length) : "";
  });
}
