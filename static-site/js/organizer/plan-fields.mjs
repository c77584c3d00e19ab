// Fields of the form, one for each kind of key. What decides money and is not decided yet stays empty.

import { copyOf, newElement, ref } from "../dom.mjs";
import { integer, money } from "../format.mjs";
import { planWords as words } from "../words/console-plan.mjs";

/** Lists whose order decides. */
const ORDERED = ["ranking.order", "overall.order", "collective.measure"];

export const idOf = (path) => `k-${path.join("-")}`;
const template = (name) => document.getElementById(`t-${name}`);
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** A whole number as it may be typed: 1.000.000, or what it is not. */
function numberIn(text) {
  const plain = text.replace(/[.\s]/g, "");
  return /^\d{1,15}$/.test(plain) ? Number(plain) : text;
}

/** How the text of an input becomes the value of a key; null takes the key away. */
const READERS = {
  number: (text) => (text === "" ? null : numberIn(text)),
  texts: (text) => (lines(text).length ? lines(text) : null),
  text_or_texts: (text) => { const all = lines(text); return all.length > 1 ? all : all[0] ?? null; },
  rounds: (text) => (lines(text).length ? lines(text) : null),
  offset: (text) => (text === "" ? null : text.split(/[,;\s]+/).filter(Boolean).map((part) => (/^-?\d{1,4}$/.test(part) ? Number(part) : part))),
};
const WRITERS = {
  texts: (value) => [value].flat().join("\n"),
  text_or_texts: (value) => [value].flat().join("\n"),
  rounds: (value) => [value].flat().join("\n"),
  offset: (value) => [value].flat().join(", "),
};

function frame(name, key, path) {
  const field = copyOf(template(name), { label: key.label, hint: hintOf(key) });
  field.dataset.key = idOf(path);
  const [error, hint] = [ref(field, "error"), ref(field, "hint")];
  error.id = `${idOf(path)}-error`;
  hint.id = `${idOf(path)}-hint`;
  return { field, describedBy: `${hint.hidden ? "" : `${hint.id} `}${error.id}` };
}

function hintOf({ help = "", kind, least, most, default: standard }) {
  const range = kind === "number" && most <= 100000 ? words.range(integer(least), integer(most)) : "";
  const unsaid = typeof standard === "number" && standard > 0 ? words.byDefault(integer(standard)) : "";
  return [help, range, unsaid].filter(Boolean).join(" ");
}

function textField(key, path, value, edit) {
  const isLong = key.kind in WRITERS && key.kind !== "offset";
  const { field, describedBy } = frame(isLong ? "lines" : "text", key, path);
  const input = ref(field, "input");
  const beside = ref(field, "beside");
  Object.assign(input, { id: idOf(path), value: (WRITERS[key.kind] ?? String)(value ?? "") });
  input.setAttribute("aria-describedby", `${describedBy}${beside ? ` ${idOf(path)}-beside` : ""}`);
  ref(field, "label").htmlFor = input.id;
  if (beside) beside.id = `${idOf(path)}-beside`;
  if (key.kind === "number") input.inputMode = "numeric";
  if (["number", "id", "moment", "offset"].includes(key.kind)) input.classList.add("ht-input--code");
  input.dataset.kind = key.kind;
  const showAmount = () => {
    const typed = numberIn(input.value.trim());
    if (key.path.endsWith(".amount")) beside.textContent = typeof typed === "number" ? money(typed) : "";
  };
  showAmount();
  input.addEventListener("input", () => {
    const text = input.value.trim();
    showAmount();
    edit(path, (READERS[key.kind] ?? ((plain) => (plain === "" ? null : plain)))(text));
  });
  return field;
}

function choice(kind, { name, id, value, label, checked, describedBy }) {
  const row = copyOf(template("choice"), { label });
  const input = ref(row, "input");
  Object.assign(input, { type: kind, name, value, checked });
  if (id) input.id = id;
  if (describedBy) input.setAttribute("aria-describedby", describedBy);
  return { row, input };
}

/** One of some words; `fallback` is what a missing key means, if anything. */
function radioField(key, path, { options, chosen, valueOf }, edit) {
  const { field, describedBy } = frame("choices", key, path);
  field.setAttribute("aria-describedby", describedBy);
  options.forEach(({ word, label }, place) => {
    const { row, input } = choice("radio", { name: idOf(path), id: place === 0 ? idOf(path) : "", value: word, label, checked: word === String(chosen ?? "") });
    input.addEventListener("change", () => edit(path, valueOf(word)));
    ref(field, "rows").append(row);
  });
  return field;
}

const wordField = (key, path, value, edit) => radioField(key, path, { options: key.words, chosen: value ?? key.default, valueOf: (word) => word }, edit);

const truthField = (key, path, value, edit) => radioField(key, path, {
  options: [{ word: "true", label: words.yes }, { word: "false", label: words.no }], chosen: value ?? key.default, valueOf: (word) => word === "true",
}, edit);

function setField(key, path, value, edit) {
  const { field, describedBy } = frame("choices", key, path);
  field.setAttribute("aria-describedby", describedBy);
  const chosen = new Set([value ?? []].flat());
  const all = [...chosen, ...key.words.map(({ word }) => word).filter((word) => !chosen.has(word))]; // the order of the plan
  key.words.forEach(({ word, label }, place) => {
    const { row, input } = choice("checkbox", { name: idOf(path), id: place === 0 ? idOf(path) : "", value: word, label, checked: chosen.has(word) });
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(word);
      else chosen.delete(word);
      edit(path, all.filter((one) => chosen.has(one)));
    });
    ref(field, "rows").append(row);
  });
  return field;
}

/** An order of words: one list to choose from for each place. */
function orderField(key, path, value, edit) {
  const { field, describedBy } = frame("choices", key, path);
  field.setAttribute("aria-describedby", describedBy);
  const rows = ref(field, "rows");
  const chosen = [value ?? []].flat();
  const draw = (focus) => {
    rows.replaceChildren(...[...chosen, ""].slice(0, key.words.length).map((word, place) => {
      const row = copyOf(template("order"), { label: words.criterion(place + 1) });
      const select = ref(row, "select");
      const free = key.words.filter((other) => other.word === word || !chosen.includes(other.word));
      select.append(newElement("option", { value: "", textContent: words.none }), ...free.map((other) => newElement("option", { value: other.word, textContent: other.label })));
      Object.assign(select, { value: word, id: place === 0 ? idOf(path) : `${idOf(path)}-${place}` });
      ref(row, "label").htmlFor = select.id;
      select.addEventListener("change", () => {
        if (select.value) chosen[place] = select.value;
        else chosen.splice(place, 1);
        edit(path, chosen.length ? [...chosen] : null);
        draw(place);
      });
      return row;
    }));
    if (focus !== undefined) rows.querySelectorAll("select")[focus]?.focus();
  };
  draw();
  return field;
}

/** A field with the value of a key; `edit(path, value)` is called for each change. */
export function fieldOf(key, path, value, edit) {
  switch (key.kind) {
    case "word": return wordField(key, path, value, edit);
    case "truth": return truthField(key, path, value, edit);
    case "words": return ORDERED.includes(key.path) ? orderField(key, path, value, edit) : setField(key, path, value, edit);
    default: return textField(key, path, value, edit);
  }
}
