// Rows of the tables of results, for a round and for the contest: what a column holds is said by its heading in the HTML.

import { announce, newElement } from "../dom.mjs";
import { decimal, percent } from "../figures.mjs";
import { sortable, sortRows } from "./table.mjs";
import { resultWords } from "../words/results.mjs";

export function cell(text, { number = false, head = false } = {}) {
  const element = newElement(head ? "th" : "td", { textContent: text ?? resultWords.noPrize });
  if (head) element.scope = "row";
  if (number) element.dataset.number = "";
  return element;
}

export function rowOf(...cells) {
  const row = newElement("tr");
  row.append(...cells);
  return row;
}

/** One's own row, said in words beside the color. */
export function markMine(row, words) {
  row.dataset.mine = "";
  row.querySelector("th").append(` ${words}`);
}

const headsOf = (table) => [...table.querySelectorAll("thead th")];

/** A row whose cells are texts in the order of the headings; the one with `data-name` names the row. */
export function textRow(table, texts) {
  return rowOf(...headsOf(table).map(({ dataset }, column) => cell(texts[column], { number: "number" in dataset, head: "name" in dataset })));
}

/** A row of a table that becomes cards on phones, where each text needs its heading beside it. */
export function cardRow(table, texts) {
  const row = textRow(table, texts);
  row.setAttribute("role", "row");
  headsOf(table).forEach(({ textContent }, column) => {
    const element = row.cells[column];
    element.dataset.label = textContent;
    element.setAttribute("role", element.scope ? "rowheader" : "cell");
  });
  return row;
}

const TEXT_OF = { rank: (rank) => rank || null, name: (name) => name, prize: (prize) => prize || null, rate_percent: percent };

function unitRow(table, keys, unit, own) {
  const row = textRow(table, keys.map((key) => (TEXT_OF[key] ?? decimal)(unit[key])));
  if (own.has(unit.unit)) markMine(row, resultWords.yourUnit);
  return row;
}

/** Makes `table` one of units that sorts by its columns; returns what draws the units that `shown` gives. */
export function unitTable(table, shown, own) {
  const keys = headsOf(table).map(({ dataset }) => dataset.key);
  const state = { key: "rank", down: false };
  const draw = () => table.tBodies[0].replaceChildren(...sortRows(shown(), state.key, state.down).map((unit) => unitRow(table, keys, unit, own)));
  sortable(table, (key, down, column) => {
    Object.assign(state, { key, down });
    draw();
    announce(resultWords.sorted(column, down));
  });
  return draw;
}
