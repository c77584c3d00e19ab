// The steps of the form over the plan as the last answer has it, and what the checker says of each key.

import { copyOf, fill, ref } from "../dom.mjs";
import { span } from "../format.mjs";
import { now } from "../server.mjs";
import { planWords as words } from "../words/console-plan.mjs";
import { fieldOf, idOf } from "./plan-fields.mjs";
import { messageOf } from "./plan-side.mjs";

const HIDDEN = ["schema", "language"]; // one value each
const FOLDED = ["rounds.attempt"]; // few plans have it, and it is long
const template = (name) => document.getElementById(`t-${name}`);
const at = (plan, path) => path.reduce((value, step) => value?.[step], plan);
const entryName = (entry) => [entry?.name, entry?.topic, entry?.id, entry?.tier].find((name) => typeof name === "string" && name) ?? "";

export function planForm(root, form, { onEdit, onChange }) {
  const keys = form.steps.flatMap((step) => step.keys);
  const below = (path) => keys.filter((key) => key.path.startsWith(`${path}.`) && !key.path.slice(path.length + 1).includes("."));
  let plan = {};

  /** Prizes by which units are given points: a number for each tier. */
  function pointFields(key, path) {
    const tiers = new Map((plan.prizes ?? []).map(({ tier, name }) => [tier, name || tier]));
    return [...tiers].filter(([tier]) => tier).map(([tier, name]) => {
      const own = { path: `${key.path}.${tier}`, kind: "number", label: words.points(name), least: 0, most: key.most };
      return fieldOf(own, [...path, tier], at(plan, [...path, tier]), onEdit);
    });
  }

  function entries(key, path) {
    const list = copyOf(template("list"), { label: key.label, hint: key.help });
    const add = ref(list, "add"); // before entries come, which have lists of their own
    const found = [at(plan, path) ?? []].flat().filter((entry) => typeof entry === "object");
    ref(list, "rows").append(...found.map((entry, place) => {
      const name = words.entry(key.label, place + 1) + (entryName(entry) ? `: ${entryName(entry)}` : "");
      const row = copyOf(template("entry"), { name });
      ref(row, "name").id = idOf([...path, place]);
      row.setAttribute("aria-labelledby", ref(row, "name").id);
      const remove = ref(row, "remove");
      ref(row, "fields").append(...fields(key.path, [...path, place]));
      remove.textContent = words.remove(words.entry(key.label.toLowerCase(), place + 1));
      remove.addEventListener("click", () => onChange({ remove: [...path, place] }, { said: words.removed(name), focus: `${idOf(path)}-add` }));
      return row;
    }));
    Object.assign(add, { id: `${idOf(path)}-add`, textContent: words.add[key.path] });
    const next = [...path, found.length];
    add.addEventListener("click", () => onChange({ add: path }, { said: words.added(words.entry(key.label, found.length + 1)), focus: idOf(next) }));
    return list;
  }

  function table(key, path) {
    const part = copyOf(template(FOLDED.includes(key.path) ? "folded" : "table"), { label: key.label, hint: key.help });
    part.open = at(plan, path) !== undefined;
    const [remove, rows] = [ref(part, "remove"), ref(part, "fields")];
    rows.append(...fields(key.path, path), ...(key.kind === "numbers" ? pointFields(key, path) : []));
    remove.hidden = key.required || at(plan, path) === undefined;
    remove.textContent = words.removeTable(key.label);
    remove.addEventListener("click", () => onChange({ remove: path }, { said: words.removed(key.label), focus: null }));
    return part;
  }

  function one(key, path) {
    if (key.kind === "tables") return entries(key, path);
    if (key.kind === "table" || key.kind === "numbers") return table(key, path);
    return fieldOf(key, path, at(plan, path), onEdit);
  }

  function fields(path, place) {
    return below(path).map((key) => one(key, [...place, key.path.slice(path.length + 1)]));
  }

  /** Times as they are typed, with weekday and what is left, wherever the server could read them. */
  function showMoments(timeline) {
    const found = new Map(timeline.map((moment) => [idOf(moment.path), moment]));
    for (const input of root.querySelectorAll("input[data-kind='moment']")) {
      const moment = found.get(input.id);
      const beside = document.getElementById(`${input.id}-beside`);
      const left = moment ? Date.parse(moment.at) - now() : 0;
      beside.textContent = moment ? `${moment.words}, ${left > 0 ? words.in(span(left)) : words.past}` : "";
      if (moment && document.activeElement !== input) input.value = moment.typed;
    }
  }

  function showErrors(errors) {
    for (const field of root.querySelectorAll("[data-error]")) {
      field.removeAttribute("data-error");
      ref(field, "error").hidden = true;
    }
    for (const input of root.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    for (const { path, ...fault } of errors) {
      const field = path && root.querySelector(`[data-key="${CSS.escape(idOf(path))}"]`);
      if (!field || field.hasAttribute("data-error")) continue;
      field.setAttribute("data-error", "");
      Object.assign(ref(field, "error"), { textContent: messageOf(fault), hidden: false });
      for (const input of field.querySelectorAll("input, select, textarea")) if (input.type !== "radio") input.setAttribute("aria-invalid", "true");
    }
  }

  return {
    /** The step that asks for a path of the plan. */
    stepOf(path) {
      const pattern = path.filter((step) => typeof step === "string").join(".");
      const step = form.steps.findIndex(({ keys: own }) => own.some((key) => key.path === pattern || pattern.startsWith(`${key.path}.`)));
      return Math.max(0, step);
    },
    /** All fields of a step, anew. */
    draw(step, answer) {
      plan = answer.plan ?? {};
      const top = step.keys.filter((key) => !key.path.includes(".") && !HIDDEN.includes(key.path));
      ref(root, "step-fields").replaceChildren(...top.map((key) => one(key, [key.path])));
      fill(root, { stepTitle: step.title });
    },
    /** What the last answer says of the fields that are there. */
    mark(answer) {
      plan = answer.plan ?? {};
      showMoments(answer.facts?.timeline ?? []);
      showErrors(answer.errors);
    },
  };
}
