// Reading published CSV, and a table that sorts by its columns. Figures are compared as figures, and none comes last.

/** Rows of a CSV file (RFC 4180) as objects by header; a byte order mark is skipped. */
export function readCsv(text) {
  const rows = [];
  let row = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  const clean = text.replace(/^\uFEFF/, "");
  while (cell.lastIndex < clean.length) {
    const found = cell.exec(clean);
    if (!found) throw new Error("broken CSV");
    row.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    if (found[3] !== ",") {
      rows.push(row);
      row = [];
    }
  }
  const [header = [], ...lines] = rows;
  return lines.map((line) => Object.fromEntries(header.map((name, column) => [name, line[column] ?? ""])));
}

const inVietnamese = new Intl.Collator("vi");

function compare(a, b) {
  if (a === "" || b === "") return (a === "") - (b === ""); // no figure: always last
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? inVietnamese.compare(a, b) : x - y;
}

/** Rows ordered by one column; equal rows keep the published order, empty cells stay last both ways. */
export function sortRows(rows, key, down) {
  return [...rows].sort((a, b) => {
    const order = compare(a[key], b[key]);
    return down && a[key] !== "" && b[key] !== "" ? -order : order;
  });
}

/** Makes the header buttons of `table` sort; `draw(key, down)` puts the rows in. Figures start from the greatest. */
export function sortable(table, draw) {
  const heads = [...table.querySelectorAll("th[data-key]")];
  for (const head of heads) {
    head.querySelector("button").addEventListener("click", () => {
      const { key } = head.dataset;
      const startsDown = "number" in head.dataset && key !== "rank";
      const now = head.getAttribute("aria-sort");
      const down = now === "none" ? startsDown : now === "ascending";
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      draw(key, down, head.textContent.trim());
    });
  }
}
