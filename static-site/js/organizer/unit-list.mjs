// The list of units as it is edited: in the order of its tree, with what is changed, and as the file that is uploaded. Pure.

import { unitWords as words } from "../words/console-people.mjs";
import { csvOf } from "./faults.mjs";

const CODE = /^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/;

/** Units with their depth, each after the one that it belongs to. */
export function inTree(units) {
  const below = new Map();
  const codes = new Set(units.map(({ code }) => code));
  for (const unit of units) {
    const parent = codes.has(unit.parent) ? unit.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), unit]);
  }
  const lines = [];
  const add = (parent, depth) => {
    for (const unit of below.get(parent) ?? []) {
      lines.push({ ...unit, depth });
      add(unit.code, depth + 1);
    }
  };
  add(null, 0);
  return lines;
}

/** What is wrong with one unit beside the others: `{field: word}`; `was` is the code that it has in the list, if it is there. */
export function faultsOf({ code, name, parent, members }, units, was = null) {
  const faults = {};
  const others = units.filter((unit) => unit.code !== was);
  if (!CODE.test(code)) faults.code = "form";
  else if (others.some((unit) => unit.code === code)) faults.code = "taken";
  if (!name) faults.name = "missing";
  if (members !== null && !(Number.isInteger(members) && members > 0)) faults.members = "number";
  if (parent && !others.some((unit) => unit.code === parent)) faults.parent = "unknown";
  for (let up = parent; up && !faults.parent; up = others.find((unit) => unit.code === up)?.parent) if (up === was || up === code) faults.parent = "circle";
  return faults;
}

/** The list with one unit in the place of another, or behind all. */
export function withUnit(units, unit, was = null) {
  return units.some(({ code }) => code === was) ? units.map((other) => (other.code === was ? unit : other)) : [...units, unit];
}

/** Without a unit; null where others belong to it. */
export const without = (units, code) => (units.some(({ parent }) => parent === code) ? null : units.filter((unit) => unit.code !== code));

/** How many units are new, changed or gone. */
export function difference(before, after) {
  const of = (units) => new Map(units.map(({ code, name, parent, level, members }) => [code, JSON.stringify([name, parent ?? null, level ?? null, members ?? null])]));
  const [old, now] = [of(before), of(after)];
  return {
    added: [...now.keys()].filter((code) => !old.has(code)).length,
    changed: [...now].filter(([code, text]) => old.has(code) && old.get(code) !== text).length,
    gone: [...old.keys()].filter((code) => !now.has(code)).length,
  };
}

/** The file that the importer takes. */
export const fileOf = (units) => csvOf([words.head, ...units.map(({ code, name, parent, level, members }) => [code, name, parent ?? "", level ?? "", members ?? ""])], (text) => text);
