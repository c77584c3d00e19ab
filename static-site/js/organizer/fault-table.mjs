// The faults of a file as a table: filtered, a part at a time, and as a file for Excel.

import { announce, copyOf, fill, newElement, ref, saveText } from "../dom.mjs";
import { integer } from "../format.mjs";
import { fileWords as words } from "../words/console-files.mjs";
import { compared, counts, csvOf, filtered, linesOf } from "./faults.mjs";

const PART = 200;

function rowOf(line) {
  const row = copyOf(document.getElementById("t-fault"), {
    kind: line.state === "gone" ? words.fault.gone : words.fault[line.kind],
    fresh: line.state === "new" ? words.fault.new : "",
    sheet: line.sheet ?? "–",
    row: line.row ? integer(line.row) : "–",
    column: line.column ?? "–",
    message: line.message,
  });
  row.dataset.state = line.state;
  for (const cell of row.querySelectorAll("td, th")) cell.hidden = false; // an empty cell is still a cell
  return row;
}

const csvRow = ({ kind, state, sheet, row, column, code, message }) =>
  [state === "gone" ? words.fault.gone : words.fault[kind], state === "new" ? words.fault.new : "", sheet, row, column, code, message];

/** `show(report)` draws what it says beside what the one before said; `name` is part of the file's name for Excel. */
export function faultTable(element, name) {
  let before = null;
  let lines = [];
  let shown = PART;
  const filter = ref(element, "filter");
  const part = ref(element, "faults-part");
  filter.id = `filter-${name}`;
  ref(element, "filter-label").htmlFor = filter.id;

  function draw() {
    const found = filtered(lines, filter.value);
    ref(element, "faults").replaceChildren(...found.slice(0, shown).map(rowOf));
    ref(element, "more").hidden = found.length <= shown;
    fill(element, { faultCount: words.shown(Math.min(shown, found.length), lines.length) });
  }
  function choices() {
    const found = counts(lines);
    const wanted = filter.value || "all";
    const offered = Object.keys(found).filter((key) => key === "all" || found[key] > 0);
    filter.replaceChildren(...offered.map((key) => newElement("option", { value: key, textContent: words.filter[key](integer(found[key])) })));
    filter.value = offered.includes(wanted) ? wanted : "all";
  }
  filter.addEventListener("change", () => {
    shown = PART;
    draw();
    announce(ref(element, "fault-count").textContent);
  });
  ref(element, "more").addEventListener("click", () => {
    shown += PART;
    draw();
  });
  ref(element, "csv").addEventListener("click", () => saveText(`loi-${name}.csv`, csvOf([words.csvHead, ...filtered(lines, filter.value).map(csvRow)])));

  return {
    show(report) {
      const now = linesOf(report);
      lines = compared(before, now);
      before = report.errors.length ? now : null; // a file without faults begins anew
      shown = PART;
      part.hidden = lines.length === 0;
      choices();
      draw();
      const found = counts(lines);
      return { gone: found.gone, fresh: found.new };
    },
  };
}
