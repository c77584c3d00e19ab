// The units of a contest as a tree with their figures, edited one by one; saved whole, by the card that takes the file.

import { fold } from "../account/units.mjs";
import { announce, copyOf, fill, focusOn, newElement, ref } from "../dom.mjs";
import { clearErrors, showErrors } from "../form.mjs";
import { integer } from "../format.mjs";
import { resultWords } from "../words/results.mjs";
import { unitWords as words } from "../words/console-people.mjs";
import { call, read } from "./api.mjs";
import { difference, faultsOf, fileOf, inTree, without, withUnit } from "./unit-list.mjs";

const SHOWN = 100;
const levelOf = (level) => (level ? resultWords.level[level] ?? level : "");

/** Registered and taken part, by unit, of the round that was watched last; none where nobody may know yet. */
async function figures({ id, rounds }) {
  const round = rounds.filter(({ phase }) => phase !== "ahead").at(-1);
  const watch = round && await call("GET", `contests/${id}/rounds/${round.id}/watch`).catch(() => null);
  return new Map(watch?.status === 200 ? watch.body.units.map((unit) => [unit.unit, unit]) : []);
}

/** `canWrite`: whether whoever looks may; `take(file)` uploads it and tells what became of it on the card of the file. */
export async function unitsGrid(root, { seen, canWrite, take }) {
  const part = ref(root, "units-part");
  const [form, search, list] = [ref(part, "unit-edit"), ref(part, "unit-filter"), ref(part, "unit-rows")];
  const contest = await read(`contests/${seen.id}/public`).catch(() => null);
  part.hidden = !contest || (contest.units.length === 0 && !canWrite);
  if (part.hidden) return;
  const counted = await figures(seen);
  let before = contest.units;
  let units = before;
  let limit = SHOWN;
  let was = null; // code of the unit in the form

  const isChanged = () => Object.values(difference(before, units)).some(Boolean);
  const warn = (event) => isChanged() && event.preventDefault();
  addEventListener("beforeunload", warn);

  function rowOf(unit) {
    const figure = counted.get(unit.code);
    const count = (value) => (Number.isInteger(value) ? integer(value) : words.unknown);
    const row = copyOf(document.getElementById("t-unit-row"), {
      name: unit.name,
      code: unit.code,
      level: levelOf(unit.level) || words.unknown,
      members: count(unit.members),
      registered: count(figure?.registered),
      contestants: count(figure?.contestants),
    });
    ref(row, "name").dataset.depth = Math.min(unit.depth, 4);
    const edit = ref(row, "edit");
    edit.hidden = !canWrite;
    edit.setAttribute("aria-label", words.editOf(unit.name));
    edit.addEventListener("click", () => open(unit));
    return row;
  }

  function draw() {
    const typed = fold(search.value).split(" ").filter(Boolean);
    const found = inTree(units).filter((unit) => typed.every((word) => fold(`${unit.name} ${unit.code}`).includes(word)));
    list.replaceChildren(...found.slice(0, limit).map(rowOf));
    ref(part, "unit-more").hidden = found.length <= limit;
    const { added, changed, gone } = difference(before, units);
    fill(part, {
      unitCount: words.count(integer(found.length), integer(units.length)),
      unsaved: isChanged() ? words.unsaved(integer(added), integer(changed), integer(gone)) : "",
    });
    for (const name of ["unit-save", "unit-undo"]) ref(part, name).hidden = !isChanged();
    ref(part, "unit-new").hidden = !canWrite;
  }

  function open(unit) {
    was = unit?.code ?? null;
    clearErrors(form);
    fill(form, { unitTitle: unit ? words.edit(unit.name) : words.add });
    const { "unit-code": code, "unit-name": name, "unit-parent": parent, "unit-level": level, "unit-members": members } = form.elements;
    parent.replaceChildren(new Option(words.noParent, ""), ...inTree(units).filter((other) => other.code !== was).map((other) => new Option(`${"\u2003".repeat(other.depth)}${other.name}`, other.code)));
    ref(form, "levels").replaceChildren(...[...new Set(units.map((other) => other.level).filter(Boolean))].map((value) => newElement("option", { value, label: levelOf(value) })));
    [code.value, name.value, parent.value, level.value, members.value] = [unit?.code ?? "", unit?.name ?? "", unit?.parent ?? "", unit?.level ?? "", unit?.members ?? ""];
    code.readOnly = Boolean(unit); // contestants chose it by its code
    ref(form, "unit-drop").hidden = !unit;
    form.hidden = false;
    focusOn(ref(form, "unit-title"));
  }

  function close(sentence) {
    form.hidden = true;
    draw();
    announce(`${sentence} ${ref(part, "unsaved").textContent}`);
    focusOn(ref(part, "unsaved"));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearErrors(form);
    const text = (name) => form.elements[name].value.normalize("NFC").trim();
    const members = text("unit-members").replaceAll(".", "");
    const unit = { code: text("unit-code"), name: text("unit-name"), parent: text("unit-parent") || null, level: text("unit-level") || null, members: members ? Number(members) : null };
    const faults = Object.entries(faultsOf(unit, units, was));
    if (faults.length) return showErrors(form, faults.map(([field, word]) => ({ field: `unit-${field}`, message: words.fault[field][word] })));
    units = withUnit(units, unit, was);
    close(words.kept(unit.name));
  });
  ref(form, "unit-drop").addEventListener("click", () => {
    const rest = without(units, was);
    if (!rest) return showErrors(form, [{ field: "", message: words.hasOthers }]);
    units = rest;
    close(words.dropped);
  });
  ref(form, "unit-cancel").addEventListener("click", () => {
    form.hidden = true;
    search.focus();
  });
  ref(part, "unit-new").addEventListener("click", () => open(null));
  ref(part, "unit-undo").addEventListener("click", () => {
    units = before;
    close(words.undone);
  });
  ref(part, "unit-save").addEventListener("click", async () => {
    const isTaken = await take(new File([fileOf(units)], "units.csv", { type: "text/csv" }));
    if (!isTaken) return;
    before = units;
    draw();
  });
  search.addEventListener("input", () => {
    limit = SHOWN;
    draw();
  });
  ref(part, "unit-more").addEventListener("click", () => {
    limit += SHOWN;
    draw();
  });
  draw();
}
