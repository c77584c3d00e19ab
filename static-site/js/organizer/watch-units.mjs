// Units of a round under way: found without accents, sorted, by how far they have come, and as text to send on.

import { fold } from "../account/units.mjs";
import { announce, copyOf, fill, newElement, ref } from "../dom.mjs";
import { percent } from "../figures.mjs";
import { integer } from "../format.mjs";
import { sortable, sortRows } from "../results/table.mjs";
import { resultWords } from "../words/results.mjs";
import { watchWords as words } from "../words/console-watch.mjs";

const PAGE = 100;
const FIGURES = ["members", "registered", "contestants", "rate_percent"];
/** A band's word and the filter's, where they are not the same. */
const SHOWN = { all: () => true, full: (unit) => unit.band === "all" };
const isShown = (unit, wanted) => (SHOWN[wanted] ?? ((of) => of.band === wanted))(unit);

/** Units as rows that sort: what is not known is empty, and comes last. */
const rowsOf = (units) => units.map((unit) => ({ ...unit, key: fold(`${unit.name} ${unit.unit}`), ...Object.fromEntries(FIGURES.map((of) => [of, unit[of] ?? ""])) }));

/** Those that a search finds, of one band, in order. */
export function chosenUnits(rows, { wanted, words: typed, key, down }) {
  const parts = fold(typed).split(" ").filter(Boolean);
  const found = rows.filter((row) => isShown(row, wanted) && parts.every((part) => row.key.includes(part)));
  return key ? sortRows(found, key, down) : found;
}

/** The units as lines of a message. */
export function unitsAsText(rows, wanted, head) {
  const line = ({ name, contestants, members, rate_percent: rate }) =>
    (wanted === "nobody" ? `- ${name}` : `- ${words.copyUnit(name, integer(contestants), members === "" ? "" : integer(members), rate === "" ? "" : percent(rate))}`);
  return [head, ...(wanted === "nobody" ? [words.copyNobody(integer(rows.length))] : []), ...rows.map(line)].join("\n");
}

function rowOf(unit) {
  const figure = (of) => (unit[of] === "" ? words.noFigure : integer(unit[of]));
  const row = copyOf(document.getElementById("t-unit"), {
    name: unit.name,
    level: unit.level ? resultWords.level[unit.level] ?? unit.level : "",
    members: figure("members"),
    registered: figure("registered"),
    contestants: figure("contestants"),
    rate: unit.rate_percent === "" ? words.noFigure : percent(unit.rate_percent),
    band: words.band[unit.band] ?? words.unknownBand,
  });
  ref(row, "band").dataset.band = unit.band ?? "";
  return row;
}

/** `head()` is the first line of what is copied. */
export function unitTable(root, { head }) {
  let rows = [];
  let shown = PAGE;
  const order = { key: null, down: false };
  const filter = ref(root, "band");
  const search = ref(root, "search");
  const chosen = () => chosenUnits(rows, { wanted: filter.value, words: search.value, ...order });

  function draw() {
    const found = chosen();
    ref(root, "units").replaceChildren(...found.slice(0, shown).map(rowOf));
    ref(root, "units-frame").hidden = found.length === 0;
    const left = found.length - shown;
    ref(root, "units-more").hidden = left <= 0;
    ref(root, "units-more").textContent = words.more(integer(Math.min(PAGE, Math.max(0, left))));
    fill(root, { found: found.length ? words.found(integer(found.length), integer(rows.length)) : words.none_found });
    ref(root, "copy").hidden = found.length === 0;
  }
  function again() {
    shown = PAGE;
    draw();
  }
  search.addEventListener("input", again);
  filter.addEventListener("change", again);
  ref(root, "units-more").addEventListener("click", () => {
    shown += PAGE;
    draw();
    ref(root, "units").children[shown - PAGE]?.querySelector("th").scrollIntoView({ block: "nearest" });
  });
  sortable(ref(root, "unit-table"), (key, down, column) => {
    Object.assign(order, { key, down });
    draw();
    announce(words.sorted(column, down));
  });
  ref(root, "copy").addEventListener("click", async () => {
    const found = chosen();
    const say = (text) => fill(root, { copied: text });
    try {
      await navigator.clipboard.writeText(unitsAsText(found, filter.value, head()));
      say(words.copied(integer(found.length)));
    } catch {
      say(words.copyFailed);
    }
  });

  return {
    show(units) {
      rows = rowsOf(units);
      const before = filter.value || "all";
      filter.replaceChildren(...Object.entries(words.show).map(([value, text]) =>
        newElement("option", { value, textContent: words.option(text, integer(rows.filter((row) => isShown(row, value)).length)) })));
      filter.value = before;
      fill(root, { copied: "" });
      draw();
    },
  };
}
